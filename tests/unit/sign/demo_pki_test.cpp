#include <thread>

#include "tests/unit/sign/sign_test_case.hpp"

namespace sohoa::sign::test {
namespace {

using testing_support::run;
using testing_support::Running;
using testing_support::TemporaryFolder;

/// The program `sohoa-pki`, as `./dev pki` runs it.
class DemoPkiProgram : public ::testing::Test {
 protected:
  [[nodiscard]] testing_support::Ended pki(std::vector<std::string> words) const {
    words.insert(words.begin(), program);
    return run(words);
  }
  [[nodiscard]] std::unique_ptr<Running> served() const {
    auto running =
        std::make_unique<Running>(std::vector<std::string>{program, "serve", keys, "--listen", listen}, folder / "out");
    while (testing_support::read_text(folder / "out").find("/tsa") == std::string::npos && !running->ended()) {
      std::this_thread::sleep_for(5ms);
    }
    return running;
  }
  [[nodiscard]] Result<std::unique_ptr<Signer>> person(const std::string& name) const {
    auto authority = open_timestamp_authority({.url = "http://" + listen + "/tsa", .anchors = {keys + "/root.pem"}});
    return open_signer({Pkcs12Place{keys + "/" + name + ".p12", "mau"}, {}, {keys + "/root.pem"}},
                       {must(std::move(authority)), open_revocation_client({.pause = 0s})});
  }
  /// A port that was free a moment ago.
  static std::string free_place() { return must(pki::PkiServer::listen("127.0.0.1", 0))->url().substr(7); }

  TemporaryFolder folder{"sohoa-pki"};
  const std::string program = std::string(SOHOA_BINARY_DIR) + "/sohoa-pki";
  const std::string keys = folder / "keys";
  const std::string listen = free_place();
};

TEST_F(DemoPkiProgram, MakesKeysThatSignAndAnswersForThem) {
  ASSERT_EQ(pki({"init", keys, "--listen", listen}).exit_code, 0);
  const auto running = served();
  for (const char* name : {"person", "agency", "person-p256", "agency-p256"}) {
    const auto signer = must(person(name));
    EXPECT_TRUE(signer->check(now())) << name;
    EXPECT_FALSE(must(signer->sign(content_digest, true)).timestamp_error) << name;
  }
}

TEST_F(DemoPkiProgram, ARevokedPersonMayNotSignAnyMore) {
  ASSERT_EQ(pki({"init", keys, "--listen", listen}).exit_code, 0);
  ASSERT_EQ(pki({"revoke", keys, "person"}).exit_code, 0);
  const auto running = served();
  EXPECT_FALSE(must(person("person"))->check(now()));
  EXPECT_TRUE(must(person("agency"))->check(now()));
}

TEST_F(DemoPkiProgram, KeepsKeysThatAreThereAndTellsHowItIsUsed) {
  ASSERT_EQ(pki({"init", keys, "--listen", listen}).exit_code, 0);
  EXPECT_EQ(pki({"init", keys, "--listen", listen}).exit_code, 1);
  EXPECT_EQ(pki({"serve", folder / "nothing"}).exit_code, 1);
  EXPECT_EQ(pki({"dance"}).exit_code, 2);
}

}  // namespace
}  // namespace sohoa::sign::test
