// An object's way to the disk: temporary file in the same file system -> write -> fsync -> rename -> fsync of the
// folder, and of the parent of every folder that this process sees for the first time, since a crash may have left a
// folder whose name is not durable. All names are made before the first folder is synced: a journaling file system then
// writes them together, and the further syncs cost next to nothing. So an object takes the time of two syncs, 3.5 ms
// each on a plain cloud disk, less where the disk's cache is protected. The name is taken with "do not replace": the
// first bytes under a digest stay, those that come later are dropped.
#include "archive/object_store.hpp"

#include <sys/stat.h>

#include <system_error>
#include <utility>

#include "pipeline/base/file.hpp"

namespace sohoa {
namespace {

constexpr std::size_t buffer_bytes = 64 * 1024;  // callers such as PDF writers hand over a few bytes at a time

std::string outer_name(const Digest& digest) {
  return to_hex(digest.view().first(1));
}
std::string inner_name(const Digest& digest) {
  return to_hex(digest.view().subspan(1, 1));
}
std::size_t inner_index(const Digest& digest) {
  return std::size_t{digest.bytes[0]} << 8 | digest.bytes[1];
}

}  // namespace

class DiskObjectWriter final : public ObjectWriter {
 public:
  DiskObjectWriter(DiskObjectStore& store, std::filesystem::path path, UniqueFd fd)
      : store_(store), path_(std::move(path)), fd_(std::move(fd)) {
    buffer_.reserve(buffer_bytes);
  }
  ~DiskObjectWriter() override {
    // What cannot be removed now goes when the store is opened the next time.
    if (!named_) (void)store_.files_.remove(path_);
  }
  DiskObjectWriter(const DiskObjectWriter&) = delete;
  DiskObjectWriter& operator=(const DiskObjectWriter&) = delete;

  Result<void> write(ByteView piece) override {
    if (failed_) return *failed_;
    if (buffer_.size() + piece.size() > buffer_bytes) SOHOA_DO(flush());
    if (piece.size() >= buffer_bytes) return pass_on(piece);
    buffer_.insert(buffer_.end(), piece.begin(), piece.end());
    return {};
  }

  Result<StoredObject> commit() override {
    if (failed_) return *failed_;
    SOHOA_DO(flush());
    if (auto synced = store_.files_.sync(fd_.get()); !synced) return fail(synced.error().within(path_.string()));
    const StoredObject object{hash_.finish(), size_};
    failed_ = Error{ErrorCode::internal, "object was committed already"};
    fd_.reset();
    SOHOA_DO(store_.adopt(path_, object));
    named_ = true;
    return object;
  }

 private:
  Error fail(Error error) {
    failed_ = std::move(error);
    return *failed_;
  }
  Result<void> pass_on(ByteView bytes) {
    if (auto written = store_.files_.write(fd_.get(), bytes); !written) {
      return fail(written.error().within(path_.string()));
    }
    hash_.update(bytes);
    size_ += bytes.size();
    return {};
  }
  Result<void> flush() {
    if (buffer_.empty()) return {};
    SOHOA_DO(pass_on(buffer_));
    buffer_.clear();
    return {};
  }

