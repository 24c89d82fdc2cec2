// Catalogue, dossiers and reuse. A dossier has one row, the numbers of its journal entries: what it is follows from
// them by apply(), so that there is nothing that could disagree with the journal but those numbers. A dossier has some
// five entries; reading it takes 50 us.
#include <algorithm>

#include "archive/journal.hpp"
#include "archive/rocks_archive.hpp"
#include "archive/rocks_archive_write.hpp"

namespace sohoa {
namespace {

constexpr std::string_view ordinal = "{n}";

PaperPlace place_of_paper(const DossierChange& change, const Dossier& dossier) {
  if (const auto* digitized = std::get_if<ComponentDigitized>(&change.what)) {
    return {digitized->dossier, digitized->component, 0};
  }
  return {dossier.reception.code, {}, static_cast<std::uint32_t>(dossier.results.size())};
}

void replace(std::string& text, std::string_view what, const std::string& with) {
  const auto at = text.find(what);
  if (at != std::string::npos) text.replace(at, what.size(), with);
}

Error invalid(const std::string& message) {
  return {ErrorCode::invalid_input, message};
}

/// A reception says nothing of what comes later.
Result<void> check_reception(const Reception& reception) {
  const auto place = "dossier " + reception.code.value;
  if (reception.code.value.empty()) return invalid("a dossier needs its code");
  for (auto one = reception.components.begin(); one != reception.components.end(); ++one) {
    if (one->code.value.empty()) return invalid(place + ": a component needs its code");
    const auto same = [&](const auto& other) { return other.code == one->code; };
    if (std::any_of(reception.components.begin(), one, same)) {
      return invalid(place + ": component " + one->code.value + " is there twice");
    }
    if (one->entry || one->state != ComponentState::not_digitized) {
      return invalid(place + ": component " + one->code.value + " is filled before the dossier is received");
    }
  }
  return {};
}

}  // namespace

Result<JournalEntry> RocksArchive::entry_at(std::uint64_t sequence) const {
  const auto place = "journal entry " + std::to_string(sequence);
  SOHOA_TRY(const auto bytes, database_->get(rows::entry_key(sequence)));
  if (!bytes) return Error{ErrorCode::data_loss, place + ": is missing"};
  auto entry = entry_of(*bytes);
  if (!entry) return entry.error().within(place);
  SOHOA_TRY(const auto leaf, node({0, sequence}));
  if (leaf != entry->receipt.entry_hash) return Error{ErrorCode::data_loss, place + ": is not the one it was"};
  return entry;
}

Result<EntryReceipt> RocksArchive::receipt_of(const Change& change, std::uint64_t sequence) const {
  const auto fresh = change.receipts.find(sequence);
  if (fresh != change.receipts.end()) return fresh->second;
  SOHOA_TRY(auto entry, entry_at(sequence));
  return std::move(entry.receipt);
}

Result<std::optional<Dossier>> RocksArchive::find_dossier(const DossierCode& code) const {
  SOHOA_TRY(const auto bytes, database_->get(rows::dossier_key(code)));
  if (!bytes) return std::optional<Dossier>();
  const auto place = "dossier " + code.value;
  const auto row = rows::dossier(*bytes);
  if (!row) return row.error().within(place);
  std::optional<Dossier> dossier;
  for (const auto number : row->entries) {
    auto entry = entry_at(number);
    if (!entry) return entry.error().within(place);
    const auto* change = std::get_if<DossierChange>(&entry->what);
    const auto* received = change ? std::get_if<DossierReceived>(&change->what) : nullptr;
    if (!dossier && received) {
      dossier = dossier_from(*received, number);
    } else if (dossier && change) {
      if (const auto done = apply(*dossier, *change, number); !done || *done != number) {
        return Error{ErrorCode::data_loss, place + ": journal entry " + std::to_string(number) + " does not fit"};
      }
    } else if (const auto* record = std::get_if<DocumentRecord>(&entry->what); dossier && record) {
      attach(*dossier, record->document.id, number);
    } else {
      return Error{ErrorCode::data_loss, place + ": journal entry " + std::to_string(number) + " is not of it"};
    }
  }
  return dossier;
}

Result<Dossier> RocksArchive::dossier(const DossierCode& code) const {
  SOHOA_TRY(auto dossier, find_dossier(code));
  if (!dossier) return Error{ErrorCode::not_found, "dossier " + code.value + ": there is none"};
  return std::move(*dossier);
}

Result<Dossier*> RocksArchive::dossier_in(Change& change, const DossierCode& code) const {
  const auto known = change.dossiers.find(code);
  if (known != change.dossiers.end()) return &known->second;
  SOHOA_TRY(auto found, find_dossier(code));
  if (!found) return static_cast<Dossier*>(nullptr);
  return &change.dossiers.emplace(code, std::move(*found)).first->second;
}

Result<EntryReceipt> RocksArchive::set_catalogue(const std::string& catalogue) {
  return write([&](Change& change) -> Result<EntryReceipt> {
    SOHOA_TRY(const auto row, database_->get(rows::catalogue_key));
    if (row) {
      SOHOA_TRY(const auto number, rows::entry(*row));
      SOHOA_TRY(auto current, entry_at(number));
      const auto* set = std::get_if<CatalogueSet>(&current.what);
      if (set && set->text == catalogue) return std::move(current.receipt);
    }
    const auto sequence = change.counters.journal_entries;
    const auto time = iso8601(now());
    SOHOA_TRY(const auto entry, catalogue_entry(sequence, time, catalogue));
    change.batch.put(std::string(rows::catalogue_key), rows::encode_entry(sequence));
    return add_entry(change, entry, time);
  });
}

Result<std::string> RocksArchive::catalogue() const {
  SOHOA_TRY(const auto row, database_->get(rows::catalogue_key));
  if (!row) return Error{ErrorCode::not_found, "catalogue: none was imported yet"};
  SOHOA_TRY(const auto number, rows::entry(*row));
  SOHOA_TRY(auto entry, entry_at(number));
  auto* set = std::get_if<CatalogueSet>(&entry.what);
  if (!set) return Error{ErrorCode::data_loss, "catalogue: journal entry " + std::to_string(number) + " is none"};
  return std::move(set->text);
}

Result<EntryReceipt> RocksArchive::receive(Change& change, ChangeEntry received) const {
  const auto sequence = change.counters.journal_entries;
  auto dossier = dossier_from(std::get<DossierReceived>(received.change().what), sequence);
  const auto time = iso8601(now());
  SOHOA_TRY(auto receipt, add_entry(change, std::move(received).text(sequence, time), time));
  const auto code = dossier.reception.code;
  change.dossiers.insert_or_assign(code, std::move(dossier));
  ++change.counters.dossiers;
  return receipt;
}

Result<EntryReceipt> RocksArchive::reuse_outside(Change& change, ChangeEntry reuse) const {
  const auto key = rows::outside_reuse_key(std::get<PaperReused>(reuse.change().what));
  const auto fresh = change.reuses.find(key);
  if (fresh != change.reuses.end()) return receipt_of(change, fresh->second);
  SOHOA_TRY(const auto row, database_->get(key));
  if (row) {
    SOHOA_TRY(const auto known, rows::entry(*row));
    return receipt_of(change, known);
  }
  SOHOA_DO(check_paper(change, reuse.change()));
  const auto sequence = change.counters.journal_entries;
  const auto time = iso8601(now());
  SOHOA_TRY(auto receipt, add_entry(change, std::move(reuse).text(sequence, time), time));
  change.batch.put(key, rows::encode_entry(sequence));
  change.reuses[key] = sequence;
  return receipt;
}

/// The document of a paper, or the source of a reuse, is there.
Result<void> RocksArchive::check_paper(Change& change, const DossierChange& wanted) const {
  if (const auto* paper = paper_of(wanted)) {
    const auto missing = Error{ErrorCode::not_found, "document " + paper->document.value + ": not in the archive"};
    if (!rows::is_id(paper->document.value)) return missing;
    SOHOA_TRY(const auto row, database_->get(rows::document_key(paper->document)));
    if (!row) return missing;
  }
  const auto* reused = std::get_if<PaperReused>(&wanted.what);
  if (!reused || !reused->source) return {};
  SOHOA_TRY(const auto* source, dossier_in(change, reused->source->dossier));
  if (source == nullptr || source->paper(*reused->source) == nullptr) {
    return Error{ErrorCode::not_found, "paper " + text_of(*reused->source) + ": there is none"};
  }
  if (reused->source->dossier == reused->dossier) return invalid("a dossier does not reuse its own papers");
  return {};
}

Result<EntryReceipt> RocksArchive::record_one(Change& change, const DossierChange& wanted) const {
  if (const auto* received = std::get_if<DossierReceived>(&wanted.what)) {
    SOHOA_DO(check_reception(received->reception));
  }
  SOHOA_TRY(auto entry, ChangeEntry::of(wanted));
  const auto& what = entry.change();
  const auto& code = dossier_of(what);
  SOHOA_TRY(auto* dossier, dossier_in(change, code));
  if (dossier == nullptr && std::holds_alternative<DossierReceived>(what.what)) {
    return receive(change, std::move(entry));
  }
  if (dossier == nullptr && std::holds_alternative<PaperReused>(what.what)) {
    return reuse_outside(change, std::move(entry));
  }
  if (dossier == nullptr) return Error{ErrorCode::not_found, "dossier " + code.value + ": there is none"};

  if (const auto* paper = paper_of(what)) {
    auto pattern = paper->code.value;
    replace(pattern, ordinal, std::to_string(dossier->results.size() + 1));
    SOHOA_TRY(const auto paper_code, next_code(change, pattern));
    entry.set_code(paper_code);
  }
  const auto sequence = change.counters.journal_entries;
  SOHOA_TRY(const auto stands, apply(*dossier, what, sequence));
  if (stands != sequence) return receipt_of(change, stands);
  SOHOA_DO(check_paper(change, what));
  if (const auto* paper = paper_of(what)) {
    SOHOA_DO(give(change, paper->code, {sequence, place_of_paper(what, *dossier)}));
  }
  const auto time = iso8601(now());
  return add_entry(change, std::move(entry).text(sequence, time), time);
}

Result<std::vector<EntryReceipt>> RocksArchive::record(std::span<const DossierChange> changes) {
  return write([&](Change& change) -> Result<std::vector<EntryReceipt>> {
    std::vector<EntryReceipt> receipts;
    receipts.reserve(changes.size());
    for (const auto& one : changes) {
      auto receipt = record_one(change, one);
      if (!receipt && changes.size() > 1) {
        return receipt.error().within("change " + std::to_string(receipts.size() + 1));
      }
      if (!receipt) return receipt.error();
      receipts.push_back(std::move(*receipt));
    }
    return receipts;
  });
}

Result<std::vector<OutsideReuse>> RocksArchive::outside_reuses(const DossierCode& dossier) const {
  std::vector<OutsideReuse> reuses;
  SOHOA_DO(
      database_->scan(rows::outside_reuses_key(dossier), [&](std::string_view, std::string_view value) -> Result<void> {
        SOHOA_TRY(const auto number, rows::entry(value));
        SOHOA_TRY(auto entry, entry_at(number));
        const auto* change = std::get_if<DossierChange>(&entry.what);
        const auto* reuse = change ? std::get_if<PaperReused>(&change->what) : nullptr;
        if (!reuse) return Error{ErrorCode::data_loss, "journal entry " + std::to_string(number) + ": is no reuse"};
        reuses.push_back({std::move(entry.receipt), *reuse});
        return {};
      }));
  return reuses;
}

Result<PaperPlace> RocksArchive::find_paper(const PaperCode& code) const {
  SOHOA_TRY(const auto bytes, database_->get(rows::paper_key(code.value)));
  if (!bytes) return Error{ErrorCode::not_found, "paper " + code.value + ": there is none"};
  auto row = rows::paper(*bytes);
  if (!row) return row.error().within("paper " + code.value);
  if (auto* place = std::get_if<PaperPlace>(&row->of)) return std::move(*place);
  return Error{ErrorCode::not_found, "paper " + code.value + ": is in no dossier"};
}

Result<std::uint64_t> RocksArchive::size() const {
  SOHOA_TRY(const auto now, status());
  return now.journal_entries;
}

Result<Digest> RocksArchive::hash_of(std::uint64_t entry) const {
  SOHOA_TRY(const auto row, database_->get(rows::node_key({0, entry})));
  if (!row) return Error{ErrorCode::not_found, "journal entry " + std::to_string(entry) + ": there is none"};
  return rows::node(*row);
}

Result<void> RocksArchive::read(std::uint64_t from, std::uint64_t to, const Visit& visit) const {
  constexpr std::size_t at_once = 1024;
  auto after = from > 0 ? rows::entry_key(from - 1) : std::string();
  for (auto next = from; next < to;) {
    SOHOA_TRY(const auto page,
              database_->rows_after(rows::entry_prefix, after, std::min<std::uint64_t>(at_once, to - next)));
    if (page.empty()) return Error{ErrorCode::data_loss, "journal entry " + std::to_string(next) + ": is missing"};
    for (const auto& [key, bytes] : page) {
      const auto place = "journal entry " + std::to_string(next);
      if (key != rows::entry_key(next)) return Error{ErrorCode::data_loss, place + ": is missing"};
      const auto entry = entry_of(bytes);
      if (!entry) return entry.error().within(place);
      SOHOA_DO(visit(*entry));
      ++next;
    }
    after = page.back().key;
  }
  return {};
}

void RocksArchive::on_growth(std::function<void()> grown) {
  grown_.with([&](auto& known) { known = std::move(grown); });
}

}  // namespace sohoa
