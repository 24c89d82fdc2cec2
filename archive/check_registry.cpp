// The registry's rows say which journal entries make a dossier, a paper's code, a reuse from outside. Each entry must
// be named by its row, and each row must name entries that are of it and fit one after the other (apply()).
#include <algorithm>

#include "archive/check_steps.hpp"
#include "archive/journal.hpp"

namespace sohoa::checking {
namespace {

/// What row code is named by: the key without its letter; parts end in a zero byte.
std::string shown(std::string_view key) {
  std::string text(key.substr(1));
  std::replace(text.begin(), text.end(), '\0', '/');
  return text;
}

/// Whether the entry is of the dossier as it stands, and is part of it from now on.
bool fits(std::optional<Dossier>& dossier, const DossierCode& code, const JournalEntry& entry) {
  const auto number = entry.receipt.entry;
  if (const auto* record = std::get_if<DocumentRecord>(&entry.what)) {
    if (!dossier || record->document.dossier != code.value || record->document.revision) return false;
    attach(*dossier, record->document.id, number);
    return true;
  }
  const auto* change = std::get_if<DossierChange>(&entry.what);
  if (!change || dossier_of(*change) != code) return false;
  if (dossier) {
    const auto done = apply(*dossier, *change, number);
    return done && *done == number;
  }
  const auto* received = std::get_if<DossierReceived>(&change->what);
  if (received) dossier = dossier_from(*received, number);
  return received != nullptr;
}

}  // namespace

Result<std::optional<rows::DossierRow>> RegistryCheck::row_of(const DossierCode& code) const {
  SOHOA_TRY(const auto bytes, context_.database.get(rows::dossier_key(code)));
  if (!bytes) return std::optional<rows::DossierRow>();
  auto row = rows::dossier(*bytes);
  return row ? std::optional(std::move(*row)) : std::nullopt;  // an unreadable one is named by finish()
}

Result<void> RegistryCheck::visit(const JournalEntry& entry) {
  const auto number = entry.receipt.entry;
  if (const auto* change = std::get_if<DossierChange>(&entry.what)) return visit_change(*change, number);
  if (const auto* given = std::get_if<CodeGiven>(&entry.what)) {
    return expect_code(given->code, {number, given->document});
  }
  if (std::holds_alternative<CatalogueSet>(entry.what)) catalogue_ = number;
  const auto* record = std::get_if<DocumentRecord>(&entry.what);
  if (!record || record->document.dossier.empty() || record->document.revision) return {};
  const DossierCode code{record->document.dossier};
  SOHOA_TRY(const auto row, row_of(code));
  if (row && row->entries.front() < number) return expect_listed(code, number);
  return {};
}

Result<void> RegistryCheck::visit_change(const DossierChange& change, std::uint64_t number) {
  const auto& code = dossier_of(change);
  if (std::holds_alternative<DossierReceived>(change.what)) ++dossiers_;
  if (const auto* paper = paper_of(change)) SOHOA_DO(expect_paper(change, *paper, number));
  if (const auto* reuse = std::get_if<PaperReused>(&change.what)) {
    SOHOA_TRY(const auto row, row_of(code));
    if (!row || row->entries.front() > number) return expect_outside(*reuse, number);
  }
  return expect_listed(code, number);
}

Result<void> RegistryCheck::expect_listed(const DossierCode& code, std::uint64_t number) {
  SOHOA_TRY(const auto bytes, context_.database.get(rows::dossier_key(code)));
  if (!bytes) {
    context_.find("dossier", code.value, "is missing; " + entry_text(number) + " is of it");
    return {};
  }
  const auto row = rows::dossier(*bytes);
  if (!row || std::binary_search(row->entries.begin(), row->entries.end(), number)) return {};
  context_.find("dossier", code.value, "does not name " + entry_text(number) + ", which is of it");
  return {};
}

Result<void> RegistryCheck::expect_paper(const DossierChange& change, const FiledPaper& paper, std::uint64_t number) {
  // Which result it is follows from the dossier's history; which dossier it is of stands in the entry.
  SOHOA_TRY(const auto bytes, context_.database.get(rows::paper_key(paper.code.value)));
  const auto row = bytes ? rows::paper(*bytes) : Result<rows::PaperRow>(Error{});
  const auto* place = row ? std::get_if<PaperPlace>(&row->of) : nullptr;
  const bool is_its_own = place && place->dossier == dossier_of(change);
  return expect_code(paper.code, {number, is_its_own ? *place : PaperPlace{dossier_of(change), {}, 0}});
}

Result<void> RegistryCheck::expect_code(const PaperCode& code, const rows::PaperRow& row) {
  ++codes_;
  SOHOA_TRY(const auto bytes, context_.database.get(rows::paper_key(code.value)));
  if (bytes && *bytes == rows::encode(row)) return {};
  context_.find("paper code", code.value,
                (bytes ? "is not what was given by " : "is missing; it was given by ") + entry_text(row.entry));
  return {};
}

Result<void> RegistryCheck::expect_outside(const PaperReused& reuse, std::uint64_t number) {
  ++outside_;
  const auto key = rows::outside_reuse_key(reuse);
  SOHOA_TRY(const auto bytes, context_.database.get(key));
  if (bytes && *bytes == rows::encode_entry(number)) return {};
  context_.find("reuse", shown(key), (bytes ? "does not name " : "is missing; it stands in ") + entry_text(number));
  return {};
}

Result<void> RegistryCheck::expect_catalogue() {
  SOHOA_TRY(const auto bytes, context_.database.get(rows::catalogue_key));
  if (bytes.has_value() == catalogue_.has_value() && (!bytes || *bytes == rows::encode_entry(*catalogue_))) return {};
  context_.find("catalogue", "", catalogue_ ? "does not name " + entry_text(*catalogue_) : "names what was never set");
  return {};
}

Result<void> RegistryCheck::check_dossier(const DossierCode& code, std::string_view value, std::uint64_t size) {
  ++context_.report.dossiers;
  const auto row = rows::dossier(value);
  if (!row || rows::encode(*row) != value) {
    context_.find("dossier", code.value, row ? "is not in canonical form" : row.error().message);
    return {};
  }
  std::optional<Dossier> dossier;
  for (const auto number : row->entries) {
    SOHOA_TRY(const auto bytes, context_.database.get(rows::entry_key(number)));
    if (!bytes && number < size) return {};  // named by the journal's check
    const auto entry = bytes ? entry_of(*bytes) : Result<JournalEntry>(Error{});
    if (bytes && !entry) return {};
    if (entry && fits(dossier, code, *entry)) continue;
    context_.find("dossier", code.value,
                  "names " + entry_text(number) + ", which " + (bytes ? "is not the next of it" : "does not exist"));
    return {};
  }
  return {};
}

/// Of rows that no entry asked for, names those that say something else than their entry.
Result<void> RegistryCheck::name_strangers(std::string_view prefix, std::uint64_t expected, const char* what) {
  std::uint64_t count = 0;
  SOHOA_DO(context_.database.scan(prefix, [&](std::string_view, std::string_view) -> Result<void> {
    ++count;
    return {};
  }));
  if (count <= expected) return {};
  return context_.database.scan(prefix, [&](std::string_view key, std::string_view value) -> Result<void> {
    const auto paper = rows::paper(value);
    const auto number = paper ? Result<std::uint64_t>(paper->entry) : rows::entry(value);
    SOHOA_TRY(const auto bytes,
              number ? context_.database.get(rows::entry_key(*number)) : std::optional<std::string>());
    const auto entry = bytes ? entry_of(*bytes) : Result<JournalEntry>(Error{});
    const auto* change = entry ? std::get_if<DossierChange>(&entry->what) : nullptr;
    const auto* filed = change ? paper_of(*change) : nullptr;
    const auto* reuse = change ? std::get_if<PaperReused>(&change->what) : nullptr;
    const auto* given = entry ? std::get_if<CodeGiven>(&entry->what) : nullptr;
    const bool known = (filed && rows::paper_key(filed->code.value) == key) ||
                       (given && rows::paper_key(given->code.value) == key) ||
                       (reuse && rows::outside_reuse_key(*reuse) == key);
    if (!known) context_.find(what, shown(key), "stands in no journal entry");
    return {};
  });
}

Result<void> RegistryCheck::finish(std::uint64_t size, bool complete) {
  SOHOA_DO(context_.database.scan(rows::dossier_prefix, [&](std::string_view key, std::string_view value) {
    return check_dossier({std::string(key.substr(rows::dossier_prefix.size()))}, value, size);
  }));
  if (!complete) return {};  // a row may stand for the entry that cannot be read
  context_.recount.dossiers = dossiers_;
  SOHOA_DO(expect_catalogue());
  SOHOA_DO(name_strangers(rows::paper_prefix, codes_, "paper code"));
  return name_strangers(rows::outside_prefix, outside_, "reuse");
}

}  // namespace sohoa::checking
