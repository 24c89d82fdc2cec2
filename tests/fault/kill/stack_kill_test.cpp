// Kills `sohoa digitize --split sheets` with SIGKILL in the middle of a stack, again and again, until it is done. Every
// document of it that a run acknowledged must keep its receipt; no page is read again, no document comes twice; the
// archive checks clean after each kill.
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <thread>

#include "archive/rocks_archive.hpp"
#include "tests/support/program.hpp"
#include "tests/support/stacks.hpp"

namespace sohoa {
namespace {

using namespace testing_support;

class StackKillTest : public testing::Test {
 protected:
  [[nodiscard]] std::vector<std::string> digitize(const std::string& file) const {
    return {program_, "digitize", file, "--split", "sheets", "--data", data_, "--jobs", "2", "--json"};
  }

  nlohmann::json status() {
    const auto told = run({program_, "status", "--json", "--data", data_});
    EXPECT_EQ(told.exit_code, 0) << told.err;
    return nlohmann::json::parse(told.out, nullptr, false);
  }

  void check() {
    const auto checked = run({program_, "check", "--data", data_});
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  }

  using Pages = std::map<std::filesystem::path, std::filesystem::file_time_type>;

  /// Pages that lie read in the spool. They may be going as we look.
  [[nodiscard]] Pages spooled() const {
    Pages pages;
    std::error_code gone;
    using Walk = std::filesystem::recursive_directory_iterator;
    for (Walk at(folder_ / "data/work", gone); !gone && at != Walk(); at.increment(gone)) {
      const auto name = at->path().filename().string();
      if (!name.starts_with("page-") || name.ends_with(".half")) continue;
      std::error_code went;
      const auto time = at->last_write_time(went);
      if (!went) pages[at->path()] = time;
    }
    return pages;
  }

  /// How many items the submission has.
  [[nodiscard]] std::size_t items_of(const std::string& submission) const {
    const auto archive = RocksArchive::open(data_, OpenMode::read_only);
    const auto found = archive ? (*archive)->submission({submission}) : Result<Submission>(archive.error());
    return found ? found->items.size() : 0;
  }

  const std::string program_ = std::string(SOHOA_BINARY_DIR) + "/sohoa";
  TemporaryFolder folder_{"sohoa-stack-kill"};
  const std::string data_ = (folder_ / "data").string();
};

TEST_F(StackKillTest, ResumesWithoutReadingPagesAgainAndWithoutADocumentTwice) {
  StackMaker maker(folder_.path(), program_);
  const auto stack = (folder_ / "stack.tif").string();
  const auto truth = maker.write(stack, 3);
  const auto other = (folder_ / "other.tif").string();  // what the runs that resume are called with
  maker.write_papers(other, 1, {});

  // Kills at moments that move on from start-up through reading to cutting, whatever the machine's speed.
  std::set<std::uint64_t> documents_seen;
  std::string submission;  ///< the stack's, by the name of its spool
  int killed = 0;
  for (int round = 0; round < 40; ++round) {
    const auto before = spooled();
    Running running(digitize(round == 0 ? stack : other), folder_ / "lines");
    const auto documents = killed > 0 ? status().at("documents").get<std::uint64_t>() : 0;
    const auto wanted_pages = before.size() + 2;
    const auto done_so_far = [&] {
      if (spooled().size() >= wanted_pages) return true;
      if (before.size() < truth.pages) return false;
      // While it cuts, no page is added: then at the next document, or where a part is added and not issued yet.
      const auto now = status();
      return now.at("documents").get<std::uint64_t>() > documents || now.at("pending_items") >= 3;
    };
    while (!running.ended() && !(std::filesystem::exists(folder_ / "data/db/CURRENT") && done_so_far())) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (!running.ended()) ++killed;
    running.signal(SIGKILL);
    running.wait();
    check();
    if (HasFailure()) return;
    const auto now = status();
    documents_seen.insert(now.at("documents").get<std::uint64_t>());
    const auto kept = spooled();
    for (const auto& [path, time] : before) {
      EXPECT_TRUE(!kept.contains(path) || kept.at(path) == time) << path << " was read again";
    }
    if (submission.empty() && !kept.empty()) {
      submission = kept.begin()->first.parent_path().filename().string().substr(0, 32);
    }
    if (now.at("pending_items") == 0) break;
  }
  EXPECT_GE(killed, 4) << "runs end before they can be killed";
  EXPECT_GE(documents_seen.size(), 2) << "no kill between two documents of the stack";

  Running last(digitize(stack), folder_ / "last");
  EXPECT_EQ(last.wait(), 0);
  check();
  // The stack came twice, and `other` once or more: each document is there once.
  EXPECT_EQ(status().at("documents"), truth.parts.size() + 1);
  std::set<std::string> ids;
  std::istringstream lines(read_text(folder_ / "last"));
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line);
    if (json.contains("stack_part")) ids.insert(json.at("document"));
    EXPECT_TRUE(!json.contains("stack") || json.at("pages") == truth.pages) << line;
  }
  EXPECT_EQ(ids.size(), truth.parts.size());
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "data/work"));
  EXPECT_EQ(items_of(submission), 1 + truth.parts.size()) << "a part was begun by itself, or added twice";
  RecordProperty("kills", killed);
}

}  // namespace
}  // namespace sohoa
