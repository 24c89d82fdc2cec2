#pragma once

#include <filesystem>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/base/unique_fd.hpp"

namespace sohoa {

/// The file system calls that change what is on disk, so that a test can make the Nth of them fail. Any thread.
/// Errors, unless said otherwise: resource_exhausted (disk full), not_found, unavailable (the rest).
class FileOps {
 public:
  virtual ~FileOps() = default;

  /// A new file for writing. It must not exist.
  virtual Result<UniqueFd> create(const std::filesystem::path& path);
  virtual Result<void> write(int fd, ByteView bytes);
  /// Returns once the file's bytes are on the disk.
  virtual Result<void> sync(int fd);
  /// Returns once the directory's names are on the disk.
  virtual Result<void> sync_directory(const std::filesystem::path& directory);
  /// Errors: already_exists where `to` is there; both are then as they were.
  virtual Result<void> rename_new(const std::filesystem::path& from, const std::filesystem::path& to);
  /// One that is there already is as good. The parent must exist.
  virtual Result<void> make_directory(const std::filesystem::path& directory);
  virtual Result<void> remove(const std::filesystem::path& path);

  /// The real ones.
  static FileOps& system();
};

}  // namespace sohoa
