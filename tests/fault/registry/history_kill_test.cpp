// kill -9 at random moments in the middle of random histories, with both indexes kept by their threads as a server
// keeps them. Afterwards nothing that was acknowledged is missing, check() finds nothing, and every number of the
// indexes is that of the slow recomputation.
#include <gmock/gmock.h>

#include <fstream>

#include "indexer/compare.hpp"
#include "tests/fault/archive/crash.hpp"
#include "tests/unit/archive/findings_in.hpp"
#include "tests/unit/indexer/follower_fixture.hpp"

namespace sohoa::indexer {
namespace {

constexpr int rounds = 10;

/// The last of the numbers that the writer printed, one a line; 0 where there is none.
std::uint64_t last_printed(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::uint64_t last = 0;
  for (std::string line; std::getline(in, line) && !in.eof();) last = std::stoull(line);
  return last;
}

class HistoryKillTest : public FollowerTest {
 protected:
  void expect_as_made_anew(int round) {
    const auto fresh = must(Statistics::open(folder_ / ("fresh" + std::to_string(round)), OpenMode::read_write));
    must(fresh->catch_up(*archive_));
    for (const auto& one : must(compare(*statistics_, *fresh, 5))) ADD_FAILURE() << one.row << " " << one.reason;
  }
};

TEST_F(HistoryKillTest, CountersAreThoseOfASlowRecomputation) {
  std::mt19937 random(20261123);
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    owners_.reset();
    statistics_.reset();
    archive_.reset();
    const auto out = folder_ / ("out" + std::to_string(round));
    test::run_and_kill({SOHOA_BINARY_DIR "/registry_history_writer", folder_.path().string(), std::to_string(round)},
                       out, 100, 900, random);
    EXPECT_THAT(test::findings_in(folder_ / "data"), ::testing::IsEmpty());
    archive_ = must(RocksArchive::open(folder_ / "data", OpenMode::read_write, {&files_}));
    EXPECT_GE(must(archive_->size()), last_printed(out));
    open();
    catch_up();
    expect_as_recomputed();
    expect_as_made_anew(round);
  }
  const auto entries = must(archive_->size());
  EXPECT_GT(entries, std::uint64_t{20} * rounds) << "too little happened";
  std::cout << entries << " entries, " << must(archive_->status()).dossiers << " dossiers\n";
}

}  // namespace
}  // namespace sohoa::indexer
