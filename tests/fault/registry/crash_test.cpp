// kill -9 at random moments while a writer receives dossiers and files papers as fast as it can, with an index that
// follows. What it said was acknowledged is there afterwards, a batch is there whole or not at all, check() finds
// nothing wrong, and the index that was killed counts what one made anew counts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "archive/rocks_archive.hpp"
#include "indexer/compare.hpp"
#include "indexer/statistics.hpp"
#include "tests/fault/archive/crash.hpp"
#include "tests/support/small_office.hpp"
#include "tests/unit/archive/findings_in.hpp"

namespace sohoa {
namespace {

using test::must;

constexpr int rounds = 15;

struct Acknowledged {
  DossierCode dossier;
  std::uint64_t entry = 0;
  Digest hash;
};

std::vector<Acknowledged> read_printed(const std::filesystem::path& path) {
  std::vector<Acknowledged> printed;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line) && !in.eof();) {
    std::istringstream words(line);
    Acknowledged one;
    std::string hash;
    words >> one.dossier.value >> one.entry >> hash;
    one.hash = must(Digest::from_hex(hash));
    printed.push_back(one);
  }
  return printed;
}

void expect_all(const std::vector<Acknowledged>& all, const RocksArchive& archive) {
  for (const auto& [code, entry, hash] : all) {
    EXPECT_EQ(must(archive.hash_of(entry)), hash);
    const auto dossier = archive.dossier(code);
    ASSERT_TRUE(dossier) << dossier.error().message;
    EXPECT_EQ(std::count(dossier->history.begin(), dossier->history.end(), entry), 1) << code.value;
  }
}

/// The writer receives a dossier and files its first paper in one batch.
void expect_whole_batches(const RocksArchive& archive) {
  for (std::uint64_t number = 0; number < must(archive.status()).dossiers; ++number) {
    EXPECT_GE(must(archive.dossier({test::dossier_code(static_cast<int>(number))})).history.size(), 2U) << number;
  }
}

void expect_index_as_made_anew(const RocksArchive& archive, const testing_support::TemporaryFolder& folder, int round) {
  const auto stored = must(indexer::Statistics::open(folder / "index", OpenMode::read_write));
  must(stored->catch_up(archive));
  const auto fresh = must(indexer::Statistics::open(folder / ("fresh" + std::to_string(round)), OpenMode::read_write));
  must(fresh->catch_up(archive));
  for (const auto& one : must(indexer::compare(*stored, *fresh, 5))) ADD_FAILURE() << one.row << " " << one.reason;
}

TEST(RegistryCrashTest, LosesNothingThatWasAcknowledged) {
  const testing_support::TemporaryFolder folder("registry-crash");
  const auto data_dir = folder / "data";
  std::mt19937 random(20261122);
  std::vector<Acknowledged> all;
  for (int round = 0; round < rounds && !::testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const auto out = folder / ("out" + std::to_string(round));
    test::run_and_kill({SOHOA_BINARY_DIR "/registry_crash_writer", folder.path().string()}, out, 20, 700, random);
    const auto printed = read_printed(out);
    all.insert(all.end(), printed.begin(), printed.end());
    if (!std::filesystem::exists(data_dir / "db" / "CURRENT")) continue;  // killed before there was anything
    {
      const auto archive = must(RocksArchive::open(data_dir, OpenMode::read_write));
      expect_all(all, *archive);
      expect_whole_batches(*archive);
      if (std::filesystem::exists(folder / "index")) expect_index_as_made_anew(*archive, folder, round);
    }
    EXPECT_THAT(test::findings_in(data_dir), ::testing::IsEmpty());
  }
  EXPECT_GT(all.size(), std::size_t{4} * rounds) << "too little was written to show anything";
  std::cout << all.size() << " entries acknowledged\n";
}

}  // namespace
}  // namespace sohoa
