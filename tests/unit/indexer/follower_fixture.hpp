#pragma once

// An archive, both indexes over it, and the slow recomputation that they must agree with.

#include <gtest/gtest.h>

#include "indexer/owner_store.hpp"
#include "indexer/statistics.hpp"
#include "tests/support/history.hpp"
#include "tests/unit/indexer/oracle.hpp"

namespace sohoa::indexer {

using test::History;
using test::must;

inline Month month(const char* iso) {
  return *month_of(std::string_view(iso));
}

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

}  // namespace sohoa::indexer
