#pragma once

// Private to indexer/: an index's rows as they will be once the entries in hand are written.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "pipeline/base/wire.hpp"
#include "pipeline/store/database.hpp"

namespace sohoa::indexer {

/// A row's value as bytes, and back.
template <typename T>
[[nodiscard]] std::string packed(const T& value) {
  return std::string(as_text(wire::to_bytes(value)));
}
template <typename T>
[[nodiscard]] Result<T> unpacked(std::string_view value) {
  auto read = wire::from_bytes<T>(as_bytes(value));
  if (!read) return Error{ErrorCode::data_loss, "index: a row cannot be read"};
  return read;
}

/// Changes over a database, which is not touched before `flush`. One thread.
class IndexRows {
 public:
  explicit IndexRows(Database& database) : database_(database) {}

  [[nodiscard]] Result<std::optional<std::string>> get(const std::string& key) {
    const auto changed = changes_.find(key);
    return changed != changes_.end() ? changed->second : database_.get(key);
  }
  void put(std::string key, std::string value) { changes_.insert_or_assign(std::move(key), std::move(value)); }
  void remove(std::string key) { changes_.insert_or_assign(std::move(key), std::nullopt); }
  [[nodiscard]] std::size_t size() const { return changes_.size(); }
  [[nodiscard]] Database& database() { return database_; }

  template <typename T>
  [[nodiscard]] Result<std::optional<T>> get_as(const std::string& key) {
    SOHOA_TRY(const auto bytes, get(key));
    if (!bytes) return std::optional<T>();
    SOHOA_TRY(auto value, unpacked<T>(*bytes));
    return std::optional<T>(std::move(value));
  }

  /// Shows every row of `prefix` as changed, in no order. `visit` may put and remove rows.
  Result<void> scan(std::string_view prefix,
                    const std::function<Result<void>(const std::string& key, const std::string& value)>& visit);

  /// Writes all changes in one batch.
  Result<void> flush();

 private:
  Database& database_;
  std::unordered_map<std::string, std::optional<std::string>> changes_;
};

}  // namespace sohoa::indexer
