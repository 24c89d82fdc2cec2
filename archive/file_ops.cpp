#include "archive/file_ops.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "pipeline/base/file.hpp"

namespace sohoa {

FileOps& FileOps::system() {
  static FileOps operations;
  return operations;
}

Result<UniqueFd> FileOps::create(const std::filesystem::path& path) {
  UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
  if (!fd) return system_error(path.string());
  return fd;
}

Result<void> FileOps::write(int fd, ByteView bytes) {
  return write_all(fd, bytes);
}

Result<void> FileOps::sync(int fd) {
  if (::fsync(fd) != 0) return system_error("fsync");
  return {};
}

Result<void> FileOps::sync_directory(const std::filesystem::path& directory) {
  const UniqueFd fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return system_error("fsync " + directory.string());
  return {};
}

Result<void> FileOps::rename_new(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  if (errno == EEXIST) return Error{ErrorCode::already_exists, to.string() + ": exists"};
  // NFS and a few others don't know the flag; there two writers of one name replace equal bytes by equal bytes.
  if (errno == EINVAL || errno == ENOSYS) {
    if (::access(to.c_str(), F_OK) == 0) return Error{ErrorCode::already_exists, to.string() + ": exists"};
    if (::rename(from.c_str(), to.c_str()) == 0) return {};
  }
  return system_error(to.string());
}

Result<void> FileOps::make_directory(const std::filesystem::path& directory) {
  if (::mkdir(directory.c_str(), 0750) == 0) return {};
  const int reason = errno;
  struct stat status{};
  if (reason == EEXIST && ::stat(directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return {};
  errno = reason;
  return system_error(directory.string());
}

Result<void> FileOps::remove(const std::filesystem::path& path) {
  if (::unlink(path.c_str()) != 0) return system_error(path.string());
  return {};
}

}  // namespace sohoa
