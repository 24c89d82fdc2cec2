// An index that is kept at the journal's end by a thread of its own and by those who ask it; and one that is damaged.
#include "indexer/keeper.hpp"

#include <fstream>
#include <latch>
#include <thread>

#include "tests/unit/indexer/follower_fixture.hpp"

namespace sohoa::indexer {
namespace {

class KeeperTest : public FollowerTest {
 protected:
  std::uint64_t received() {
    return must(statistics_->tallies({month("2025-11"), month("2025-11"), {}, {}, {}}, Breakdown::none))
        .at(0)
        .tally[Metric::received];
  }
  void receive(int number) { must(archive_->record({{{test::officer(), DossierReceived{test::reception(number)}}}})); }
  /// Puts bytes that are no row of ours under every key with this letter.
  void damage_rows(const char* letter) {
    statistics_.reset();
    const auto database = must(Database::open(folder_ / "statistics", OpenMode::read_write));
    Batch batch;
    for (const auto& row : must(database->rows_after(letter, "", 100'000))) batch.put(row.key, "damaged");
    ASSERT_FALSE(batch.changes().empty());
    must(database->commit(batch));
  }
  /// Overwrites the first half of every file of this kind.
  void damage_files(const std::string& part_of_name) {
    owners_.reset();
    statistics_.reset();
    int damaged = 0;
    for (const auto* index : {"owners", "statistics"}) {
      for (const auto& file : std::filesystem::directory_iterator(folder_ / index)) {
        if (file.path().filename().string().find(part_of_name) == std::string::npos) continue;
        std::fstream stream(file.path(), std::ios::in | std::ios::out | std::ios::binary);
        stream << std::string(file.file_size() / 2, '\xa5');
        ++damaged;
      }
    }
    ASSERT_GT(damaged, 0);
  }
};

TEST_F(KeeperTest, ShowsAChangeToWhoeverAsksAfterIt) {
  Keeper keeper(*statistics_, *archive_);
  keeper.start();
  archive_->on_growth([&] { keeper.wake(); });
  for (int number = 0; number < 100; ++number) {
    receive(number);
    must(keeper.catch_up());
    ASSERT_EQ(received(), static_cast<std::uint64_t>(number + 1));
  }
  archive_->on_growth({});
}

TEST_F(KeeperTest, FollowsWhenNobodyAsks) {
  Keeper keeper(*statistics_, *archive_);
  keeper.start();
  archive_->on_growth([&] { keeper.wake(); });
  receive(1);
  for (int i = 0; i < 5000 && received() == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  EXPECT_EQ(received(), 1U);
  archive_->on_growth({});
}

TEST_F(KeeperTest, CountsRightWhereManyAskWhileOthersWrite) {
  Keeper keeper(*statistics_, *archive_);
  keeper.start();
  archive_->on_growth([&] { keeper.wake(); });
  {
    std::jthread writer([&] { History(*archive_, 11).happen(200); });
    std::vector<std::jthread> askers;
    for (int i = 0; i < 3; ++i) {
      askers.emplace_back([&] {
        for (int n = 0; n < 50; ++n) {
          must(keeper.catch_up());
          (void)received();
        }
      });
    }
  }
  archive_->on_growth({});
  must(keeper.catch_up());
  must(owners_->catch_up(*archive_));
  expect_as_recomputed();
}

/// Says that it has many entries, and takes its time to show them.
class SlowJournal final : public Journal {
 public:
  [[nodiscard]] Result<std::uint64_t> size() const override { return std::uint64_t{20'000}; }
  [[nodiscard]] Result<Digest> hash_of(std::uint64_t) const override { return Digest{}; }
  Result<void> read(std::uint64_t, std::uint64_t, const Visit&) const override {
    shown.wait();
    return Error{ErrorCode::unavailable, "later"};
  }
  void on_growth(std::function<void()>) override {}
  mutable std::latch shown{1};
};

TEST_F(KeeperTest, LetsNobodyWaitForAnIndexThatIsFarBehind) {
  SlowJournal journal;
  Keeper keeper(*statistics_, journal);
  keeper.start();
  EXPECT_TRUE(test::fails_with(keeper.catch_up(), ErrorCode::unavailable));
  journal.shown.count_down();
}

TEST_F(KeeperTest, MakesAnIndexAnewWhoseAnswersCannotBeRead) {
  History(*archive_, 12).happen(200);
  catch_up();
  damage_rows("c");
  open();
  EXPECT_TRUE(test::fails_with(statistics_->tallies({month("2025-01"), month("2026-12"), {}, {}, {}}, Breakdown::none),
                               ErrorCode::data_loss));
  Keeper keeper(*statistics_, *archive_);
  must(ask(keeper, [&] { return statistics_->tallies({month("2025-01"), month("2026-12")}, Breakdown::none); }));
  expect_as_recomputed();
}

TEST_F(KeeperTest, MakesAnIndexAnewThatCannotBeFollowed) {
  History history(*archive_, 13);
  history.happen(200);
  catch_up();
  damage_rows("d");
  open();
  history.happen(200);
  catch_up();
  expect_as_recomputed();
}

TEST_F(KeeperTest, MakesAnIndexAnewThatCannotBeOpened) {
  History(*archive_, 14).happen(200);
  catch_up();
  damage_files("MANIFEST");
  open();
  catch_up();
  expect_as_recomputed();
}

TEST_F(KeeperTest, MakesAnIndexAnewWhoseTablesAreDamaged) {
  History(*archive_, 15).happen(200);
  catch_up();
  open();  // writes a table
  damage_files(".sst");
  open();
  Keeper owners(*owners_, *archive_);
  Keeper statistics(*statistics_, *archive_);
  must(ask(owners, [&] { return owners_->papers({{"079201000001"}, {}, {}}); }));
  must(ask(statistics, [&] { return statistics_->tallies({month("2025-01"), month("2026-12")}, Breakdown::none); }));
  expect_as_recomputed();
}

}  // namespace
}  // namespace sohoa::indexer
