#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/store/open_mode.hpp"

namespace rocksdb {
class Env;
}

namespace sohoa {

/// Changes that become durable together or not at all; later ones win. One thread.
class Batch {
 public:
  void put(std::string key, std::string value) { changes_.push_back({std::move(key), std::move(value)}); }
  void remove(std::string key) { changes_.push_back({std::move(key), std::nullopt}); }

  struct Change {
    std::string key;
    std::optional<std::string> value;  ///< nothing: the key goes
  };
  [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }

 private:
  std::vector<Change> changes_;
};

/// Keys and values in byte order, in RocksDB. Any thread.
/// Errors of all calls: data_loss (what is stored cannot be read back), resource_exhausted (disk full), unavailable
/// (I/O).
class Database {
 public:
  /// Only one process can have `folder` open read_write: unavailable for the second. read_only sees what was committed
  /// before it was opened, even while a writer goes on; not_found where there is no database.
  /// `env`: the file system, for tests; none is the real one.
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& folder, OpenMode mode,
                                                rocksdb::Env* env = nullptr);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// The value, or nothing where the key is not there.
  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view key) const;
  /// Writes and syncs. After an error it is unknown whether a crash brings the batch back: open the database anew.
  Result<void> commit(const Batch& batch);
  /// Writes without waiting for the disk: a power cut may lose the last batches, never a part of one.
  Result<void> commit_unsynced(const Batch& batch);

  using Visit = std::function<Result<void>(std::string_view key, std::string_view value)>;
  /// Shows every key that starts with `prefix`, in order, as of the call; stops at the first error that `visit`
  /// returns.
  Result<void> scan(std::string_view prefix, const Visit& visit) const;

  struct Row {
    std::string key;
    std::string value;
  };
  /// At most `limit` rows of `prefix` whose keys come after `after` ("": from the first on), in order.
  [[nodiscard]] Result<std::vector<Row>> rows_after(std::string_view prefix, std::string_view after,
                                                    std::size_t limit) const;
  /// Removes every key.
  Result<void> clear();

 private:
  struct Handles;
  Result<void> write(const Batch& batch, bool synced);
  explicit Database(std::unique_ptr<Handles> handles);
  std::unique_ptr<Handles> handles_;
};

}  // namespace sohoa
