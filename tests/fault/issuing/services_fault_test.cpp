// The timestamp authority, OCSP and CRLs are away, slow or lie while documents are issued.
#include "tests/fault/issuing/issuing_faults.hpp"
#include "tests/functional/issuing/blank_papers.hpp"

namespace sohoa::test {
namespace {

using nlohmann::json;
using pki::Service;
using testing::HasSubstr;

class ServicesFaultTest : public IssuingFaults {
 protected:
  /// Signed, its timestamp pending, then completed at the wanted level once the authority answers.
  void expect_completed_later(const Settings& settings) {
    const auto issued = issue(settings);
    ASSERT_TRUE(issued.contains("code")) << issued;
    EXPECT_EQ(issued.at("timestamp_pending"), true);
    EXPECT_EQ(issued.at("level"), "B-B");
    const auto before = verified();
    EXPECT_EQ(before.at("indication"), "passed") << before;
    EXPECT_EQ(before.at("signatures")[0].at("level"), "B-B");
    EXPECT_EQ(before.at("signatures")[0].at("timestamps"), json::array());

    const auto still_away = complete(settings);
    EXPECT_EQ(still_away.exit_code, 1);
    EXPECT_NE(still_away.err, "");
    EXPECT_EQ(issue(settings).at("timestamp_pending"), true) << "the same order gives what is there";
    office_.expect_clean("data");

    set({Service::timestamp}, {});
    const auto completed = complete(settings);
    EXPECT_EQ(completed.exit_code, 0) << completed.err;
    const auto now = issue(settings);
    EXPECT_EQ(now.at("timestamp_pending"), false);
    EXPECT_EQ(now.at("level"), settings.level);
    EXPECT_EQ(now.at("number"), issued.at("number"));
    EXPECT_EQ(now.at("code"), issued.at("code"));
    EXPECT_NE(now.at("pdf"), issued.at("pdf"));
    expect_level(settings.level);
    office_.expect_clean("data");
  }
  /// Every signature passes at this level, and from B-LT also where nobody can be asked.
  void expect_level(const std::string& level) {
    expect_signatures(level);
    if (!level.starts_with("B-LT")) return;
    set({Service::timestamp, Service::ocsp, Service::crl, Service::issuers}, {.away = true});
    expect_signatures(level);
    set({Service::timestamp, Service::ocsp, Service::crl, Service::issuers}, {});
  }
  void expect_signatures(const std::string& level) {
    const auto answer = verified();
    EXPECT_EQ(answer.at("indication"), "passed") << answer;
    for (const auto& signature : answer.at("signatures")) {
      EXPECT_EQ(signature.at("indication"), "passed") << signature;
      if (signature.at("sub_filter") == "ETSI.RFC3161") continue;
      // The verifier calls it B-LTA wherever a document timestamp proves the time, also below the validation data.
      EXPECT_THAT(signature.at("level").get<std::string>(), testing::StartsWith(level)) << signature;
    }
  }
};

TEST_F(ServicesFaultTest, WithoutTimestampsAtLevelTTheyFollow) {
  set({Service::timestamp}, {.away = true});
  expect_completed_later({.level = "B-T"});
}

TEST_F(ServicesFaultTest, WithoutTimestampsAtLevelLtTheyFollow) {
  set({Service::timestamp}, {.away = true});
  expect_completed_later({.level = "B-LT"});
}

TEST_F(ServicesFaultTest, WithoutTimestampsAtLevelLtaTheyFollow) {
  set({Service::timestamp}, {.away = true});
  expect_completed_later({.level = "B-LTA", .person = "person-p256", .agency = "agency-p256"});
}

TEST_F(ServicesFaultTest, AnAuthorityThatAnswersTooLateOrWronglyIsAsOneThatIsAway) {
  using std::chrono::seconds;
  const std::vector<pki::Conduct> all{
      {.delay = seconds(60)},          {.garbage = true},          {.status = 503},
      {.lie = pki::Lie::nonce},        {.lie = pki::Lie::imprint}, {.lie = pki::Lie::refusal},
      {.clock_shift = seconds(-86400)}};
  const Settings settings{.level = "B-LTA", .more = "seconds = 1"};
  for (std::size_t i = 0; i < all.size(); ++i) {
    set({Service::timestamp}, all[i]);
    const auto data = "data-" + std::to_string(i);
    office_.copy("data", data);
    const auto lines =
        office_.lines({"issue", document_, "--officer", "an", "--config", office_.config(settings)}, data);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].value("timestamp_pending", false), true) << i << lines[0];
    EXPECT_EQ(lines[0].value("level", ""), "B-B") << i;
    const auto still = office_.sohoa({"issue", "--pending", "--config", office_.config(settings)}, data);
    EXPECT_EQ(still.exit_code, 1) << i << still.out;
    set({Service::timestamp}, {});
    const auto completed = office_.sohoa({"issue", "--pending", "--config", office_.config(settings)}, data);
    EXPECT_EQ(completed.exit_code, 0) << i << completed.err;
  }
}

/// A code for each of the papers, and none is left behind by a limit on how many are completed at once.
TEST_F(ServicesFaultTest, AllThatWaitAreCompleted) {
  constexpr int papers = 120;
  std::vector<std::string> arguments{"issue"};
  for (const auto& document : office_.digitize(write_blank_papers(office_.path("papers"), papers), "many"))
    arguments.push_back(document);
  const Settings settings{.level = "B-T", .agency = ""};
  arguments.insert(arguments.end(), {"--officer", "an", "--config", office_.config(settings)});
  set({Service::timestamp}, {.away = true});
  std::set<std::string> codes;
  for (const auto& line : office_.lines(arguments, "many")) codes.insert(line.at("code"));
  EXPECT_EQ(codes.size(), papers);
  set({Service::timestamp}, {});
  const auto completed = office_.sohoa({"issue", "--pending", "--config", office_.config(settings)}, "many");
  EXPECT_EQ(completed.exit_code, 0) << completed.err;
  for (const auto& line : office_.lines(arguments, "many")) EXPECT_EQ(line.at("timestamp_pending"), false);
}

TEST_F(ServicesFaultTest, ACrlTellsWhereOcspIsAway) {
  set({Service::ocsp}, {.away = true});
  EXPECT_EQ(issue({.level = "B-LTA"}).at("level"), "B-LTA");
  set({Service::crl}, {.away = true});
  const auto answer = verified();
  EXPECT_EQ(answer.at("indication"), "passed") << answer;
}

TEST_F(ServicesFaultTest, NothingIsSignedWhileNobodyTellsOfRevocation) {
  set({Service::ocsp, Service::crl}, {.away = true});
  expect_refused({.level = "B-LTA"}, "unavailable", "revo|OCSP|CRL");
  EXPECT_EQ(office_.server().requests(Service::timestamp), 0U);
  set({Service::ocsp, Service::crl}, {});
  EXPECT_EQ(issue({.level = "B-LTA"}).at("level"), "B-LTA");
  expect_level("B-LTA");
}

TEST_F(ServicesFaultTest, AStaleOrForeignAnswerTellsNothing) {
  for (const auto lie : {pki::Lie::stale, pki::Lie::signer}) {
    set({Service::ocsp, Service::crl}, {.lie = lie});
    expect_refused({}, "unavailable", "revo|OCSP|CRL");
  }
}

}  // namespace
}  // namespace sohoa::test
