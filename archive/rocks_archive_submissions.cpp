// Submissions and items. An item has a row of its own, since a submission may have 100,000 of them, and as long as it
// is pending one more in the pending index, whose keys are arrival numbers: oldest first without sorting.
#include <map>

#include "archive/rocks_archive.hpp"
#include "archive/rocks_archive_write.hpp"

namespace sohoa {
namespace {

/// 48 bits of time in milliseconds, then 80 random ones.
SubmissionId new_submission_id(WallTime time) {
  const auto milliseconds = static_cast<std::uint64_t>(time.time_since_epoch().count());
  Bytes bytes;
  for (int shift = 40; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(milliseconds >> shift));
  const auto random = random_bytes(10);
  bytes.insert(bytes.end(), random.begin(), random.end());
  return {to_hex(bytes)};
}

std::string place_of(const ItemKey& key) {
  return "item " + std::to_string(key.index) + " of submission " + key.submission.value;
}

/// Whether an item can begin its life like this.
Result<void> check_new(const SubmissionItem& item) {
  const auto wrong = [&](const char* reason) { return Error{ErrorCode::invalid_input, item.name + ": " + reason}; };
  if (item.state == ItemState::archived || item.document) return wrong("only append makes an item archived");
  if (item.state == ItemState::failed && !item.error) return wrong("a failed item needs its reason");
  if (item.state != ItemState::failed && item.error) return wrong("an item with an error has failed");
  if (item.state == ItemState::pending && !item.source) return wrong("a pending item needs its bytes");
  if (item.sums) return wrong("a stack is not cut before it is read");
  return {};
}

}  // namespace

Result<std::optional<rows::SubmissionRow>> RocksArchive::find_submission(const SubmissionId& id) const {
  if (!rows::is_id(id.value)) return std::optional<rows::SubmissionRow>();
  SOHOA_TRY(const auto bytes, database_->get(rows::submission_key(id)));
  if (!bytes) return std::optional<rows::SubmissionRow>();
  auto row = rows::submission(*bytes);
  if (!row) return row.error().within("submission " + id.value);
  return std::optional(std::move(*row));
}

Result<rows::ItemRow> RocksArchive::find_item(const ItemKey& key) const {
  const Error missing{ErrorCode::not_found, place_of(key) + ": there is none"};
  if (!rows::is_id(key.submission.value)) return missing;
  SOHOA_TRY(const auto bytes, database_->get(rows::item_key(key)));
  if (!bytes) return missing;
  auto row = rows::item(key, *bytes);
  if (!row) return row.error().within(place_of(key));
  return row;
}

Result<SubmissionId> RocksArchive::open_submission(const SubmissionTerms& terms) {
  return write([&](Change& change) -> Result<SubmissionId> {
    const auto time = now();
    auto id = new_submission_id(time);
    change.batch.put(rows::submission_key(id), rows::encode(rows::SubmissionRow{time, terms, 0}));
    ++change.counters.submissions;
    return id;
  });
}

Result<ItemKey> RocksArchive::add_item(const SubmissionId& submission, SubmissionItem item) {
  SOHOA_DO(check_new(item));
  if (item.source) SOHOA_DO(check_stored({item.source->digest, item.source->size}, "original"));
  return write([&](Change& change) -> Result<ItemKey> {
    SOHOA_TRY(auto row, find_submission(submission));
    if (!row) return Error{ErrorCode::not_found, "submission " + submission.value + ": there is none"};
    item.key = {submission, row->items++};
    auto& counters = change.counters;
    const auto arrival = counters.items++;
    if (item.state == ItemState::failed) ++counters.failed_items;
    if (item.state == ItemState::pending) {
      ++counters.pending_items;
      change.batch.put(rows::pending_key(arrival), rows::encode(item.key));
    }
    change.batch.put(rows::item_key(item.key), rows::encode(rows::ItemRow{item, arrival}));
    change.batch.put(rows::submission_key(submission), rows::encode(*row));
    return item.key;
  });
}

Result<void> RocksArchive::settle_item(const ItemKey& key, const ItemOutcome& outcome) {
  if (outcome.state != ItemState::failed && outcome.state != ItemState::expanded) {
    return Error{ErrorCode::invalid_input, place_of(key) + ": is settled as failed or expanded only"};
  }
  if (outcome.state == ItemState::failed && !outcome.error) {
    return Error{ErrorCode::invalid_input, place_of(key) + ": a failed item needs its reason"};
  }
  return write([&](Change& change) -> Result<void> {
    SOHOA_TRY(auto row, find_item(key));
    if (row.item.state != ItemState::pending) return {};
    row.item.state = outcome.state;
    row.item.error = outcome.error;
    row.item.error_page = outcome.error_page;
    row.item.sums = outcome.sums;
    if (outcome.sums) row.item.pages = outcome.sums->pages();
    change.batch.put(rows::item_key(key), rows::encode(row));
    change.batch.remove(rows::pending_key(row.arrival));
    --change.counters.pending_items;
    if (outcome.state == ItemState::failed) ++change.counters.failed_items;
    return {};
  });
}

Result<void> RocksArchive::settle_with(Change& change, const ItemKey& key, const DocumentRecord& record) const {
  SOHOA_TRY(auto row, find_item(key));
  auto& item = row.item;
  if (item.state != ItemState::pending) return {};
  const auto& document = record.document;
  if (!item.source || DocumentId::of(item.source->digest, item.part) != document.id) {
    return Error{ErrorCode::invalid_input, place_of(key) + ": is not of document " + document.id.value};
  }
  item.state = ItemState::archived;
  item.document = document.id;
  item.pages = document.pages;
  if (!document.failed_pages.empty()) {
    item.error = document.failed_pages.front().error;
    item.error_page = document.failed_pages.front().page.value;
  }
  change.batch.put(rows::item_key(key), rows::encode(row));
  change.batch.remove(rows::pending_key(row.arrival));
  --change.counters.pending_items;
  return {};
}

Result<Submission> RocksArchive::submission(const SubmissionId& id) const {
  SOHOA_TRY(auto row, find_submission(id));
  if (!row) return Error{ErrorCode::not_found, "submission " + id.value + ": there is none"};
  Submission submission{id, row->received_at, std::move(row->terms), {}};
  SOHOA_DO(database_->scan(rows::items_of_key(id), [&](std::string_view key, std::string_view value) -> Result<void> {
    const auto item_key = rows::item_of(key);
    if (!item_key) return Error{ErrorCode::data_loss, "submission " + id.value + ": an item's key is malformed"};
    auto item = rows::item(*item_key, value);
    if (!item) return item.error().within(place_of(*item_key));
    submission.items.push_back(std::move(item->item));
    return {};
  }));
  // The row was read before the items: there may be more of them by now, never fewer.
  if (submission.items.size() < row->items) {
    return Error{ErrorCode::data_loss, "submission " + id.value + ": items are missing"};
  }
  return submission;
}

Result<std::vector<Archive::PendingItem>> RocksArchive::pending() const {
  std::vector<PendingItem> found;
  std::map<SubmissionId, SubmissionTerms> terms;
  SOHOA_DO(database_->scan(rows::pending_prefix, [&](std::string_view, std::string_view value) -> Result<void> {
    SOHOA_TRY(const auto key, rows::pending(value));
    SOHOA_TRY(auto row, find_item(key));
    if (row.item.state != ItemState::pending) return {};  // settled since the scan began
    if (!terms.contains(key.submission)) {
      SOHOA_TRY(const auto submission, find_submission(key.submission));
      if (!submission) return Error{ErrorCode::data_loss, "submission " + key.submission.value + ": is missing"};
      terms[key.submission] = submission->terms;
    }
    found.push_back({std::move(row.item), terms[key.submission]});
    return {};
  }));
  return found;
}

}  // namespace sohoa
