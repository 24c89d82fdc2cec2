// Kills `sohoa digitize` with SIGKILL at random moments, again and again, on one data folder. Every document that a run
// acknowledged must be there ever after, with the same receipt and the same bytes; what was not is resumed by the next
// run; the archive checks clean after each kill. SOHOA_KILL_ROUNDS sets the number of kills.
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <thread>

#include "tests/support/program.hpp"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using namespace testing_support;

int rounds() {
  const char* wanted = std::getenv("SOHOA_KILL_ROUNDS");
  return wanted != nullptr ? std::atoi(wanted) : 12;
}

class KillTest : public testing::Test {
 protected:
  KillTest() {
    // Small pages, so that a round reaches every step; one file of several pages.
    fs::create_directories(folder_ / "in");
    const fs::path shared(SOHOA_SHARED_DATA);
    for (int i = 0; i <= 8; ++i) {
      if (i == 5) continue;
      const auto name = "Landscape_" + std::to_string(i) + ".jpg";
      fs::copy_file(shared / "exif-orientation" / name, folder_ / ("in/" + name));
    }
    for (const char* name :
         {"vi/samples/vietsample1.tif", "vi/samples/vietsample2.tif", "vi/samples/vietsample1.pdf",
          "torture/qpdf/nested-images.pdf", "torture/qpdf/bad1.pdf", "ocr/tesseract-test/phototest.tif"}) {
      fs::copy_file(shared / name, folder_ / "in" / fs::path(name).filename());
    }
  }

  std::vector<std::string> command() {
    return {program_, "digitize", (folder_ / "in").string(), "--data", data_, "--jobs", "2", "--json"};
  }

  /// Takes up the acknowledgements in a run's output; a cut-off last line was never a promise.
  void remember(const fs::path& out) {
    std::istringstream text(read_text(out));
    for (std::string line; std::getline(text, line);) {
      const auto json = nlohmann::json::parse(line, nullptr, false);
      if (json.is_discarded() || json.at("status") != "archived") continue;
      const auto id = json.at("document").get<std::string>();
      const auto [known, is_new] = receipts_.emplace(id, json.at("receipt"));
      EXPECT_EQ(known->second, json.at("receipt")) << "another receipt for " << id;
    }
    fs::remove(out);
  }

  void verify() {
    const auto checked = run({program_, "check", "--data", data_});
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
    for (const auto& [id, receipt] : receipts_) {
      const auto pdf = run({program_, "get", id, "--data", data_});
      ASSERT_EQ(pdf.exit_code, 0) << "lost " << id << ": " << pdf.err;
      const auto [known, is_new] = pdfs_.emplace(id, pdf.out);
      EXPECT_EQ(known->second, pdf.out) << id << " changed";
    }
  }

  static constexpr std::size_t documents = 13;  ///< the inputs but the broken one
  const std::string program_ = std::string(SOHOA_BINARY_DIR) + "/sohoa";
  TemporaryFolder folder_{"sohoa-kill"};
  const std::string data_ = (folder_ / "data").string();
  std::map<std::string, nlohmann::json> receipts_;
  std::map<std::string, std::string> pdfs_;
};

TEST_F(KillTest, LosesNothingThatWasAcknowledgedAndResumesTheRest) {
  std::mt19937 random(20261122);
  int killed = 0;
  for (int round = 0; killed < rounds(); ++round) {
    ASSERT_LT(round, rounds() * 4) << "runs end before they can be killed";
    const auto out = folder_ / "lines";
    Running digitize(command(), out);
    // Most kills in the first seconds, where start-up, intake, reading and committing overlap.
    const auto wait = std::exponential_distribution<double>(1.0 / 0.8)(random) + 0.02;
    const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(std::min(wait, 8.0));
    while (std::chrono::steady_clock::now() < until && !digitize.ended())
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    if (!digitize.ended()) ++killed;
    digitize.signal(SIGKILL);
    digitize.wait();
    remember(out);
    // Before the database has its first file of this name there is no archive, and none may have acknowledged anything.
    if (fs::exists(folder_ / "data/db/CURRENT") || !receipts_.empty()) verify();
    if (HasFailure()) return;
    if (receipts_.size() == documents && killed < rounds()) {  // all done: start over with an empty archive
      fs::remove_all(folder_ / "data");
      receipts_.clear();
      pdfs_.clear();
    }
  }
  const auto last = folder_ / "last";
  Running digitize(command(), last);
  EXPECT_EQ(digitize.wait(), 1);  // one input is broken, and says so
  remember(last);
  verify();
  EXPECT_EQ(receipts_.size(), documents);
  EXPECT_TRUE(fs::is_empty(folder_ / "data/work")) << "pages of an interrupted document were left behind";
  RecordProperty("kills", killed);
}

}  // namespace
}  // namespace sohoa