  DiskObjectStore& store_;
  std::filesystem::path path_;
  UniqueFd fd_;
  Bytes buffer_;
  Sha256 hash_;
  std::uint64_t size_ = 0;
  std::optional<Error> failed_;
  bool named_ = false;  // the temporary file is gone: renamed or removed
};

DiskObjectStore::DiskObjectStore(std::filesystem::path root, OpenMode mode, FileOps& files)
    : root_(std::move(root)), incoming_(root_ / incoming_name), mode_(mode), files_(files) {}

Result<std::unique_ptr<DiskObjectStore>> DiskObjectStore::open(const std::filesystem::path& root, OpenMode mode,
                                                               FileOps& files) {
  std::unique_ptr<DiskObjectStore> store(new DiskObjectStore(root, mode, files));
  if (mode == OpenMode::read_write) {
    SOHOA_DO(store->prepare());
  } else if (std::error_code ignored; !std::filesystem::is_directory(root, ignored)) {
    return Error{ErrorCode::not_found, root.string() + ": no such directory"};
  }
  return store;
}

Result<void> DiskObjectStore::prepare() {
  SOHOA_DO(files_.make_directory(root_));
  SOHOA_DO(files_.sync_directory(root_.parent_path().empty() ? "." : root_.parent_path()));
  SOHOA_DO(files_.make_directory(incoming_));
  SOHOA_DO(files_.sync_directory(root_));
  std::error_code failure;
  std::filesystem::directory_iterator entries(incoming_, failure);
  for (; !failure && entries != std::filesystem::directory_iterator(); entries.increment(failure)) {
    SOHOA_DO(files_.remove(entries->path()));
  }
  if (failure) return Error{ErrorCode::unavailable, incoming_.string() + ": " + failure.message()};
  return {};
}

Result<void> DiskObjectStore::writable() const {
  if (mode_ == OpenMode::read_only) return Error{ErrorCode::unsupported, "object store is open for reading only"};
  if (broken_) return Error{ErrorCode::unavailable, "object store: an earlier fsync failed, restart to go on"};
  return {};
}

Result<std::unique_ptr<ObjectWriter>> DiskObjectStore::create() {
  SOHOA_DO(writable());
  auto path = incoming_ / std::to_string(next_temporary_++);
  SOHOA_TRY(auto fd, files_.create(path));
  return std::unique_ptr<ObjectWriter>(new DiskObjectWriter(*this, std::move(path), std::move(fd)));
}

Result<UniqueFd> DiskObjectStore::open(const Digest& digest) const {
  return open_for_reading(path_of(digest));
}

bool DiskObjectStore::contains(const Digest& digest) const {
  struct stat status{};
  return ::stat(path_of(digest).c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::filesystem::path DiskObjectStore::path_of(const Digest& digest) const {
  return root_ / outer_name(digest) / inner_name(digest) / digest.hex();
}

Result<void> DiskObjectStore::sync_directory(const std::filesystem::path& directory) {
  auto synced = files_.sync_directory(directory);
  if (!synced) broken_ = true;
  return synced;
}

Result<void> DiskObjectStore::make_folders(const Digest& digest) {
  const bool known = durable_.with([&](auto& folders) { return bool{folders.inner[inner_index(digest)]}; });
  if (known) return {};
  SOHOA_DO(files_.make_directory(root_ / outer_name(digest)));
  return files_.make_directory(root_ / outer_name(digest) / inner_name(digest));
}

Result<void> DiskObjectStore::sync_folders(const Digest& digest) {
  const auto outer_folder = root_ / outer_name(digest);
  SOHOA_DO(sync_directory(outer_folder / inner_name(digest)));
  const auto [outer_done, inner_done] = durable_.with([&](auto& folders) {
    return std::pair(bool{folders.outer[digest.bytes[0]]}, bool{folders.inner[inner_index(digest)]});
  });
  if (!inner_done) SOHOA_DO(sync_directory(outer_folder));
  if (!outer_done) SOHOA_DO(sync_directory(root_));
  durable_.with([&](auto& folders) { folders.outer[digest.bytes[0]] = folders.inner[inner_index(digest)] = true; });
  return {};
}

Result<void> DiskObjectStore::adopt(const std::filesystem::path& temporary, const StoredObject& object) {
  SOHOA_DO(writable());
  SOHOA_DO(make_folders(object.digest));
  const auto path = path_of(object.digest);
  auto renamed = files_.rename_new(temporary, path);
  if (!renamed && renamed.error().code != ErrorCode::already_exists) return renamed;
  if (!renamed) {
    SOHOA_TRY(const auto first, open_for_reading(path));
    SOHOA_TRY(const auto size, file_size(first.get()));
    if (size != object.size) {
      return Error{ErrorCode::data_loss, "object " + object.digest.hex() + ": " + std::to_string(size) +
                                             " bytes are stored, it has " + std::to_string(object.size)};
    }
    (void)files_.remove(temporary);
  }
  // Also where the object was there: whoever brought it may not have synced the folder yet.
  return sync_folders(object.digest);
}

}  // namespace sohoa
