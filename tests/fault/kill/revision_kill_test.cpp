// Kills `sohoa correct` with SIGKILL at any moment. The document is then as it was, or wholly its next version; what
// was acknowledged is there, and the archive checks clean.
#include <gtest/gtest.h>
#include <signal.h>

#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "archive/rocks_archive.hpp"
#include "tests/support/program.hpp"

namespace sohoa {
namespace {

using namespace testing_support;

TEST(RevisionKillTest, LeavesTheDocumentAsItWasOrAsItShallBe) {
  const TemporaryFolder folder("revision-kill");
  const auto program = std::string(SOHOA_BINARY_DIR) + "/sohoa", data = (folder / "data").string();
  const auto scan = std::string(SOHOA_SHARED_DATA) + "/vi/scans-signed/22TTr-2025.pdf";
  const auto digitized = run({program, "digitize", scan, "--data", data, "--json"});
  ASSERT_EQ(digitized.exit_code, 0) << digitized.err;
  const std::string document = nlohmann::json::parse(digitized.out).at("document");

  std::mt19937 random(11);
  std::uint32_t version = 1;
  int whole = 0, undone = 0;
  for (int round = 0; round < 16; ++round) {
    const auto text = "LẦN" + std::to_string(round);
    const auto out = folder / ("out" + std::to_string(round));
    Running correcting({program, "correct", document, "--officer", "cb-01", "--word", "1:400,400,300,60=" + text,
                        "--data", data, "--json"},
                       out);
    std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution(20, 500)(random)));
    correcting.signal(SIGKILL);
    (void)correcting.wait();
    const bool acknowledged = read_text(out).find("journal_entry") != std::string::npos;

    const auto checked = run({program, "check", "--data", data});
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
    const auto archive = RocksArchive::open(data, OpenMode::read_only);
    ASSERT_TRUE(archive);
    const auto record = (*archive)->document({document});
    ASSERT_TRUE(record);
    const auto now = record->document.version();
    EXPECT_TRUE(now == version || now == version + 1) << now;
    EXPECT_TRUE(!acknowledged || now == version + 1);
    const auto shown = run({program, "get", document, "--data", data, "--as", "text"});
    EXPECT_EQ(shown.out.find(text) != std::string::npos, now == version + 1);
    ++(now == version ? undone : whole);
    version = now;
  }
  EXPECT_GT(whole, 0) << "killed too early to tell";
  EXPECT_GT(undone, 0) << "killed too late to tell";
}

}  // namespace
}  // namespace sohoa
