// Kills `sohoa issue`, and `sohoa issue --pending`, with SIGKILL at random moments, again and again, on one archive of
// many documents. After each kill the archive checks clean; no code is another's; what was acknowledged is there, and
// what is there is whole: every issued file verifies. In the end nothing waits. SOHOA_KILL_ROUNDS sets how often.
#include <signal.h>

#include <cstdlib>
#include <random>
#include <set>
#include <thread>

#include "archive/rocks_archive.hpp"
#include "tests/functional/issuing/blank_papers.hpp"
#include "tests/functional/issuing/signing_office.hpp"

namespace sohoa::test {
namespace {

using nlohmann::json;
using pki::Service;

int rounds() {
  const char* wanted = std::getenv("SOHOA_KILL_ROUNDS");
  return wanted != nullptr ? std::atoi(wanted) : 12;
}

class IssuingKillTest : public testing::Test {
 protected:
  IssuingKillTest() {
    auto files = write_blank_papers(office_.path("papers"), 30);
    files.push_back(SigningOffice::sample("synthetic-letter.jpg"));
    files.push_back(SigningOffice::sample("synthetic-report.tif"));
    documents_ = office_.digitize(files, "base");
    start_over();
  }

  void start_over() {
    std::filesystem::remove_all(office_.path("data"));
    office_.copy("base", "data");
    said_.clear();
    verified_.clear();
  }

  std::vector<std::string> issue_all() {
    auto command = with_settings({SigningOffice::program(), "issue", "--officer", "an", "--json"});
    command.insert(command.begin() + 2, documents_.begin(), documents_.end());
    return command;
  }
  std::vector<std::string> complete() { return with_settings({SigningOffice::program(), "issue", "--pending"}); }
  std::vector<std::string> with_settings(std::vector<std::string> command) {
    command.insert(command.end(), {"--config", config_, "--data", office_.path("data").string()});
    return command;
  }

  /// Runs it for so long at most; true where it was killed.
  bool run_and_kill(const std::vector<std::string>& command, std::chrono::duration<double> time) {
    const auto out = office_.path("said");
    std::filesystem::remove(out);
    testing_support::Running running(command, out);
    const auto until = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < until && !running.ended()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const bool killed = !running.ended();
    running.signal(SIGKILL);
    running.wait();
    std::istringstream text(testing_support::read_text(out));
    for (std::string line; std::getline(text, line);) {
      const auto paper = json::parse(line, nullptr, false);
      if (paper.is_object() && paper.contains("code")) said_[paper.at("document")] = paper;
    }
    return killed;
  }

  /// All that must hold whenever nothing runs. Returns how many documents are issued, and how many of them wait.
  std::pair<std::size_t, std::size_t> expect_whole() {
    office_.expect_clean("data");
    std::map<std::string, Digest> fresh;  // files that were not looked at yet, by name
    std::set<std::string> codes;
    std::size_t issued = 0, pending = 0;
    {
      const auto archive = made(RocksArchive::open(office_.path("data"), OpenMode::read_only));
      for (const auto& document : documents_) {
        const auto all = made(archive->issuances({document}));
        EXPECT_LE(all.size(), 1U) << "issued twice";
        const auto said = said_.find(document);
        EXPECT_TRUE(said == said_.end() || !all.empty()) << "lost " << document;
        if (all.empty()) continue;
        const auto& issuance = all[0].issuance;
        EXPECT_TRUE(codes.insert(issuance.code.value).second) << issuance.code.value << " was given twice";
        if (said != said_.end()) {
          EXPECT_EQ(said->second.at("code"), issuance.code.value);
          EXPECT_TRUE(!issuance.timestamp_pending || said->second.at("timestamp_pending")) << "waits again";
        }
        ++issued;
        pending += issuance.timestamp_pending ? 1 : 0;
        if (verified_.insert(issuance.pdf.digest.hex()).second) {
          const auto name = document + ".pdf";
          const auto file = made(archive->objects().open(issuance.pdf.digest));
          const auto out = made(open_anew(office_.path(name)));
          EXPECT_TRUE(copy_bytes(file.get(), issuance.pdf.size, out.get()));
          fresh.emplace(name, issuance.pdf.digest);
        }
      }
    }
    if (!fresh.empty()) {
      std::vector<std::filesystem::path> files;
      for (const auto& [name, digest] : fresh) files.push_back(office_.path(name));
      set_services({});
      for (const auto& answer : office_.verify(files, config_)) {
        EXPECT_EQ(answer.at("indication"), "passed") << answer;
        EXPECT_GE(answer.at("signatures").size(), 2U);
      }
      files_verified_ += fresh.size();
    }
    return {issued, pending};
  }
  void set_services(const pki::Conduct& timestamps) { office_.server().set(Service::timestamp, timestamps); }

  SigningOffice office_;
  const std::string config_ =
      office_.config({.level = "B-LTA", .person = "person-p256", .agency = "agency-rsa", .more = "seconds = 2"});
  std::vector<std::string> documents_;
  std::map<std::string, json> said_;  ///< the newest acknowledgement, by document
  std::set<std::string> verified_;
  std::size_t files_verified_ = 0;
};

TEST_F(IssuingKillTest, NoCodeTwiceNothingHalfNothingLost) {
  std::mt19937 random(20261123);
  int killed = 0, started_over = 0;
  std::size_t most_pending = 0;
  for (int round = 0; killed < rounds(); ++round) {
    ASSERT_LT(round, 3 * rounds() + 20) << "runs end before they can be killed";
    SCOPED_TRACE("round " + std::to_string(round));
    // Half of the time nobody gives timestamps, so that some wait; a third of the runs complete those.
    set_services({.away = random() % 2 == 0});
    const auto command = random() % 3 == 0 ? complete() : issue_all();
    const auto time = std::chrono::duration<double>(0.03 + std::exponential_distribution<double>(1 / 0.35)(random));
    killed += run_and_kill(command, time) ? 1 : 0;
    const auto [issued, pending] = expect_whole();
    if (HasFailure()) return;
    most_pending = std::max(most_pending, pending);
    if (issued == documents_.size() && pending == 0) {
      start_over();
      ++started_over;
    }
  }
  set_services({});
  EXPECT_EQ(testing_support::run(issue_all()).exit_code, 0);
  const auto completed = testing_support::run(complete());
  EXPECT_EQ(completed.exit_code, 0) << completed.err;
  const auto [issued, pending] = expect_whole();
  EXPECT_EQ(issued, documents_.size());
  EXPECT_EQ(pending, 0U);
  EXPECT_TRUE(rounds() < 12 || most_pending > 0) << "nothing ever waited";
  std::printf("%d kills, %zu issued files verified, %d archives, at most %zu waiting\n", killed, files_verified_,
              started_over + 1, most_pending);
}

}  // namespace
}  // namespace sohoa::test
