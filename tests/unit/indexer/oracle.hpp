#pragma once

// The slow, obvious recomputation: reads the whole journal, keeps every dossier, and counts by looking at each.

#include <map>
#include <set>

#include "pipeline/catalogue/catalogue_json.hpp"
#include "pipeline/ports/owner_index.hpp"
#include "pipeline/ports/statistics_index.hpp"
#include "tests/unit/archive/samples.hpp"

namespace sohoa::test {

class Oracle {
 public:
  explicit Oracle(const Journal& journal) {
    must(journal.read(0, must(journal.size()), [&](const JournalEntry& entry) -> Result<void> {
      take(entry);
      return {};
    }));
  }

  [[nodiscard]] Tally tally(const StatisticsScope& scope) const {
    Tally sum;
    for (const auto& [code, dossier] : dossiers_) {
      if (is_in(dossier, scope)) sum += tally_of(dossier);
    }
    return sum;
  }

  [[nodiscard]] std::set<DossierCode> behind(const StatisticsScope& scope, const DossierFilter& filter) const {
    std::set<DossierCode> codes;
    for (const auto& [code, dossier] : dossiers_) {
      const auto tally = tally_of(dossier);
      if (is_in(dossier, scope) && tally[filter.has] > 0 && (!filter.has_not || tally[*filter.has_not] == 0)) {
        codes.insert(code);
      }
    }
    return codes;
  }

  [[nodiscard]] Formalities formalities(const StatisticsScope& scope) const {
    std::set<std::string> all, connected;
    for (const auto& [code, dossier] : dossiers_) {
      if (!is_in(dossier, scope)) continue;
      all.insert(dossier.reception.procedure.value);
      if (dossier.reception.population_data) connected.insert(dossier.reception.procedure.value);
    }
    return {all.size(), connected.size()};
  }

  [[nodiscard]] Work work(const std::string& officer) const {
    Work sum;
    std::set<std::string> hours;
    for (const auto& [by, time, work] : worked_) {
      if (by != officer) continue;
      sum += work;
      if (work.papers > 0) hours.insert(iso8601(time).substr(0, 13));
    }
    sum.hours = hours.size();
    return sum;
  }

  /// Places of the owner's papers of a kind, cancelled or not.
  [[nodiscard]] std::multiset<std::pair<PaperPlace, bool>> papers(const OwnerId& owner, const KindCode& kind) const {
    std::multiset<std::pair<PaperPlace, bool>> places;
    for (const auto& [place, paper, cancelled] : papers_) {
      if (paper.details.owner == owner && paper.details.kind == kind) places.insert({place, cancelled});
    }
    return places;
  }

  [[nodiscard]] const std::map<DossierCode, Dossier>& dossiers() const { return dossiers_; }
  [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }

 private:
  struct Filed {
    PaperPlace place;
    FiledPaper paper;
    bool cancelled = false;
  };
  struct Worked {
    std::string officer;
    WallTime time;
    Work work;
  };

  void take(const JournalEntry& entry) {
    if (const auto* set = std::get_if<CatalogueSet>(&entry.what)) catalogue_ = must(catalogue::from_json(set->text));
    const auto* change = std::get_if<DossierChange>(&entry.what);
    if (change == nullptr) return;
    const auto& code = dossier_of(*change);
    if (const auto* received = std::get_if<DossierReceived>(&change->what)) {
      dossiers_[code] = dossier_from(*received, entry.receipt.entry);
      return;
    }
    if (!dossiers_.contains(code)) return;  // a reuse from outside
    auto& dossier = dossiers_[code];
    EXPECT_EQ(must(apply(dossier, *change, entry.receipt.entry)), entry.receipt.entry);
    if (const auto* paper = paper_of(*change)) {
      const auto* component = std::get_if<ComponentDigitized>(&change->what);
      const auto ordinal = static_cast<std::uint32_t>(dossier.results.size());
      papers_.push_back(
          {component ? PaperPlace{code, component->component, 0} : PaperPlace{code, {}, ordinal}, *paper});
      filers_[papers_.back().place] = change->by.id;
      worked_.push_back({change->by.id, entry.time, {1, paper->pages, paper->findings, 0}});
    }
    if (const auto* cancelled = std::get_if<PaperCancelled>(&change->what)) {
      for (auto& filed : papers_) filed.cancelled = filed.cancelled || filed.place == cancelled->place;
      worked_.push_back({filers_[cancelled->place], entry.time, {0, 0, 1, 0}});
    }
  }

  bool is_in(const Dossier& dossier, const StatisticsScope& scope) const {
    const auto& reception = dossier.reception;
    if (!reception.received_at) return false;
    const auto month = month_of(date_of(*reception.received_at));
    if (month < scope.from || month > scope.to) return false;
    if (!scope.procedure.value.empty() && reception.procedure != scope.procedure) return false;
    if (!scope.officer.value.empty() && reception.officer != scope.officer) return false;
    if (scope.unit.value.empty()) return true;
    const auto chain = catalogue_.chain_of(reception.unit);
    return std::find(chain.begin(), chain.end(), scope.unit) != chain.end();
  }

  static Tally tally_of(const Dossier& dossier) {
    const auto& reception = dossier.reception;
    const auto count = [&](auto&& holds) {
      return static_cast<std::uint64_t>(std::count_if(reception.components.begin(), reception.components.end(), holds));
    };
    const auto not_digitized = count([](const auto& one) { return one.state == ComponentState::not_digitized; });
    const auto digitized = count([](const auto& one) { return one.state == ComponentState::digitized; });
    const auto reused = reception.components.size() - not_digitized - digitized;
    const auto from_portal = count([](const auto& one) { return !one.portal_code.empty(); });
    const bool result =
        std::any_of(dossier.results.begin(), dossier.results.end(), [](const auto& one) { return !one.cancelled; });
    const bool settled = reception.status == DossierStatus::done || reception.status == DossierStatus::returned;
    const bool returns = reception.returns_document;
    return {{1, returns, returns && result, digitized + reused > 0 && (!returns || result), reused > 0,
             from_portal > 0 || (dossier.synced && result), reception.population_data, settled,
             settled && returns && !result, not_digitized, digitized, reused, from_portal}};
  }

  std::map<DossierCode, Dossier> dossiers_;
  std::vector<Filed> papers_;
  std::map<PaperPlace, std::string> filers_;
  std::vector<Worked> worked_;
  Catalogue catalogue_;
};

}  // namespace sohoa::test
