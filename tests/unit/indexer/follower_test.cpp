// Random histories, with followers that stop, are opened anew, lose their last writes, or are thrown away: after each
// stretch every number is that of the slow recomputation (oracle.hpp).
#include <gtest/gtest.h>

#include <random>

#include "archive/rocks_archive.hpp"
#include "indexer/compare.hpp"
#include "indexer/owner_store.hpp"
#include "indexer/statistics.hpp"
#include "tests/support/small_office.hpp"
#include "tests/unit/indexer/oracle.hpp"

namespace sohoa::indexer {
namespace {

using test::must;

Month month(const char* iso) {
  return *month_of(std::string_view(iso));
}

/// Makes up what happens at a few counters; what does not fit is refused by the registry, which is fine.
class History {
 public:
  History(RocksArchive& archive, unsigned seed) : archive_(archive), random_(seed) {
    for (int i = 0; i < 5; ++i) {
      const auto document =
          must(test::try_document(archive_.objects(), "scan" + std::to_string(i) + "-" + std::to_string(seed)));
      documents_.push_back(must(archive_.append(document, {})).document);
    }
  }

  void happen(int times) {
    for (int i = 0; i < times; ++i) {
      const DossierChange change{test::officer(pick({"an", "binh"})), what()};
      recorded_ += archive_.record({{change}}) ? 1 : 0;
    }
  }
  [[nodiscard]] int recorded() const { return recorded_; }

 private:
  int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random_); }
  std::string pick(const std::vector<std::string>& all) {
    return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
  }
  DossierCode some_dossier() { return {test::dossier_code(below(std::max(1, dossiers_)))}; }
  PaperPlace some_place() {
    return below(3) == 0 ? PaperPlace{some_dossier(), {}, 1U + static_cast<unsigned>(below(2))}
                         : PaperPlace{some_dossier(), {pick({"TP1", "TP2"})}, 0};
  }
  FiledPaper some_paper(const std::string& kind) {
    auto paper =
        test::paper(documents_[static_cast<std::size_t>(below(5))], kind, "07920100000" + std::to_string(below(4)));
    paper.pages = static_cast<std::uint32_t>(1 + below(9));
    paper.findings = static_cast<std::uint32_t>(below(3));
    if (below(4) == 0) paper.details.issued.reset();
    return paper;
  }
  Reception some_reception() {
    auto reception = test::reception(dossiers_++);
    reception.unit = {pick({"H12", "H12.1", "H12.2", "H12.2.1"})};
    reception.officer = {pick({"an", "binh"})};
    reception.procedure = {pick({"1.001776", "2.000815"})};
    reception.returns_document = reception.procedure.value == "1.001776";
    reception.population_data = below(3) == 0;
    reception.received_at = test::on("2025-01-15") + std::chrono::days(below(600));
    if (below(8) == 0) reception.received_at.reset();
    return reception;
  }
  decltype(DossierChange::what) what() {
    switch (below(12)) {
      case 0:
      case 1:
      case 2: return DossierReceived{some_reception()};
      case 3:
      case 4:
      case 5: return ComponentDigitized{some_dossier(), {pick({"TP1", "TP2"})}, some_paper(pick({"GKS", "XNHN"}))};
      case 6: {
        const auto dossier = some_dossier();
        auto paper = some_paper("XNHN");
        paper.code = {dossier.value + "-KQ{n}"};
        return ResultIssued{dossier, {"KQ.G07.000122"}, paper};
      }
      case 7:
      case 8: return PaperReused{some_dossier(), {pick({"TP1", "TP2"})}, some_place(), "", "thử"};
      case 9:
        return below(2) == 0 ? decltype(DossierChange::what)(
                                   PaperReused{some_dossier(), {pick({"TP1", "TP2"})}, {}, "KHO-1", "thử"})
                             : PaperReused{{"OUT-" + std::to_string(below(5))}, {"x"}, some_place(), "", "thử"};
      case 10: return PaperCancelled{some_place(), "nhầm"};
      default:
        return below(3) == 0
                   ? decltype(DossierChange::what)(DossierSynced{some_dossier(), static_cast<unsigned>(below(2))})
                   : StatusChanged{some_dossier(), below(2) == 0 ? DossierStatus::done : DossierStatus::in_process};
    }
  }

  RocksArchive& archive_;
  std::mt19937 random_;
  std::vector<DocumentId> documents_;
  int dossiers_ = 0;
  int recorded_ = 0;
};

