// Codes and issued files. All codes, of filed papers and of documents by themselves, have one row each, so that none is
// given twice. Numbers are given in turn, so that a pattern's next one is found by doubling and halving: 40 look-ups
// where a million are given, which is nothing beside the batch's fsync (4 ms).
#include "archive/issuance_json.hpp"
#include "archive/journal.hpp"
#include "archive/rocks_archive.hpp"
#include "archive/rocks_archive_write.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa {
namespace {

constexpr std::string_view counted = "{NN}";

std::string two_digits(std::uint32_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string place_of(const rows::IssuanceKey& key) {
  return "issued file " + std::to_string(key.number) + " of document " + key.document.value;
}

Error not_in_archive(const DocumentId& id) {
  return {ErrorCode::not_found, "document " + id.value + ": not in the archive"};
}

/// Of the entry made of what a caller gave.
Error unspeakable(const Error& error) {
  return {ErrorCode::invalid_input, "journal entry: " + error.message};
}

/// What a completion leaves as it was, as text.
std::string unchanging(Issuance issuance) {
  issuance.pdf = {};
  issuance.level = {};
  issuance.timestamp_pending = false;
  for (auto& signature : issuance.signatures) signature.timestamped = false;
  return to_text(issuance_value(issuance));
}

bool is_same_again(const Issuance& known, const Issuance& wanted) {
  return known.kind == wanted.kind && known.form == wanted.form && known.version == wanted.version;
}

/// Whether `completed` is what `known` can become. Errors: invalid_input.
Result<void> check_completion(const Issuance& known, const Issuance& completed) {
  const auto place = place_of({known.document, known.number});
  if (unchanging(known) != unchanging(completed)) {
    return Error{ErrorCode::invalid_input, place + ": is changed in more than its time stamps"};
  }
  if (known.timestamp_pending && completed.timestamp_pending && known.pdf.digest != completed.pdf.digest) {
    return Error{ErrorCode::invalid_input, place + ": is another file, and not completed"};
  }
  return {};
}

}  // namespace

Result<bool> RocksArchive::is_given(const Change& change, const PaperCode& code) const {
  if (change.codes.contains(code.value)) return true;
  SOHOA_TRY(const auto row, database_->get(rows::paper_key(code.value)));
  return row.has_value();
}

Result<PaperCode> RocksArchive::next_code(const Change& change, const std::string& pattern) const {
  const auto at = pattern.find(counted);
  if (at == std::string::npos) return PaperCode{pattern};
  const auto numbered = [&](std::uint32_t number) {
    return PaperCode{pattern.substr(0, at) + two_digits(number) + pattern.substr(at + counted.size())};
  };
  std::uint32_t given = 0;  // 0 stands for none
  std::uint32_t free = 1;
  for (;; free *= 2) {
    SOHOA_TRY(const bool is_taken, is_given(change, numbered(free)));
    if (!is_taken) break;
    given = free;
  }
  while (free - given > 1) {
    const auto middle = given + (free - given) / 2;
    SOHOA_TRY(const bool is_taken, is_given(change, numbered(middle)));
    (is_taken ? given : free) = middle;
  }
  return numbered(free);
}

Result<void> RocksArchive::give(Change& change, const PaperCode& code, const rows::PaperRow& row) const {
  SOHOA_TRY(const bool is_taken, is_given(change, code));
  if (is_taken) return Error{ErrorCode::already_exists, "paper code " + code.value + ": is another paper's"};
  change.codes.insert(code.value);
  change.batch.put(rows::paper_key(code.value), rows::encode(row));
  return {};
}

Result<std::optional<PaperCode>> RocksArchive::own_code(const DocumentId& document) const {
  SOHOA_TRY(const auto row, database_->get(rows::own_code_key(document)));
  if (!row) return std::optional<PaperCode>();
  const auto place = "code of document " + document.value;
  const auto number = rows::entry(*row);
  if (!number) return number.error().within(place);
  auto entry = entry_at(*number);
  if (!entry) return entry.error().within(place);
  auto* given = std::get_if<CodeGiven>(&entry->what);
  if (given && given->document == document) return std::optional(std::move(given->code));
  return Error{ErrorCode::data_loss, place + ": journal entry " + std::to_string(*number) + " does not give it"};
}

Result<PaperCode> RocksArchive::give_code(const DocumentId& document, const std::string& pattern, const Actor& by) {
  if (pattern.empty()) return Error{ErrorCode::invalid_input, "a code needs its pattern"};
  return write([&](Change& change) -> Result<PaperCode> {
    SOHOA_TRY(const auto row, find_row(document));
    if (!row) return not_in_archive(document);
    SOHOA_TRY(auto known, own_code(document));
    if (known) return std::move(*known);
    SOHOA_TRY(auto code, next_code(change, text::nfc(pattern)));
    const auto sequence = change.counters.journal_entries;
    SOHOA_DO(give(change, code, {sequence, document}));
    change.batch.put(rows::own_code_key(document), rows::encode_entry(sequence));
    const auto time = iso8601(now());
    const auto entry = code_entry(sequence, time, {document, code, by});
    if (const auto again = entry_of(entry); !again) return unspeakable(again.error());
    SOHOA_DO(add_entry(change, entry, time));
    return code;
  });
}

Result<IssuanceRecord> RocksArchive::issuance_at(const rows::IssuanceKey& key, std::string_view bytes) const {
  const auto row = rows::issuance(bytes);
  if (!row) return row.error().within(place_of(key));
  auto entry = entry_at(row->entry);
  if (!entry) return entry.error().within(place_of(key));
  auto* issuance = std::get_if<Issuance>(&entry->what);
  if (issuance && issuance->document == key.document && issuance->number == key.number &&
      entry->receipt.entry_hash == row->entry_hash) {
    return IssuanceRecord{std::move(*issuance), std::move(entry->receipt)};
  }
  return Error{ErrorCode::data_loss, place_of(key) + ": journal entry " + std::to_string(row->entry) + " is not of it"};
}

Result<std::vector<IssuanceRecord>> RocksArchive::issuances_of(const DocumentId& document) const {
  std::vector<IssuanceRecord> all;
  const auto visit = [&](std::string_view key, std::string_view value) -> Result<void> {
    const rows::IssuanceKey expected{document, static_cast<std::uint32_t>(all.size() + 1)};
    if (key != rows::issuance_key(expected)) {
      return Error{ErrorCode::data_loss, place_of(expected) + ": is missing"};
    }
    SOHOA_TRY(auto record, issuance_at(expected, value));
    all.push_back(std::move(record));
    return {};
  };
  SOHOA_DO(database_->scan(rows::issuances_of_key(document), visit));
  return all;
}

Result<std::vector<IssuanceRecord>> RocksArchive::issuances(const DocumentId& document) const {
  SOHOA_TRY(const auto row, find_row(document));
  if (!row) return not_in_archive(document);
  return issuances_of(document);
}

Result<std::vector<IssuanceRecord>> RocksArchive::pending_timestamps(std::size_t limit) const {
  std::vector<IssuanceRecord> pending;
  SOHOA_TRY(const auto untimed, database_->rows_after(rows::untimed_prefix, "", limit));
  for (const auto& [untimed_row, ignored] : untimed) {
    const auto key = rows::untimed_of(untimed_row);
    if (!key) return Error{ErrorCode::data_loss, "a pending timestamp's key is malformed"};
    SOHOA_TRY(const auto row, database_->get(rows::issuance_key(*key)));
    if (!row) return Error{ErrorCode::data_loss, place_of(*key) + ": is missing"};
    SOHOA_TRY(auto record, issuance_at(*key, *row));
    if (record.issuance.timestamp_pending) pending.push_back(std::move(record));  // else: completed since
  }
  return pending;
}

Result<IssuanceRecord> RocksArchive::add_issuance(Change& change, const Issuance& issuance) const {
  SOHOA_DO(check_stored(issuance.pdf, "issued file"));
  const auto sequence = change.counters.journal_entries;
  const auto bytes = issuance_entry(sequence, iso8601(now()), issuance);
  auto entry = entry_of(bytes);  // what is handed back is what was written, in NFC
  if (!entry) return unspeakable(entry.error());
  SOHOA_TRY(auto receipt, add_entry(change, bytes, entry->receipt.recorded_at));
  const rows::IssuanceKey key{issuance.document, issuance.number};
  change.batch.put(rows::issuance_key(key), rows::encode(rows::IssuanceRow{sequence, receipt.entry_hash}));
  if (issuance.timestamp_pending) change.batch.put(rows::untimed_key(key), rows::encode_entry(sequence));
  if (!issuance.timestamp_pending) change.batch.remove(rows::untimed_key(key));
  return IssuanceRecord{std::get<Issuance>(std::move(entry->what)), std::move(receipt)};
}

Result<IssuanceRecord> RocksArchive::record_issuance(const Issuance& issuance) {
  return write([&](Change& change) -> Result<IssuanceRecord> {
    SOHOA_TRY(const auto row, find_row(issuance.document));
    if (!row) return not_in_archive(issuance.document);
    if (issuance.version == 0 || issuance.version > row->versions.size()) {
      return Error{ErrorCode::not_found, "document " + issuance.document.value + " version " +
                                             std::to_string(issuance.version) + ": not in the archive"};
    }
    SOHOA_TRY(auto known, issuances_of(issuance.document));
    if (issuance.number > known.size()) {
      return Error{ErrorCode::not_found, place_of({issuance.document, issuance.number}) + ": there is none"};
    }
    if (issuance.number > 0) {
      auto& earlier = known[issuance.number - 1];
      SOHOA_DO(check_completion(earlier.issuance, issuance));
      if (!earlier.issuance.timestamp_pending || issuance.timestamp_pending) return std::move(earlier);
      return add_issuance(change, issuance);
    }
    for (auto& one : known) {
      if (is_same_again(one.issuance, issuance)) return std::move(one);
    }
    auto next = issuance;
    next.number = static_cast<std::uint32_t>(known.size() + 1);
    return add_issuance(change, next);
  });
}

}  // namespace sohoa
