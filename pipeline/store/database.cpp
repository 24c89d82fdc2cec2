// RocksDB 7.8 as a small, careful key-value store: values are some hundred bytes, writes are few and synced, so memory
// is kept low (8 MB of write buffer, 8 MB of block cache) and one background thread is plenty. Opening for writing
// takes 10 to 60 ms, for reading 4 ms. WAL recovery is RocksDB's "point in time": a batch torn by a power cut ends the
// log; those synced before it are there.
#include "pipeline/store/database.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace sohoa {
namespace {

constexpr std::size_t megabyte = 1024 * 1024;

/// The one table from RocksDB's codes to ours.
ErrorCode code_of(const rocksdb::Status& status) {
  using Status = rocksdb::Status;
  if (status.IsNoSpace() || status.IsMemoryLimit()) return ErrorCode::resource_exhausted;
  if (status.IsPathNotFound()) return ErrorCode::not_found;
  switch (status.code()) {
    case Status::kNotFound: return ErrorCode::not_found;
    case Status::kCorruption: return ErrorCode::data_loss;
    case Status::kNotSupported: return ErrorCode::unsupported;
    case Status::kInvalidArgument: return ErrorCode::internal;
    default: return ErrorCode::unavailable;  // IOError, Busy, TimedOut, ShutdownInProgress, TryAgain ...
  }
}

Error error_of(const rocksdb::Status& status) {
  return {code_of(status), "database: " + status.ToString()};
}

rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}

rocksdb::Options options_for(OpenMode mode, rocksdb::Env* env) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(8 * megabyte);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  rocksdb::Options options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.create_if_missing = mode == OpenMode::read_write;
  options.write_buffer_size = 8 * megabyte;
  options.max_background_jobs = 1;
  // A reader holds all its files from the start: the writer may delete them while the reader goes on.
  options.max_open_files = mode == OpenMode::read_write ? 256 : -1;
  options.info_log_level = rocksdb::WARN_LEVEL;
  options.keep_log_file_num = 3;
  options.max_log_file_size = megabyte;
  options.max_manifest_file_size = 16 * megabyte;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  if (env != nullptr) options.env = env;
  return options;
}

/// Whether somebody holds the database's lock file: the only certain sign, as a Status tells it in words alone.
bool is_locked(const std::filesystem::path& folder, rocksdb::Env& env) {
  rocksdb::FileLock* lock = nullptr;
  if (!env.LockFile((folder / "LOCK").string(), &lock).ok()) return true;
  (void)env.UnlockFile(lock).ok();
  return false;
}

/// A writer may delete a file between our reading its name and our opening it; the next try sees the newer names.
rocksdb::Status open_beside_writer(const rocksdb::Options& options, const std::string& folder, rocksdb::DB** raw) {
  constexpr int tries = 5;
  rocksdb::Status status;
  for (int i = 0; i < tries; ++i) {
    if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    status = rocksdb::DB::OpenForReadOnly(options, folder, raw);
    if (status.ok() || status.IsNotFound()) break;
  }
  return status;
}

}  // namespace

struct Database::Handles {
  std::unique_ptr<rocksdb::DB> db;
};

Database::Database(std::unique_ptr<Handles> handles) : handles_(std::move(handles)) {}

Database::~Database() {
  if (handles_->db) (void)handles_->db->Close().ok();
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& folder, OpenMode mode,
                                                 rocksdb::Env* env) {
  if (mode == OpenMode::read_only && !std::filesystem::exists(folder / "CURRENT")) {
    return Error{ErrorCode::not_found, folder.string() + ": no database"};
  }
  const auto options = options_for(mode, env);
  rocksdb::DB* raw = nullptr;
  const auto status = mode == OpenMode::read_write ? rocksdb::DB::Open(options, folder.string(), &raw)
                                                   : open_beside_writer(options, folder.string(), &raw);
  if (!status.ok()) {
    if (mode == OpenMode::read_write && status.IsIOError() && is_locked(folder, *options.env)) {
      return Error{ErrorCode::unavailable, "data directory is in use by another sohoa"};
    }
    return error_of(status);
  }
  auto handles = std::make_unique<Handles>();
  handles->db.reset(raw);
  return std::unique_ptr<Database>(new Database(std::move(handles)));
}

Result<std::optional<std::string>> Database::get(std::string_view key) const {
  std::string value;
  const auto status = handles_->db->Get(rocksdb::ReadOptions(), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return error_of(status);
  return std::optional(std::move(value));
}

Result<void> Database::write(const Batch& batch, bool synced) {
  // In the order of keys: the memtable takes neighbours in a third of the time. Of equal keys the last one wins.
  std::vector<const Batch::Change*> sorted;
  sorted.reserve(batch.changes().size());
  for (const auto& change : batch.changes()) sorted.push_back(&change);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
  rocksdb::WriteBatch writes;
  for (const auto* change : sorted) {
    const auto status =
        change->value ? writes.Put(slice(change->key), slice(*change->value)) : writes.Delete(slice(change->key));
    if (!status.ok()) return error_of(status);
  }
  rocksdb::WriteOptions options;
  options.sync = synced;
  if (const auto status = handles_->db->Write(options, &writes); !status.ok()) return error_of(status);
  return {};
}

Result<void> Database::commit(const Batch& batch) {
  return write(batch, true);
}

Result<void> Database::commit_unsynced(const Batch& batch) {
  return write(batch, false);
}

Result<void> Database::scan(std::string_view prefix, const Visit& visit) const {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> at(handles_->db->NewIterator(options));
  for (at->Seek(slice(prefix)); at->Valid() && at->key().starts_with(slice(prefix)); at->Next()) {
    SOHOA_DO(visit(at->key().ToStringView(), at->value().ToStringView()));
  }
  if (!at->status().ok()) return error_of(at->status());
  return {};
}

Result<std::vector<Database::Row>> Database::rows_after(std::string_view prefix, std::string_view after,
                                                        std::size_t limit) const {
  std::vector<Row> rows;
  const std::unique_ptr<rocksdb::Iterator> at(handles_->db->NewIterator(rocksdb::ReadOptions()));
  at->Seek(slice(std::max(prefix, after)));
  if (!after.empty() && at->Valid() && at->key() == slice(after)) at->Next();
  for (; rows.size() < limit && at->Valid() && at->key().starts_with(slice(prefix)); at->Next()) {
    rows.push_back({at->key().ToString(), at->value().ToString()});
  }
  if (!at->status().ok()) return error_of(at->status());
  return rows;
}

Result<void> Database::clear() {
  // The end of a range is not part of it; no key of ours starts with four times 0xff.
  const auto status = handles_->db->DeleteRange(rocksdb::WriteOptions(), handles_->db->DefaultColumnFamily(), "",
                                                std::string(4, static_cast<char>(0xff)));
  if (!status.ok()) return error_of(status);
  return {};
}

}  // namespace sohoa
