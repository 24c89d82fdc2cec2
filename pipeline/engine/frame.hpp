#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/base/unique_fd.hpp"

namespace sohoa::engine {

using Deadline = std::chrono::steady_clock::time_point;

/// One message over a Unix stream socket, with file descriptors beside it.
/// On the wire (little endian): "SHOA", u16 version = 1, u16 number of descriptors, u32 size of the body, body. The
/// descriptors travel with the header's bytes (SCM_RIGHTS).
struct Frame {
  Bytes body;
  std::vector<UniqueFd> fds;
};

inline constexpr std::size_t frame_header_size = 12;
inline constexpr std::size_t max_frame_fds = 4;
inline constexpr std::uint32_t max_frame_body = 1U << 30;

struct FrameHeader {
  std::uint16_t fds = 0;
  std::uint32_t body = 0;
};

/// Errors: invalid_input where the bytes are no header of ours, or announce more than the limits.
Result<FrameHeader> parse_frame_header(ByteView bytes);

/// Errors: unavailable where the peer is gone; cancelled where the deadline passed.
Result<void> send_frame(int socket, ByteView body, std::span<const int> fds, Deadline deadline);

/// Errors: unavailable where the peer is gone; cancelled where the deadline passed; invalid_input for a bad header.
Result<Frame> receive_frame(int socket, Deadline deadline);

/// A moment no one waits for.
[[nodiscard]] inline Deadline no_deadline() {
  return Deadline::max();
}

}  // namespace sohoa::engine
