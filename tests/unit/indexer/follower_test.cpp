// Random histories, with followers that stop, are opened anew, lose their last writes, or are thrown away: after each
// stretch every number is that of the slow recomputation (oracle.hpp).
#include "indexer/compare.hpp"
#include "tests/unit/indexer/follower_fixture.hpp"

namespace sohoa::indexer {
namespace {

TEST_F(FollowerTest, CountsWhatASlowRecomputationCounts) {
  History history(*archive_, 1);
  for (int stretch = 0; stretch < 3; ++stretch) {
    history.happen(300);
    if (stretch % 2 == 1) open();
    catch_up();
    expect_as_recomputed();
    if (HasFailure()) return;
  }
  EXPECT_GT(history.recorded(), 300) << "too little happened";
}

TEST_F(FollowerTest, GoesOnFromWhereverItStood) {
  History history(*archive_, 2);
  history.happen(200);
  std::mt19937 random(3);
  for (std::uint64_t at = 0; at < must(archive_->size());) {
    at = std::min(must(archive_->size()), at + 1 + random() % 40);
    must(statistics_->follow(*archive_, at));
    must(owners_->follow(*archive_, at));
    if (random() % 2 == 0) open();
  }
  expect_as_recomputed();
}

TEST_F(FollowerTest, LosesNothingWhenItsFilesAreThoseOfAnEarlierMoment) {
  History history(*archive_, 4);
  history.happen(150);
  catch_up();
  owners_.reset();
  statistics_.reset();
  std::filesystem::copy(folder_ / "statistics", folder_ / "earlier", std::filesystem::copy_options::recursive);
  open();
  history.happen(150);
  catch_up();
  statistics_.reset();
  std::filesystem::remove_all(folder_ / "statistics");
  std::filesystem::rename(folder_ / "earlier", folder_ / "statistics");
  open();
  catch_up();
  expect_as_recomputed();
}

TEST_F(FollowerTest, CountsAnewWhenTheTreeOfUnitsChanges) {
  History history(*archive_, 5);
  history.happen(200);
  catch_up();
  auto moved = test::small_catalogue();
  for (auto& unit : moved.units) {
    if (unit.code.value == "H12.2.1") unit.parent = UnitCode{"H12.1"};
  }
  must(archive_->set_catalogue(catalogue::to_json(moved)));
  history.happen(50);
  catch_up();
  expect_as_recomputed();
  const auto fresh = must(Statistics::open(folder_ / "fresh", OpenMode::read_write));
  must(fresh->catch_up(*archive_));
  for (const auto& one : must(compare(*statistics_, *fresh, 10))) ADD_FAILURE() << one.row << " " << one.reason;
}

TEST_F(FollowerTest, ACancelledPaperIsAnErrorOfWhoFiledItLast) {
  const auto reception = test::reception(1);
  const auto document = must(test::try_document(archive_->objects(), "scan"));
  must(archive_->append(document, {}));
  const Actor own = test::officer(), other{Actor::Kind::officer, "binh"};
  ASSERT_EQ(own.id, reception.officer.value);
  const ComponentDigitized filed{reception.code, {"TP1"}, test::paper(document.id, "GKS")};
  const PaperCancelled cancelled{{reception.code, {"TP1"}, 0}, "lost"};
  must(archive_->record({{{own, DossierReceived{reception}}}}));
  for (const auto& by : {other, own}) {
    must(archive_->record({{{by, filed}}}));
    must(archive_->record({{{own, cancelled}}}));
  }
  catch_up();
  const auto errors = [&](const std::string& officer) {
    std::uint64_t sum = 0;
    for (const auto& line : must(statistics_->work({month("2020-01"), month("2099-12"), {}, {}, {officer}})))
      sum += line.work.errors;
    return sum;
  };
  EXPECT_EQ(errors("binh"), 1U);
  EXPECT_EQ(errors(own.id), 1U);
  expect_as_recomputed();
}

TEST_F(FollowerTest, StartsOverWithAnotherJournal) {
  History(*archive_, 6).happen(100);
  catch_up();
  archive_ = must(RocksArchive::open(folder_ / "other", OpenMode::read_write, {&files_}));
  must(archive_->set_catalogue(catalogue::to_json(test::small_catalogue())));
  History(*archive_, 7).happen(150);
  catch_up();
  expect_as_recomputed();
}

TEST_F(FollowerTest, StartsOverWhereTheJournalIsShorter) {
  History(*archive_, 6).happen(100);
  catch_up();
  archive_ = must(RocksArchive::open(folder_ / "other", OpenMode::read_write, {&files_}));
  catch_up();
  EXPECT_EQ(must(statistics_->position()).entries, 0U);
  EXPECT_EQ(must(statistics_->tallies({month("2020-01"), month("2099-12")}, Breakdown::none)).at(0).tally, Tally{});
}

TEST_F(FollowerTest, ComparisonNamesADamagedRow) {
  History(*archive_, 8).happen(100);
  catch_up();
  const auto fresh = must(Statistics::open(folder_ / "fresh", OpenMode::read_write));
  must(fresh->catch_up(*archive_));
  EXPECT_TRUE(must(compare(*statistics_, *fresh, 10)).empty());
  statistics_.reset();
  {
    const auto database = must(Database::open(folder_ / "statistics", OpenMode::read_write));
    const auto row = must(database->rows_after("c", "", 1)).at(0);
    Batch batch;
    batch.put(row.key, "damaged");
    batch.put("zzz", "one too many");
    must(database->commit(batch));
  }
  open();
  const auto found = must(compare(*statistics_, *fresh, 10));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].reason, "holds something else than the journal says");
  EXPECT_EQ(found[1].row, "zzz");
  EXPECT_EQ(found[1].reason, "is one too many");
}