class FollowerTest : public ::testing::Test {
 protected:
  FollowerTest() : archive_(must(RocksArchive::open(folder_ / "data", OpenMode::read_write, {&files_}))) {
    must(archive_->set_catalogue(catalogue::to_json(test::small_catalogue())));
    open();
  }
  void open() {
    owners_.reset();
    statistics_.reset();
    owners_ = must(OwnerStore::open(folder_ / "owners", OpenMode::read_write));
    statistics_ = must(Statistics::open(folder_ / "statistics", OpenMode::read_write));
  }
  void catch_up() {
    must(owners_->catch_up(*archive_));
    must(statistics_->catch_up(*archive_));
  }

  void expect_as_recomputed() {
    const test::Oracle oracle(*archive_);
    const std::vector<std::pair<const char*, const char*>> ranges{{"2024-12", "2027-01"},
                                                                  {"2025-01", "2025-12"},
                                                                  {"2025-03", "2026-02"},
                                                                  {"2025-04", "2025-06"},
                                                                  {"2026-05", "2026-05"}};
    std::vector<UnitCode> units{{""}};
    for (const auto& unit : oracle.catalogue().units) units.push_back(unit.code);
    for (const auto& [from, to] : ranges) {
      for (const auto& unit : units) {
        for (const auto* procedure : {"", "1.001776"}) {
          for (const auto* officer : {"", "an"}) {
            if (*procedure && *officer) continue;
            expect_scope({month(from), month(to), unit, {procedure}, {officer}}, oracle);
          }
        }
      }
    }
    expect_papers(oracle);
    for (const auto* officer : {"an", "binh"}) {
      Work worked;
      for (const auto& line : must(statistics_->work({month("2020-01"), month("2099-12"), {}, {}, {officer}})))
        worked += line.work;
      EXPECT_EQ(worked, oracle.work(officer)) << officer;
    }
  }

  void expect_scope(const StatisticsScope& scope, const test::Oracle& oracle) {
    SCOPED_TRACE(iso_month(scope.from) + " " + iso_month(scope.to) + " " + scope.unit.value + " " +
                 scope.procedure.value + scope.officer.value);
    const auto sum = must(statistics_->tallies(scope, Breakdown::none)).at(0).tally;
    EXPECT_EQ(sum, oracle.tally(scope));
    for (const auto by : {Breakdown::month, Breakdown::quarter, Breakdown::year}) {
      Tally all;
      for (const auto& line : must(statistics_->tallies(scope, by))) all += line.tally;
      EXPECT_EQ(all, sum);
    }
    for (const auto& filter :
         {DossierFilter{Metric::received, {}}, DossierFilter{Metric::with_reuse, {}},
          DossierFilter{Metric::received, Metric::fully_digitized}, DossierFilter{Metric::components_not_digitized, {}},
          DossierFilter{Metric::returns_document, Metric::with_result}}) {
      EXPECT_EQ(listed(scope, filter, 7), oracle.behind(scope, filter)) << name_of(filter.has);
    }
    if (scope.procedure.value.empty() && scope.officer.value.empty()) {
      const auto counted = must(statistics_->formalities(scope));
      const auto expected = oracle.formalities(scope);
      EXPECT_EQ(counted.with_dossiers, expected.with_dossiers);
      EXPECT_EQ(counted.with_population_data, expected.with_population_data);
    }
  }

  std::set<DossierCode> listed(const StatisticsScope& scope, const DossierFilter& filter, std::size_t limit) {
    std::set<DossierCode> all;
    std::string after;
    do {
      const auto page = must(statistics_->dossiers(scope, filter, after, limit));
      EXPECT_LE(page.dossiers.size(), limit);
      for (const auto& code : page.dossiers) EXPECT_TRUE(all.insert(code).second) << code.value << " is listed twice";
      after = page.next;
    } while (!after.empty());
    return all;
  }

  void expect_papers(const test::Oracle& oracle) {
    for (int owner = 0; owner < 4; ++owner) {
      const OwnerId id{"07920100000" + std::to_string(owner)};
      for (const auto* kind : {"GKS", "XNHN"}) {
        std::multiset<std::pair<PaperPlace, bool>> found;
        std::optional<Date> last;
        for (const auto& held : must(owners_->papers({id, KindCode{kind}, {}}))) {
          found.insert({held.place, held.cancelled.has_value()});
          EXPECT_EQ(held.receipt.entry_hash, must(archive_->hash_of(held.receipt.entry)));
          EXPECT_TRUE(!last || !held.paper.details.issued || *held.paper.details.issued <= *last);
          last = held.paper.details.issued;
        }
        EXPECT_EQ(found, oracle.papers(id, {kind}));
      }
    }
  }

  test::TemporaryFolder folder_{"follower"};
  test::HastyFiles files_;
  std::unique_ptr<RocksArchive> archive_;
  std::unique_ptr<OwnerStore> owners_;
  std::unique_ptr<Statistics> statistics_;
};

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
