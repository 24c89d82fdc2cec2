#include "pipeline/base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace sohoa {

Error system_error(std::string_view doing) {
  const int reason = errno;
  ErrorCode code = ErrorCode::unavailable;
  if (reason == ENOENT) code = ErrorCode::not_found;
  if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG || reason == EMFILE) code = ErrorCode::resource_exhausted;
  return {code, std::string(doing) + ": " + std::strerror(reason)};
}

Result<UniqueFd> open_for_reading(const std::filesystem::path& path) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd) return system_error(path.string());
  struct stat status{};
  if (::fstat(fd.get(), &status) != 0) return system_error(path.string());
  if (!S_ISREG(status.st_mode)) return Error{ErrorCode::invalid_input, path.string() + ": not a regular file"};
  return fd;
}

Result<std::uint64_t> file_size(int fd) {
  struct stat status{};
  if (::fstat(fd, &status) != 0) return system_error("file size");
  return static_cast<std::uint64_t>(status.st_size);
}

Result<Bytes> read_all(int fd, std::uint64_t limit) {
  SOHOA_TRY(const auto size, file_size(fd));
  if (size > limit) {
    return Error{ErrorCode::resource_exhausted,
                 "file has " + std::to_string(size) + " bytes, the limit is " + std::to_string(limit)};
  }
  Bytes bytes(size);
  std::uint64_t done = 0;
  while (done < size) {
    const auto got = ::pread(fd, bytes.data() + done, size - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read");
    if (got == 0) break;  // shortened while we read it
    done += static_cast<std::uint64_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

Result<Bytes> read_file(const std::filesystem::path& path, std::uint64_t limit) {
  SOHOA_TRY(const auto fd, open_for_reading(path));
  auto bytes = read_all(fd.get(), limit);
  if (!bytes) return bytes.error().within(path.string());
  return bytes;
}

Result<void> read_pieces(int fd, std::uint64_t begin, std::uint64_t size, const PieceUse& use) {
  Bytes piece(std::min<std::uint64_t>(size, 1U << 20));
  const std::uint64_t end = begin + size;
  while (begin < end) {
    const auto wanted = std::min<std::uint64_t>(piece.size(), end - begin);
    const auto got = ::pread(fd, piece.data(), wanted, static_cast<off_t>(begin));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read");
    if (got == 0) return Error{ErrorCode::data_loss, std::to_string(end - begin) + " bytes are missing at the end"};
    SOHOA_DO(use(ByteView(piece).first(static_cast<std::size_t>(got))));
    begin += static_cast<std::uint64_t>(got);
  }
  return {};
}

Result<void> copy_bytes(int from, std::uint64_t size, int to) {
  return read_pieces(from, 0, size, [to](ByteView piece) { return write_all(to, piece); });
}

Result<UniqueFd> open_anew(const std::filesystem::path& path) {
  UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!fd) return system_error(path.string());
  return fd;
}

Result<void> write_all(int fd, ByteView bytes) {
  while (!bytes.empty()) {
    const auto put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return system_error("write");
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

Result<void> write_file(const std::filesystem::path& path, ByteView bytes) {
  SOHOA_TRY(const auto fd, open_anew(path));
  auto written = write_all(fd.get(), bytes);
  if (!written) return written.error().within(path.string());
  return {};
}

}  // namespace sohoa
