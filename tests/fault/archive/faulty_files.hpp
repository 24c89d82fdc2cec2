#pragma once

#include "archive/file_ops.hpp"
#include "tests/fault/archive/faults.hpp"

namespace sohoa::test {

/// The object store's file system with faults. A failing write leaves half of its bytes behind; syncs that succeed do
/// not wait for the disk, since no power is cut here.
class FaultyFiles final : public FileOps {
 public:
  explicit FaultyFiles(Faults& faults) : faults_(faults) {}

  Result<UniqueFd> create(const std::filesystem::path& path) override {
    if (faults_.strikes()) return broken();
    return FileOps::create(path);
  }
  Result<void> write(int fd, ByteView bytes) override {
    if (!faults_.strikes()) return FileOps::write(fd, bytes);
    SOHOA_DO(FileOps::write(fd, bytes.first(bytes.size() / 2)));
    return Error{ErrorCode::resource_exhausted, "planted: disk full"};
  }
  Result<void> sync(int) override { return pass(); }
  Result<void> sync_directory(const std::filesystem::path&) override { return pass(); }
  Result<void> rename_new(const std::filesystem::path& from, const std::filesystem::path& to) override {
    if (faults_.strikes()) return broken();
    return FileOps::rename_new(from, to);
  }
  Result<void> make_directory(const std::filesystem::path& directory) override {
    if (faults_.strikes()) return broken();
    return FileOps::make_directory(directory);
  }
  Result<void> remove(const std::filesystem::path& path) override {
    if (faults_.strikes()) return broken();
    return FileOps::remove(path);
  }

 private:
  static Error broken() { return {ErrorCode::unavailable, "planted: input/output error"}; }
  Result<void> pass() {
    if (faults_.strikes()) return broken();
    return {};
  }
  Faults& faults_;
};

}  // namespace sohoa::test
