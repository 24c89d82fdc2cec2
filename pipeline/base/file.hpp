#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/base/unique_fd.hpp"

namespace sohoa {

/// Opens for reading. Errors: not_found; invalid_input where it is not a regular file; unavailable (rights, I/O).
Result<UniqueFd> open_for_reading(const std::filesystem::path& path);

/// Bytes in the open file.
Result<std::uint64_t> file_size(int fd);

/// All bytes from the start, wherever the descriptor's position is. Errors: resource_exhausted over `limit`;
/// unavailable (I/O).
Result<Bytes> read_all(int fd, std::uint64_t limit);
Result<Bytes> read_file(const std::filesystem::path& path, std::uint64_t limit);

/// Writes every byte at the descriptor's position. Errors: resource_exhausted (disk full), unavailable (I/O).
Result<void> write_all(int fd, ByteView bytes);

/// Writes a whole file anew, not durably: for output that can be made again. Errors: as write_all.
Result<void> write_file(const std::filesystem::path& path, ByteView bytes);

/// The last system error as ours: ENOENT not_found, ENOSPC and EDQUOT resource_exhausted, the rest unavailable.
[[nodiscard]] Error system_error(std::string_view doing);

}  // namespace sohoa
