// kill -9 at random moments while a writer appends as fast as it can. What it said was acknowledged is there
// afterwards, the rest is pending or was never there, and check() finds nothing wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "archive/rocks_archive.hpp"
#include "tests/fault/archive/crash.hpp"
#include "tests/unit/archive/findings_in.hpp"

namespace sohoa {
namespace {

using test::must;

constexpr int rounds = 30;

/// What the writer printed, line by line; a line that the kill cut off counts for nothing.
struct Printed {
  std::vector<ItemKey> items;
  std::vector<ArchiveReceipt> receipts;
};

Printed read_printed(const std::filesystem::path& path) {
  Printed printed;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line) && !in.eof();) {
    std::istringstream words(line);
    std::string kind;
    words >> kind;
    if (kind == "item") {
      ItemKey key;
      words >> key.submission.value >> key.index;
      printed.items.push_back(key);
    } else {
      ArchiveReceipt receipt;
      std::string hash;
      words >> receipt.document.value >> receipt.journal_entry >> hash >> receipt.archived_at;
      receipt.entry_hash = must(Digest::from_hex(hash));
      printed.receipts.push_back(receipt);
    }
  }
  return printed;
}

void expect_all(const Printed& printed, const Archive& archive) {
  for (const auto& key : printed.items) {
    const auto submission = archive.submission(key.submission);
    ASSERT_TRUE(submission) << submission.error().message;
    EXPECT_GT(submission->items.size(), key.index);
  }
  for (const auto& receipt : printed.receipts) {
    const auto record = archive.document(receipt.document);
    ASSERT_TRUE(record) << record.error().message;
    EXPECT_EQ(record->receipt, receipt);
  }
}

TEST(CrashTest, LosesNothingThatWasAcknowledged) {
  const testing_support::TemporaryFolder folder("crash");
  const auto data_dir = folder / "data";
  std::mt19937 random(20261122);
  std::vector<ArchiveReceipt> all;
  std::uint64_t resumed = 0;
  for (int round = 0; round < rounds && !::testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const auto out = folder / ("out" + std::to_string(round));
    test::run_and_kill({SOHOA_BINARY_DIR "/archive_crash_writer", data_dir.string()}, out, 5, 500, random);
    const auto printed = read_printed(out);
    all.insert(all.end(), printed.receipts.begin(), printed.receipts.end());
    if (!std::filesystem::exists(data_dir / "db" / "CURRENT")) continue;  // killed before there was anything
    {
      const auto archive = must(RocksArchive::open(data_dir, OpenMode::read_write));
      expect_all(printed, *archive);
      expect_all({{}, all}, *archive);
      for (const auto& [item, terms] : must(archive->pending())) {
        const auto word = item.name.substr(0, item.name.find('.'));
        all.push_back(must(archive->append(must(test::try_document(archive->objects(), word)), {item.key})));
        ++resumed;
      }
      EXPECT_EQ(must(archive->status()).pending_items, 0U);
    }
    const auto report = must(check(data_dir));
    EXPECT_THAT(test::texts_of(report), ::testing::IsEmpty());
    EXPECT_GE(report.documents, all.size());
  }
  EXPECT_GT(all.size(), std::size_t{rounds}) << "too little was written to show anything";
  EXPECT_GT(resumed, 0U) << "the kills never came between an item and its document";
  std::cout << all.size() << " documents acknowledged, " << resumed << " of them after a crash\n";
}

}  // namespace
}  // namespace sohoa
