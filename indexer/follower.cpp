#include "indexer/follower.hpp"

#include <algorithm>

namespace sohoa::indexer {
namespace {

constexpr std::uint64_t entries_at_once = 20'000;  // some 20 MB of rows
const std::string position_key = "@";

}  // namespace

Result<void> IndexRows::flush() {
  Batch batch;
  for (auto& [key, value] : changes_) value ? batch.put(key, std::move(*value)) : batch.remove(key);
  changes_.clear();
  return database_.commit_unsynced(batch);  // what a power cut takes is followed again
}

Result<void> IndexRows::scan(
    std::string_view prefix,
    const std::function<Result<void>(const std::string& key, const std::string& value)>& visit) {
  std::vector<Database::Row> changed;
  for (const auto& [key, value] : changes_) {
    if (value && key.starts_with(prefix)) changed.push_back({key, *value});
  }
  const auto before = changes_;  // visit may change what is changed
  SOHOA_DO(database_.scan(prefix, [&](std::string_view key, std::string_view value) -> Result<void> {
    std::string name(key);
    return before.contains(name) ? Result<void>() : visit(name, std::string(value));
  }));
  for (const auto& [key, value] : changed) SOHOA_DO(visit(key, value));
  return {};
}

Result<Position> Follower::position() const {
  SOHOA_TRY(const auto bytes, database_->get(position_key));
  if (!bytes) return Position{version_, 0, {}};
  return unpacked<Position>(*bytes);
}

Result<std::vector<Database::Row>> Follower::rows_after(const std::string& after, std::size_t limit) const {
  // The position's key sorts before all others.
  return database_->rows_after("", std::max(after, position_key), limit);
}

Result<bool> Follower::is_of(const Journal& journal, const Position& position, std::uint64_t size) const {
  if (position.version != version_ || position.entries > size) return false;
  if (position.entries == 0) return true;
  SOHOA_TRY(const auto hash, journal.hash_of(position.entries - 1));
  return hash == position.last;
}

Result<void> Follower::write(IndexRows& rows, const Position& position) {
  SOHOA_DO(before_flush(rows));
  rows.put(position_key, packed(position));
  return rows.flush();
}

Result<void> Follower::catch_up(const Journal& journal) {
  SOHOA_TRY(const auto size, journal.size());
  return follow(journal, size);
}

Result<void> Follower::follow(const Journal& journal, std::uint64_t end) {
  if (failed_) return Error{ErrorCode::unavailable, "index: an earlier entry failed, open it anew"};
  auto done = follow_on(journal, end);
  failed_ = !done;
  return done;
}

Result<void> Follower::follow_on(const Journal& journal, std::uint64_t end) {
  SOHOA_TRY(auto at, position());
  SOHOA_TRY(const auto good, is_of(journal, at, end));
  if (!good) {
    SOHOA_DO(database_->clear());
    forget();
    at = {version_, 0, {}};
  }
  IndexRows rows(*database_);
  const auto followed = journal.read(at.entries, end, [&](const JournalEntry& entry) -> Result<void> {
    SOHOA_DO(apply(entry, rows));
    at.entries = entry.receipt.entry + 1;
    at.last = entry.receipt.entry_hash;
    return at.entries % entries_at_once == 0 ? write(rows, at) : Result<void>();
  });
  SOHOA_DO(followed);
  return write(rows, at);
}

}  // namespace sohoa::indexer
