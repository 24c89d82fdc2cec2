#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
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

/// Hands the `size` bytes from `begin` on to `use`, in order and in pieces of 1 MiB at most, wherever the descriptor's
/// position is. Errors: data_loss where the file ends before; unavailable (I/O); what `use` returns, which ends it.
using PieceUse = std::function<Result<void>(ByteView)>;
Result<void> read_pieces(int fd, std::uint64_t begin, std::uint64_t size, const PieceUse& use);

/// Copies the first `size` bytes to the position of `to`. Errors: as read_pieces and write_all.
Result<void> copy_bytes(int from, std::uint64_t size, int to);

/// Opens for writing from nothing on; makes the file where it is missing. Errors: as system_error.
Result<UniqueFd> open_anew(const std::filesystem::path& path);

/// Writes every byte at the descriptor's position. Errors: resource_exhausted (disk full), unavailable (I/O).
Result<void> write_all(int fd, ByteView bytes);

/// Writes a whole file anew, not durably: for output that can be made again. Errors: as write_all.
Result<void> write_file(const std::filesystem::path& path, ByteView bytes);

/// The last system error as ours: ENOENT not_found, ENOSPC and EDQUOT resource_exhausted, the rest unavailable.
[[nodiscard]] Error system_error(std::string_view doing);

}  // namespace sohoa
