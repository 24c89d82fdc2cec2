#include "indexer/owner_store.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

namespace sohoa::indexer {
namespace {

constexpr std::uint32_t version = 2;

struct PaperRow {
  std::string dossier, component;
  std::uint32_t result = 0;
  std::string document, code, kind, owner, name, number_symbol, issuing_agency, abstract, scope;
  std::string issued, valid_until;  // ISO dates, "" where not known
  std::uint32_t pages = 0, findings = 0;
  std::vector<std::string> warnings;
  std::uint64_t entry = 0;
  Digest hash;
  std::string recorded_at;
  std::optional<std::uint64_t> cancelled;

  static constexpr auto fields = [](auto& self) {
    return std::tie(self.dossier, self.component, self.result, self.document, self.code, self.kind, self.owner,
                    self.name, self.number_symbol, self.issuing_agency, self.abstract, self.scope, self.issued,
                    self.valid_until, self.pages, self.findings, self.warnings, self.entry, self.hash, self.recorded_at,
                    self.cancelled);
  };
};

std::string iso(const std::optional<Date>& date) {
  return date ? iso_date(*date) : std::string();
}

PaperRow row_of(const HeldPaper& held) {
  const auto& details = held.paper.details;
  return {held.place.dossier.value,
          held.place.component.value,
          held.place.result,
          held.paper.document.value,
          held.paper.code.value,
          details.kind.value,
          details.owner.value,
          details.name,
          details.number_symbol,
          details.issuing_agency,
          details.abstract,
          details.scope,
          iso(details.issued),
          iso(details.valid_until),
          held.paper.pages,
          held.paper.findings,
          held.paper.warnings,
          held.receipt.entry,
          held.receipt.entry_hash,
          held.receipt.recorded_at,
          held.cancelled};
}

HeldPaper paper_of(const PaperRow& row) {
  HeldPaper held;
  held.place = {{row.dossier}, {row.component}, row.result};
  held.paper.document = {row.document};
  held.paper.code = {row.code};
  held.paper.details = {{row.kind},        {row.owner},         row.name,
                        row.number_symbol, row.issuing_agency,  row.abstract,
                        row.scope,         date_of(row.issued), date_of(row.valid_until)};
  held.paper.pages = row.pages;
  held.paper.findings = row.findings;
  held.paper.warnings = row.warnings;
  held.receipt = {row.entry, row.hash, row.recorded_at};
  held.cancelled = row.cancelled;
  return held;
}

/// Counts down from what no number reaches.
std::string falling(std::uint64_t number) {
  char text[32];
  std::snprintf(text, sizeof text, "%020llu", 18'000'000'000'000'000'000ULL - number);
  return text;
}

std::uint64_t number_of(const std::optional<Date>& date) {
  if (!date) return 0;
  return static_cast<std::uint64_t>(static_cast<int>(date->year())) * 10000 +
         static_cast<unsigned>(date->month()) * 100 + static_cast<unsigned>(date->day());
}

std::string kind_prefix(const OwnerId& owner, const KindCode& kind) {
  return "p" + owner.value + '\0' + kind.value + '\0';
}

std::string paper_key(const HeldPaper& held) {
  return kind_prefix(held.paper.details.owner, held.paper.details.kind) +
         falling(number_of(held.paper.details.issued)) + falling(held.receipt.entry);
}

std::string place_key(const PaperPlace& place) {
  return "k" + text_of(place);
}

}  // namespace

OwnerStore::OwnerStore(const std::filesystem::path& folder, std::unique_ptr<Database> database)
    : Follower(folder, std::move(database), version) {}

Result<std::unique_ptr<OwnerStore>> OwnerStore::open(const std::filesystem::path& folder, OpenMode mode) {
  SOHOA_TRY(auto database, open_database(folder, mode));
  return std::unique_ptr<OwnerStore>(new OwnerStore(folder, std::move(database)));
}

Result<void> OwnerStore::add(const HeldPaper& paper, IndexRows& rows) const {
  auto key = paper_key(paper);
  rows.put(place_key(paper.place), key);
  rows.put(std::move(key), packed(row_of(paper)));
  return {};
}

Result<void> OwnerStore::cancel(const PaperPlace& place, std::uint64_t entry, IndexRows& rows) const {
  SOHOA_TRY(const auto key, rows.get(place_key(place)));
  if (!key) return Error{ErrorCode::data_loss, "owner's store: paper " + text_of(place) + " is missing"};
  SOHOA_TRY(auto row, rows.get_as<PaperRow>(*key));
  if (!row) return Error{ErrorCode::data_loss, "owner's store: paper " + text_of(place) + " is missing"};
  row->cancelled = entry;
  rows.put(*key, packed(*row));
  return {};
}

/// Results are numbered within their dossier in the order of their entries; the cancelled ones count.
Result<std::uint32_t> OwnerStore::next_result(const DossierCode& dossier, IndexRows& rows) const {
  for (std::uint32_t number = 1;; ++number) {
    SOHOA_TRY(const auto taken, rows.get(place_key({dossier, {}, number})));
    if (!taken) return number;
  }
}

Result<void> OwnerStore::apply(const JournalEntry& entry, IndexRows& rows) {
  const auto* change = std::get_if<DossierChange>(&entry.what);
  if (change == nullptr) return {};
  if (const auto* received = std::get_if<DossierReceived>(&change->what)) {
    const auto& owner = received->reception.owner;
    for (const auto& id : owner.other_ids) {
      rows.put("a" + id.value + '\0' + owner.id.value, "");
      rows.put("a" + owner.id.value + '\0' + id.value, "");
    }
  } else if (const auto* digitized = std::get_if<ComponentDigitized>(&change->what)) {
    return add({{digitized->dossier, digitized->component, 0}, digitized->paper, entry.receipt, {}}, rows);
  } else if (const auto* issued = std::get_if<ResultIssued>(&change->what)) {
    SOHOA_TRY(const auto number, next_result(issued->dossier, rows));
    return add({{issued->dossier, {}, number}, issued->paper, entry.receipt, {}}, rows);
  } else if (const auto* cancelled = std::get_if<PaperCancelled>(&change->what)) {
    return cancel(cancelled->place, entry.receipt.entry, rows);
  }
  return {};
}

Result<std::vector<HeldPaper>> OwnerStore::papers(const HeldPapersQuery& query) const {
  SOHOA_TRY(const auto lock, reading());
  std::set<OwnerId> owners{query.owner};
  const auto aliases = "a" + query.owner.value + '\0';
  SOHOA_DO(database().scan(aliases, [&](std::string_view key, std::string_view) -> Result<void> {
    owners.insert({std::string(key.substr(aliases.size()))});
    return {};
  }));
  std::vector<HeldPaper> papers;
  for (const auto& owner : owners) {
    auto prefix = query.kind ? kind_prefix(owner, *query.kind) : "p" + owner.value + '\0';
    if (query.kind && query.issued) prefix += falling(number_of(query.issued));
    SOHOA_DO(database().scan(prefix, [&](std::string_view, std::string_view value) -> Result<void> {
      SOHOA_TRY(const auto row, unpacked<PaperRow>(value));
      auto held = paper_of(row);
      if (!query.issued || held.paper.details.issued == query.issued) papers.push_back(std::move(held));
      return {};
    }));
  }
  return papers;
}

}  // namespace sohoa::indexer