TEST_F(FollowerTest, FindsAnOwnerByEveryIdentifier) {
  auto reception = test::reception(1);
  reception.owner.other_ids = {{"123456789"}};
  const auto document = must(test::try_document(archive_->objects(), "scan"));
  must(archive_->append(document, {}));
  must(archive_->record(
      {{{test::officer(), DossierReceived{reception}},
        {test::officer(), ComponentDigitized{reception.code, {"TP1"}, test::paper(document.id, "GKS")}}}}));
  catch_up();
  for (const auto* id : {"079201000001", "123456789"}) {
    const auto papers = must(owners_->papers({{id}, {}, {}}));
    ASSERT_EQ(papers.size(), 1U) << id;
    EXPECT_EQ(papers[0].place, (PaperPlace{reception.code, {"TP1"}, 0}));
    EXPECT_EQ(papers[0].paper.code.value, "079201000001.GKS.15.01");
  }
  EXPECT_EQ(must(owners_->papers({{"079201000001"}, KindCode{"GKS"}, date_of(std::string_view("2025-10-01"))})).size(),
            1U);
  EXPECT_TRUE(
      must(owners_->papers({{"079201000001"}, KindCode{"GKS"}, date_of(std::string_view("2025-10-02"))})).empty());
  EXPECT_TRUE(must(owners_->papers({{"079201000001"}, KindCode{"GK"}, {}})).empty());
  EXPECT_TRUE(must(owners_->papers({{"07920100000"}, {}, {}})).empty());
}

TEST_F(FollowerTest, RefusesQuestionsThatMakeNoSense) {
  catch_up();
  const StatisticsScope backwards{month("2025-02"), month("2025-01")};
  EXPECT_TRUE(test::fails_with(statistics_->tallies(backwards, Breakdown::none), ErrorCode::invalid_input));
  const StatisticsScope both{month("2025-01"), month("2025-02"), {}, {"1.001776"}, {"an"}};
  EXPECT_TRUE(test::fails_with(statistics_->tallies(both, Breakdown::none), ErrorCode::invalid_input));
  const StatisticsScope good{month("2025-01"), month("2025-02")};
  EXPECT_TRUE(test::fails_with(statistics_->dossiers(good, {}, "dnonsense", 10), ErrorCode::invalid_input));
}

}  // namespace
}  // namespace sohoa::indexer
