// kill -9 at random moments while a writer gives codes, issues and completes as fast as it can. Afterwards every code
// and issuance that it said was acknowledged is there, no code was given twice, an issuance is there whole or not at
// all, and check() finds nothing wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "archive/rocks_archive.hpp"
#include "tests/fault/archive/crash.hpp"
#include "tests/unit/archive/findings_in.hpp"

namespace sohoa {
namespace {

using test::must;

constexpr int rounds = 60;

/// What the writer printed, line by line; a line that the kill cut off counts for nothing.
struct Printed {
  struct Issued {
    DocumentId document;
    std::uint32_t number = 0;
    std::uint64_t entry = 0;
    Digest hash;
    bool pending = false;
  };
  std::map<DocumentId, std::string> codes;  ///< of documents by themselves
  std::map<std::string, DocumentId> filed;
  std::vector<Issued> issued;

  void read(const std::filesystem::path& path) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line) && !in.eof();) {
      std::istringstream words(line);
      std::string kind;
      DocumentId document;
      words >> kind >> document.value;
      if (kind == "issued") {
        read_issued(words, std::move(document));
        continue;
      }
      std::string code;
      words >> code;
      if (kind == "filed") filed.emplace(code, document);
      if (kind == "code") {
        EXPECT_EQ(codes.emplace(document, code).first->second, code) << "a second code";
      }
    }
  }

 private:
  void read_issued(std::istringstream& words, DocumentId document) {
    Issued one{std::move(document), 0, 0, {}, false};
    std::string hash;
    std::string state;
    words >> one.number >> one.entry >> hash >> state;
    one.hash = must(Digest::from_hex(hash));
    one.pending = state == "pending";
    issued.push_back(std::move(one));
  }
};

/// What the journal says, told without the archive's rows.
struct Told {
  std::set<std::string> codes;
  std::map<std::pair<DocumentId, std::uint32_t>, IssuanceRecord> newest;
  std::uint64_t completed = 0;

  explicit Told(const RocksArchive& archive) {
    must(archive.read(0, must(archive.size()), [&](const JournalEntry& entry) -> Result<void> {
      if (const auto* given = std::get_if<CodeGiven>(&entry.what)) take_code(given->code);
      const auto* change = std::get_if<DossierChange>(&entry.what);
      if (const auto* paper = change ? paper_of(*change) : nullptr) take_code(paper->code);
      const auto* issuance = std::get_if<Issuance>(&entry.what);
      if (!issuance) return {};
      const auto [at, is_new] =
          newest.insert_or_assign({issuance->document, issuance->number}, IssuanceRecord{*issuance, entry.receipt});
      completed += is_new ? 0 : 1;
      return {};
    }));
  }

 private:
  void take_code(const PaperCode& code) { EXPECT_TRUE(codes.insert(code.value).second) << code.value << " twice"; }
};

void expect_all(const Printed& printed, RocksArchive& archive, const Told& told) {
  for (const auto& [document, code] : printed.codes) {
    EXPECT_EQ(must(archive.give_code(document, "another.{NN}", {})).value, code);
  }
  for (const auto& [code, document] : printed.filed) {
    EXPECT_TRUE(told.codes.contains(code));
    EXPECT_TRUE(archive.find_paper({code})) << code;
  }
  for (const auto& one : printed.issued) {
    EXPECT_EQ(must(archive.hash_of(one.entry)), one.hash);
    const auto all = must(archive.issuances(one.document));
    ASSERT_GE(all.size(), one.number);
    const auto& [issuance, receipt] = all[one.number - 1];
    EXPECT_GE(receipt.entry, one.entry);
    EXPECT_TRUE(one.pending || !issuance.timestamp_pending) << "a completion is lost";
  }
}

/// The rows say what the journal says: no half of an issuance is to be seen.
void expect_whole(const RocksArchive& archive, const Told& told) {
  std::set<DocumentId> waiting;
  for (const auto& [key, wanted] : told.newest) {
    const auto& [document, number] = key;
    const auto all = must(archive.issuances(document));
    ASSERT_GE(all.size(), number);
    EXPECT_EQ(all[number - 1].receipt, wanted.receipt);
    if (wanted.issuance.timestamp_pending) waiting.insert(document);
  }
  std::set<DocumentId> found;
  for (const auto& one : must(archive.pending_timestamps(100'000))) found.insert(one.issuance.document);
  EXPECT_EQ(found, waiting);
}

TEST(IssuanceCrashTest, GivesNoCodeTwiceAndLosesNothingThatWasAcknowledged) {
  const testing_support::TemporaryFolder folder("issuance-crash");
  const auto data_dir = folder / "data";
  std::mt19937 random(20261124);
  Printed printed;
  std::uint64_t codes = 0;
  std::uint64_t completed = 0;
  std::uint64_t between = 0;
  for (int round = 0; round < rounds && !::testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const auto out = folder / ("out" + std::to_string(round));
    test::run_and_kill({SOHOA_BINARY_DIR "/issuance_crash_writer", data_dir.string()}, out, 10, 150, random);
    printed.read(out);
    if (!std::filesystem::exists(data_dir / "db" / "CURRENT")) continue;  // killed before there was anything
    {
      const auto archive = must(RocksArchive::open(data_dir, OpenMode::read_write));
      const Told told(*archive);
      expect_all(printed, *archive, told);
      expect_whole(*archive, told);
      between += told.newest.size() < must(archive->status()).documents ? 1 : 0;
      codes = told.codes.size();
      completed = told.completed;
    }
    EXPECT_THAT(test::findings_in(data_dir), ::testing::IsEmpty());
  }
  EXPECT_GT(codes, std::uint64_t{rounds}) << "too little was written to show anything";
  EXPECT_GT(completed, std::uint64_t{rounds / 2}) << "too little was completed";
  EXPECT_GT(between, 0U) << "the kills never came between a document and its issuance";
  std::cout << rounds << " kills, " << codes << " codes, " << printed.issued.size() << " issuances acknowledged, "
            << completed << " completed, " << between << " kills between a document and its issuance\n";
}

}  // namespace
}  // namespace sohoa
