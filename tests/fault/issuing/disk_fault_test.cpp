// The disk fills up, or fails, while a document is issued: a typed error, an archive that is clean, and the same order
// goes through once there is room.
#include "api/config/config.hpp"
#include "api/signing.hpp"
#include "api/wiring.hpp"
#include "archive/rocks_archive.hpp"
#include "pipeline/flow/issuer.hpp"
#include "tests/fault/archive/faulty_env.hpp"
#include "tests/fault/archive/faulty_files.hpp"
#include "tests/fault/issuing/issuing_faults.hpp"
#include "tests/unit/archive/findings_in.hpp"

namespace sohoa::test {
namespace {

using testing::HasSubstr;

class DiskFaultTest : public IssuingFaults {
 protected:
  DiskFaultTest()
      : config_(made(api::load_config(office_.config({.level = "B-LTA"})))),
        desk_(made(api::SigningDesk::open(config_))),
        crew_(made(api::start_zygote(config_)), {.workers = 1}),
        checks_(crew_, config_.limits) {}

  Result<IssuanceRecord> issue_in(const std::string& data, const ArchiveSeams& seams) {
    SOHOA_TRY(const auto archive, RocksArchive::open(office_.path(data), OpenMode::read_write, seams));
    flow::Issuer::Options options;
    options.level = SignatureLevel::b_lta;
    flow::Issuer issuer({*archive, *archive, checks_, *desk_, desk_->timestamps(), desk_->validation()}, options);
    flow::IssueOrder order;
    order.document = {document_};
    order.by = {Actor::Kind::officer, "an"};
    return issuer.issue(order);
  }

  /// Fails operation after operation until none is left to fail. `seams_of` makes the failing world.
  template <typename SeamsOf>
  int fail_each(Faults::Kind kind, SeamsOf&& seams_of) {
    int failed = 0;
    for (std::uint64_t n = 1;; ++n) {
      SCOPED_TRACE("operation " + std::to_string(n));
      const auto data = "data-" + std::to_string(n);
      office_.copy("data", data);
      Faults faults(kind, n);
      const auto first = seams_of(faults, [&](const ArchiveSeams& seams) { return issue_in(data, seams); });
      if (!first) {
        ++failed;
        const auto code = first.error().code;
        EXPECT_TRUE(code == ErrorCode::resource_exhausted || code == ErrorCode::unavailable ||
                    code == ErrorCode::data_loss)
            << name_of(code) << ": " << first.error().message;
      }
      HastyFiles sound;
      const auto then = issue_in(data, {&sound});
      EXPECT_TRUE(then) << then.error().message;
      if (then) {
        EXPECT_TRUE(!first || then->receipt == first->receipt) << "what was acknowledged stays";
        EXPECT_EQ(then->issuance.code.value, "Cong-van..01") << "and no code is lost";
      }
      EXPECT_THAT(findings_in(office_.path(data)), testing::IsEmpty());
      std::filesystem::remove_all(office_.path(data));
      if (!faults.struck() || HasFailure()) return failed;
    }
  }

  const api::Config config_;
  const std::unique_ptr<api::SigningDesk> desk_;
  engine::Crew crew_;
  flow::FileChecks checks_;
};

TEST_F(DiskFaultTest, EachOperationOfTheObjectStoreMayFail) {
  for (const auto kind : {Faults::Kind::one, Faults::Kind::from_there_on}) {
    EXPECT_GT(fail_each(kind,
                        [](Faults& faults, const auto& run) {
                          FaultyFiles files(faults);
                          return run({&files});
                        }),
              4);
  }
}

TEST_F(DiskFaultTest, EachOperationOfTheDatabaseMayFail) {
  EXPECT_GT(fail_each(Faults::Kind::from_there_on,
                      [](Faults& faults, const auto& run) {
                        HastyFiles files;
                        const auto env = make_faulty_env(faults);
                        return run({&files, env.get()});
                      }),
            4);
}

/// A real disk that is full: tmpfs in a user namespace, where the machine allows that.
TEST_F(DiskFaultTest, AFullDiskIsToldAndRoomHeals) {
  if (testing_support::run({"unshare", "-rm", "true"}).exit_code != 0) {
    GTEST_SKIP() << "no user namespaces: a full disk can't be had here";
  }
  const auto mount = office_.path("disk");
  std::filesystem::create_directories(mount);
  const auto issue = office_.program() + " issue " + document_ + " --officer an --json --config " +
                     office_.config({.level = "B-T"}) + " --data " + (mount / "data").string();
  const auto check = office_.program() + " check --data " + (mount / "data").string();
  const auto script = "set -e; mount -t tmpfs -o size=160m none " + mount.string() + "; cp -r " +
                      office_.path("data").string() + " " + (mount / "data").string() +
                      // 300 KiB are left: less than the file that is to be issued, more than the database's log needs
                      "; left=$(df --output=avail -k " + mount.string() +
                      " | tail -1); head -c $(((left - 300) * 1024)) " + "/dev/zero >" + (mount / "filler").string() +
                      "; set +e; " + issue + "; echo rc=$?; " + check + " >&2; echo rc=$?; rm " +
                      (mount / "filler").string() + "; " + issue + "; echo rc=$?; " + check + " >&2; echo rc=$?";
  const auto ended = testing_support::run({"unshare", "-rm", "sh", "-c", script});
  std::istringstream text(ended.out);
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  ASSERT_EQ(lines.size(), 6U) << ended.out << ended.err;
  EXPECT_EQ(nlohmann::json::parse(lines[0]).at("error").at("code"), "resource_exhausted");
  EXPECT_EQ(lines[1], "rc=1");
  EXPECT_EQ(lines[2], "rc=0") << ended.err;
  EXPECT_EQ(nlohmann::json::parse(lines[3]).at("level"), "B-T");
  EXPECT_EQ(lines[4], "rc=0");
  EXPECT_EQ(lines[5], "rc=0") << ended.err;
}

}  // namespace
}  // namespace sohoa::test
