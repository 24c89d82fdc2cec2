// Following the journal. What of a dossier counts stands in one row; an entry changes it, and the difference between
// its tally before and after goes to (unit and all above it) x (month, quarter, year) x (all, procedure, officer): some
// forty counters, added up in memory and written with the rows of many entries.
#include "indexer/statistics.hpp"

#include <algorithm>

#include "indexer/statistics_rows.hpp"
#include "pipeline/catalogue/catalogue_json.hpp"

namespace sohoa::indexer {
namespace {

constexpr std::uint32_t version = 2;

/// Names a paper within its dossier.
std::string slot_of(const PaperPlace& place) {
  return place.result > 0 ? "KQ" + std::to_string(place.result) : place.component.value;
}

/// The clock hour in Vietnam, "2026-11-22T22".
std::string hour_of(WallTime time) {
  return iso8601(time).substr(0, 13);
}

std::string work_key(const std::string& officer, WallTime time) {
  return work_prefix(officer) + iso_month(month_of(date_of(time)));
}

bool is_settled(DossierStatus status) {
  return status == DossierStatus::done || status == DossierStatus::returned;
}

std::vector<std::optional<UnitCode>> parents_of(const Catalogue& catalogue) {
  std::vector<std::optional<UnitCode>> tree;
  for (const auto& unit : catalogue.units) {
    tree.emplace_back(unit.code);
    tree.push_back(unit.parent);
  }
  return tree;
}

}  // namespace

struct Statistics::Facts : DossierFacts {};

Statistics::Statistics(const std::filesystem::path& folder, std::unique_ptr<Database> database)
    : Follower(folder, std::move(database), version) {}

Result<std::unique_ptr<Statistics>> Statistics::open(const std::filesystem::path& folder, OpenMode mode) {
  SOHOA_TRY(auto database, open_database(folder, mode));
  std::unique_ptr<Statistics> statistics(new Statistics(folder, std::move(database)));
  const auto remembered = statistics->remember();
  if (!remembered && (mode == OpenMode::read_only || remembered.error().code != ErrorCode::data_loss)) {
    return remembered.error();
  }
  if (!remembered) SOHOA_DO(statistics->empty());
  return statistics;
}

Result<void> Statistics::remember() {
  chains_.clear();
  pending_.clear();
  SOHOA_TRY(const auto stored, stored_catalogue());
  catalogue_ = *stored;
  return {};
}

const std::vector<UnitCode>& Statistics::chain_of(const std::string& unit) {
  auto& chain = chains_[unit];
  if (chain.empty()) {
    chain = catalogue_.chain_of({unit});
    chain.push_back({});  // all units
  }
  return chain;
}

void Statistics::count(const Facts& facts, const Tally& difference) {
  if (facts.month.empty() || difference == Tally{}) return;
  for (const auto& unit : chain_of(facts.unit)) {
    for (const auto& period : periods_of(facts.month)) {
      const auto key = tally_prefix(unit.value, period);
      pending_[key] += difference;
      pending_[key + 'p' + facts.procedure] += difference;
      pending_[key + 'o' + facts.officer] += difference;
    }
  }
}

Result<void> Statistics::before_flush(IndexRows& rows) {
  // In the order of keys, so that a block of the database is read once.
  std::vector<const std::pair<const std::string, Tally>*> sorted;
  sorted.reserve(pending_.size());
  for (const auto& one : pending_) sorted.push_back(&one);
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
  for (const auto* one : sorted) {
    const auto& [key, difference] = *one;
    SOHOA_TRY(const auto known, rows.get_as<TallyRow>(key));
    TallyRow row = known.value_or(TallyRow{});
    row.tally += difference;
    row.tally == Tally{} ? rows.remove(key) : rows.put(key, packed(row));
  }
  pending_.clear();
  return {};
}

Result<void> Statistics::set_catalogue(const std::string& text, IndexRows& rows) {
  SOHOA_TRY(auto next, catalogue::from_json(text));
  const bool same_tree = parents_of(next) == parents_of(catalogue_);
  catalogue_ = std::move(next);
  chains_.clear();
  rows.put(catalogue_key, text);
  return same_tree ? Result<void>() : count_anew(rows);
}

/// In the same batch as everything else, so that no crash leaves half of it.
Result<void> Statistics::count_anew(IndexRows& rows) {
  pending_.clear();
  SOHOA_DO(rows.scan("c", [&](const std::string& key, const std::string&) -> Result<void> {
    rows.remove(key);
    return {};
  }));
  return rows.scan("d", [&](const std::string&, const std::string& value) -> Result<void> {
    SOHOA_TRY(const auto facts, unpacked<DossierFacts>(value));
    count({facts}, tally_of(facts));
    return {};
  });
}

Result<void> Statistics::receive(const Reception& reception, IndexRows& rows) {
  Facts facts;
  facts.unit = reception.unit.value;
  facts.procedure = reception.procedure.value;
  facts.officer = reception.officer.value;
  if (reception.received_at) facts.month = iso_month(month_of(date_of(*reception.received_at)));
  facts.returns_document = reception.returns_document;
  facts.population_data = reception.population_data;
  facts.settled = is_settled(reception.status);
  facts.components = static_cast<std::uint32_t>(reception.components.size());
  const auto key = dossier_key(facts.unit, facts.month, reception.code.value);
  rows.put("f" + reception.code.value, key);
  rows.put(key, packed<DossierFacts>(facts));
  count(facts, tally_of(facts));
  return {};
}

Result<void> Statistics::add_work(const std::string& officer, const Work& work, WallTime time, IndexRows& rows) const {
  SOHOA_TRY(const auto known, rows.get_as<WorkRow>(work_key(officer, time)));
  WorkRow row = known.value_or(WorkRow{});
  row.work += work;
  const auto hour = "h" + officer + '\0' + hour_of(time);
  if (work.papers > 0) {
    SOHOA_TRY(const auto counted, rows.get(hour));
    if (!counted) ++row.work.hours;
    if (!counted) rows.put(hour, "");
  }
  rows.put(work_key(officer, time), packed(row));
  return {};
}

Result<void> Statistics::change_dossier(const DossierChange& change, WallTime time, IndexRows& rows) {
  SOHOA_TRY(const auto key, rows.get("f" + dossier_of(change).value));
  if (!key) return {};  // a reuse for a dossier that is not ours
  SOHOA_TRY(const auto stored, rows.get_as<DossierFacts>(*key));
  if (!stored) return Error{ErrorCode::data_loss, "statistics: dossier " + dossier_of(change).value + " is missing"};
  Facts facts{*stored};
  const auto before = tally_of(facts);
  if (const auto* paper = sohoa::paper_of(change)) {
    const auto* component = std::get_if<ComponentDigitized>(&change.what);
    component ? ++facts.digitized : ++facts.results;
    facts.results_ever += component ? 0 : 1;
    const auto slot = component ? component->component.value : "KQ" + std::to_string(facts.results_ever);
    facts.set_filer(slot, change.by.id);
    SOHOA_DO(add_work(change.by.id, {1, paper->pages, paper->findings, 0}, time, rows));
  } else if (const auto* reused = std::get_if<PaperReused>(&change.what)) {
    ++facts.reused;
    facts.reused_from_portal += reused->source ? 0 : 1;
  } else if (const auto* cancelled = std::get_if<PaperCancelled>(&change.what)) {
    cancelled->place.result > 0 ? --facts.results : --facts.digitized;
    SOHOA_DO(add_work(facts.filer(slot_of(cancelled->place)), {0, 0, 1, 0}, time, rows));
  } else if (const auto* status = std::get_if<StatusChanged>(&change.what)) {
    facts.settled = is_settled(status->status);
  } else if (const auto* synced = std::get_if<DossierSynced>(&change.what)) {
    facts.synced = facts.synced || synced->results > 0;
  }
  rows.put(*key, packed<DossierFacts>(facts));
  auto difference = tally_of(facts);
  difference -= before;
  count(facts, difference);
  return {};
}

Result<void> Statistics::apply(const JournalEntry& entry, IndexRows& rows) {
  if (const auto* set = std::get_if<CatalogueSet>(&entry.what)) return set_catalogue(set->text, rows);
  const auto* change = std::get_if<DossierChange>(&entry.what);
  if (change == nullptr) return {};
  const auto* received = std::get_if<DossierReceived>(&change->what);
  return received ? receive(received->reception, rows) : change_dossier(*change, entry.time, rows);
}

}  // namespace sohoa::indexer
