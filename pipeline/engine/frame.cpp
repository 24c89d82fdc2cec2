#include "pipeline/engine/frame.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "pipeline/base/file.hpp"

namespace sohoa::engine {
namespace {

constexpr std::array<std::uint8_t, 4> magic{'S', 'H', 'O', 'A'};
constexpr std::uint16_t version = 1;

Error peer_gone() {
  return {ErrorCode::unavailable, "the other process is gone"};
}

/// Waits until the socket is ready for `events`.
Result<void> wait_for(int socket, short events, Deadline deadline) {
  for (;;) {
    int timeout = -1;
    if (deadline != no_deadline()) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
      timeout = static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
    }
    pollfd poll_for{socket, events, 0};
    const int ready = ::poll(&poll_for, 1, timeout);
    if (ready > 0) return {};
    if (ready == 0 && std::chrono::steady_clock::now() >= deadline)
      return Error{ErrorCode::cancelled, "deadline passed"};
    if (ready < 0 && errno != EINTR) return system_error("poll");
  }
}

Result<void> send_rest(int socket, ByteView bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      SOHOA_DO(wait_for(socket, POLLOUT, deadline));
    } else if (errno != EINTR) {
      return peer_gone();
    }
  }
  return {};
}

Result<void> receive_exactly(int socket, std::span<std::uint8_t> bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const auto got = ::recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(got));
    } else if (got == 0) {
      return peer_gone();
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      SOHOA_DO(wait_for(socket, POLLIN, deadline));
    } else if (errno != EINTR) {
      return peer_gone();
    }
  }
  return {};
}

std::array<std::uint8_t, frame_header_size> header_of(std::uint32_t body, std::uint16_t fds) {
  std::array<std::uint8_t, frame_header_size> header{};
  std::copy(magic.begin(), magic.end(), header.begin());
  std::memcpy(header.data() + 4, &version, 2);
  std::memcpy(header.data() + 6, &fds, 2);
  std::memcpy(header.data() + 8, &body, 4);
  return header;
}

/// Reads the header and the descriptors that travel with its first byte.
Result<std::size_t> receive_header(int socket, std::span<std::uint8_t> header, std::vector<UniqueFd>& fds,
                                   Deadline deadline) {
  alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(sizeof(int) * max_frame_fds)> control{};
  for (;;) {
    iovec piece{header.data(), header.size()};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto got = ::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (got == 0) return peer_gone();
    if (got < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) return peer_gone();
      SOHOA_DO(wait_for(socket, POLLIN, deadline));
      continue;
    }
    for (auto* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
      if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
      const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
      for (std::size_t i = 0; i < count; ++i) {
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(part) + i * sizeof(int), sizeof fd);
        fds.emplace_back(fd);
      }
    }
    return static_cast<std::size_t>(got);
  }
}

}  // namespace

Result<FrameHeader> parse_frame_header(ByteView bytes) {
  if (bytes.size() != frame_header_size || !std::equal(magic.begin(), magic.end(), bytes.begin())) {
    return Error{ErrorCode::invalid_input, "not a frame"};
  }
  std::uint16_t its_version = 0;
  FrameHeader header;
  std::memcpy(&its_version, bytes.data() + 4, 2);
  std::memcpy(&header.fds, bytes.data() + 6, 2);
  std::memcpy(&header.body, bytes.data() + 8, 4);
  if (its_version != version) return Error{ErrorCode::invalid_input, "frame of another version"};
  if (header.fds > max_frame_fds) return Error{ErrorCode::invalid_input, "frame with too many descriptors"};
  if (header.body > max_frame_body) return Error{ErrorCode::invalid_input, "frame too large"};
  return header;
}

Result<void> send_frame(int socket, ByteView body, std::span<const int> fds, Deadline deadline) {
  if (body.size() > max_frame_body || fds.size() > max_frame_fds) {
    return Error{ErrorCode::resource_exhausted, "message too large for a frame"};
  }
  const auto header = header_of(static_cast<std::uint32_t>(body.size()), static_cast<std::uint16_t>(fds.size()));
  iovec piece{const_cast<std::uint8_t*>(header.data()), header.size()};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(sizeof(int) * max_frame_fds)> control{};
  if (!fds.empty()) {
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(sizeof(int) * fds.size());
    auto* part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int) * fds.size());
    std::memcpy(CMSG_DATA(part), fds.data(), sizeof(int) * fds.size());
  }
  for (;;) {
    const auto sent = ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      SOHOA_DO(send_rest(socket, ByteView(header).subspan(static_cast<std::size_t>(sent)), deadline));
      return send_rest(socket, body, deadline);
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      SOHOA_DO(wait_for(socket, POLLOUT, deadline));
    } else if (errno != EINTR) {
      return peer_gone();
    }
  }
}

Result<Frame> receive_frame(int socket, Deadline deadline) {
  Frame frame;
  std::array<std::uint8_t, frame_header_size> header_bytes{};
  SOHOA_TRY(const auto got, receive_header(socket, header_bytes, frame.fds, deadline));
  SOHOA_DO(receive_exactly(socket, std::span(header_bytes).subspan(got), deadline));
  SOHOA_TRY(const auto header, parse_frame_header(header_bytes));
  if (header.fds != frame.fds.size()) return Error{ErrorCode::invalid_input, "frame lacks its descriptors"};
  // Grow with what arrives: a header alone must not make us allocate a gigabyte.
  constexpr std::size_t step = 1U << 24;
  while (frame.body.size() < header.body) {
    const auto start = frame.body.size();
    frame.body.resize(std::min<std::size_t>(header.body, start + step));
    SOHOA_DO(receive_exactly(socket, std::span(frame.body).subspan(start), deadline));
  }
  return frame;
}

}  // namespace sohoa::engine
