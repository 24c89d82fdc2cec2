// A document's own code, an issuance's newest entry and whether its timestamp is pending follow from the journal: each
// must have the row that says so, and no row may say anything else.
#include "archive/check_steps.hpp"

namespace sohoa::checking {
namespace {

std::string text_of(const rows::IssuanceKey& key) {
  return key.document.value + "/" + std::to_string(key.number);
}

}  // namespace

Result<void> IssuanceCheck::visit(const JournalEntry& entry) {
  if (const auto* issuance = std::get_if<Issuance>(&entry.what)) visit_issuance(*issuance, entry.receipt);
  const auto* given = std::get_if<CodeGiven>(&entry.what);
  if (!given) return {};
  const auto number = entry.receipt.entry;
  const auto& id = given->document.value;
  if (!codes_.try_emplace(given->document, number).second) {
    context_.find("document code", id, "is given again by " + entry_text(number));
    return {};
  }
  SOHOA_TRY(const auto bytes, context_.database.get(rows::own_code_key(given->document)));
  if (bytes && *bytes == rows::encode_entry(number)) return {};
  context_.find("document code", id, (bytes ? "does not name " : "is missing; it was given by ") + entry_text(number));
  return {};
}

void IssuanceCheck::visit_issuance(const Issuance& issuance, const EntryReceipt& receipt) {
  context_.references.add(issuance);
  const rows::IssuanceKey key{issuance.document, issuance.number};
  const auto [at, is_new] = issuances_.try_emplace(key);
  if (!is_new && !at->second.pending) {
    context_.find("issuance", text_of(key), "is completed by " + entry_text(receipt.entry) + ", and was complete");
  }
  at->second = {{receipt.entry, receipt.entry_hash}, issuance.timestamp_pending};
}

Result<void> IssuanceCheck::check_row(const rows::IssuanceKey& key, const Newest& newest, bool complete) {
  const auto& entry = newest.row.entry;
  SOHOA_TRY(const auto bytes, context_.database.get(rows::issuance_key(key)));
  const auto row = bytes ? rows::issuance(*bytes) : Result<rows::IssuanceRow>(Error{});
  if (!complete && row && row->entry > entry) return {};  // a later entry of it may be the one that cannot be read
  if (!bytes) context_.find("issuance", text_of(key), "is missing; " + entry_text(entry) + " is of it");
  if (bytes && *bytes != rows::encode(newest.row)) {
    context_.find("issuance", text_of(key), "does not name " + entry_text(entry) + ", the newest of it");
  }
  SOHOA_TRY(const auto untimed, context_.database.get(rows::untimed_key(key)));
  if (untimed == (newest.pending ? std::optional(rows::encode_entry(entry)) : std::nullopt)) return {};
  context_.find("pending timestamp", text_of(key),
                !untimed         ? "is missing; " + entry_text(entry) + " waits for it"
                : newest.pending ? "does not name " + entry_text(entry)
                                 : "is there, and " + entry_text(entry) + " waits for none");
  return {};
}

Result<void> IssuanceCheck::check_rows(bool complete) {
  for (const auto& [key, newest] : issuances_) {
    if (complete && key.number > 1 && !issuances_.contains({key.document, key.number - 1})) {
      context_.find("issuance", text_of(key), "has none before it");
    }
    SOHOA_DO(check_row(key, newest, complete));
  }
  return {};
}

/// Rows that no entry asked for.
Result<void> IssuanceCheck::name_strangers() {
  constexpr auto reason = "stands in no journal entry";
  SOHOA_DO(context_.database.scan(rows::own_code_prefix, [&](std::string_view key, std::string_view) -> Result<void> {
    const auto id = rows::own_code_of(key);
    if (id && !codes_.contains(*id)) context_.find("document code", id->value, reason);
    return {};
  }));
  SOHOA_DO(context_.database.scan(rows::issuance_prefix, [&](std::string_view key, std::string_view) -> Result<void> {
    const auto issuance = rows::issuance_of(key);
    if (issuance && !issuances_.contains(*issuance)) context_.find("issuance", text_of(*issuance), reason);
    return {};
  }));
  return context_.database.scan(rows::untimed_prefix, [&](std::string_view key, std::string_view) -> Result<void> {
    const auto issuance = rows::untimed_of(key);
    if (issuance && !issuances_.contains(*issuance)) context_.find("pending timestamp", text_of(*issuance), reason);
    return {};
  });
}

Result<void> IssuanceCheck::finish(bool complete) {
  SOHOA_DO(check_rows(complete));
  if (!complete) return {};  // a row may stand for the entry that cannot be read
  return name_strangers();
}

}  // namespace sohoa::checking
