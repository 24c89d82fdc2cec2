#pragma once

#include <atomic>
#include <bitset>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "archive/file_ops.hpp"
#include "pipeline/base/guarded.hpp"
#include "pipeline/ports/object_store.hpp"
#include "pipeline/store/open_mode.hpp"

namespace sohoa {

/// Objects as files: `<root>/ab/cd/<sha256>`, where abcd are the digest's first digits. Any thread.
/// Once a directory could not be synced the store takes nothing more until it is opened anew: the kernel reports such
/// an error once, and a later fsync that succeeds proves nothing.
class DiskObjectStore final : public ObjectStore {
 public:
  /// Makes `root` where it is not there, and removes what a crash left in `<root>/incoming`: only one process may have
  /// a root open read_write. With read_only nothing is changed, and create() is refused. Errors: not_found (read_only),
  /// resource_exhausted, unavailable. `files` outlives the store.
  static Result<std::unique_ptr<DiskObjectStore>> open(const std::filesystem::path& root, OpenMode mode,
                                                       FileOps& files = FileOps::system());

  Result<std::unique_ptr<ObjectWriter>> create() override;
  [[nodiscard]] Result<UniqueFd> open(const Digest& digest) const override;
  [[nodiscard]] bool contains(const Digest& digest) const override;

  /// Where the object lies, or would.
  [[nodiscard]] std::filesystem::path path_of(const Digest& digest) const;
  static constexpr std::string_view incoming_name = "incoming";  ///< the folder of what is being written

 private:
  friend class DiskObjectWriter;
  /// Folders whose names were synced since the store was opened.
  struct DurableFolders {
    std::bitset<256> outer;
    std::bitset<65536> inner;
  };

  DiskObjectStore(std::filesystem::path root, OpenMode mode, FileOps& files);
  Result<void> prepare();
  Result<void> writable() const;
  /// Gives the finished temporary file its name. On return the name is durable.
  Result<void> adopt(const std::filesystem::path& temporary, const StoredObject& object);
  Result<void> make_folders(const Digest& digest);
  Result<void> sync_folders(const Digest& digest);
  Result<void> sync_directory(const std::filesystem::path& directory);

  // Constant after construction.
  std::filesystem::path root_;
  std::filesystem::path incoming_;
  OpenMode mode_;
  FileOps& files_;
  // Any thread.
  std::atomic<bool> broken_ = false;
  std::atomic<std::uint64_t> next_temporary_ = 0;
  Guarded<DurableFolders> durable_;
};

}  // namespace sohoa
