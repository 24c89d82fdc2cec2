#include "indexer/follower.hpp"

#include <algorithm>
#include <mutex>
#include <system_error>

namespace sohoa::indexer {
namespace {

constexpr std::uint64_t entries_at_once = 20'000;  // some 20 MB of rows
constexpr std::size_t rows_at_once = 200'000;      // of an index that makes many of an entry: some 30 MB
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

Result<std::unique_ptr<Database>> Follower::open_database(const std::filesystem::path& folder, OpenMode mode) {
  auto database = Database::open(folder, mode);
  if (database || mode == OpenMode::read_only || database.error().code != ErrorCode::data_loss) return database;
  std::error_code ignored;  // what stays makes opening fail once more
  std::filesystem::remove_all(folder, ignored);
  std::filesystem::create_directories(folder, ignored);
  return Database::open(folder, mode);
}

Result<std::shared_lock<std::shared_mutex>> Follower::reading() const {
  std::shared_lock lock(replacing_);
  if (!database_) return Error{ErrorCode::unavailable, folder_.string() + ": the index is being made anew"};
  return lock;
}

Result<Position> Follower::stored_position() const {
  SOHOA_TRY(const auto bytes, database_->get(position_key));
  if (!bytes) return Position{version_, 0, {}};
  return unpacked<Position>(*bytes);
}

Result<Position> Follower::position() const {
  SOHOA_TRY(const auto lock, reading());
  return stored_position();
}

Result<std::vector<Database::Row>> Follower::rows_after(const std::string& after, std::size_t limit) const {
  SOHOA_TRY(const auto lock, reading());
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

Result<void> Follower::empty() {
  const std::scoped_lock lock(replacing_);
  database_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  std::filesystem::create_directories(folder_, ignored);
  SOHOA_TRY(database_, Database::open(folder_, OpenMode::read_write));
  return remember();
}

Result<void> Follower::follow(const Journal& journal, std::uint64_t end) {
  if (!database_) SOHOA_DO(empty());
  if (failed_) {
    const auto remembered = remember();
    damaged_ = !remembered && remembered.error().code == ErrorCode::data_loss;
    if (!remembered && !damaged_) return remembered;
  }
  failed_ = true;  // until it went well
  if (!damaged_) {
    auto done = follow_on(journal, end);
    failed_ = !done;
    if (done || !damaged_) return done;
  }
  SOHOA_DO(empty());
  damaged_ = false;
  auto done = follow_on(journal, end);
  failed_ = !done;
  return done;
}

Result<void> Follower::follow_on(const Journal& journal, std::uint64_t end) {
  /// Passes a result of the index on.
  const auto own = [this](auto result) {
    damaged_ = !result && result.error().code == ErrorCode::data_loss;
    return result;
  };
  SOHOA_TRY(auto at, own(stored_position()));
  SOHOA_TRY(const auto good, is_of(journal, at, end));
  if (!good) {
    SOHOA_DO(own(database_->clear()));
    SOHOA_DO(own(remember()));
    at = {version_, 0, {}};
  }
  IndexRows rows(*database_);
  const auto followed = journal.read(at.entries, end, [&](const JournalEntry& entry) -> Result<void> {
    SOHOA_DO(own(apply(entry, rows)));
    at.entries = entry.receipt.entry + 1;
    at.last = entry.receipt.entry_hash;
    const bool enough = at.entries % entries_at_once == 0 || rows.size() >= rows_at_once;
    return enough ? own(write(rows, at)) : Result<void>();
  });
  SOHOA_DO(followed);
  return own(write(rows, at));
}

}  // namespace sohoa::indexer
