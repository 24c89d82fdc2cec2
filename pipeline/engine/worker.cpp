#include "pipeline/engine/worker.hpp"

#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace sohoa::engine {
namespace {

/// Resident bytes of a process by /proc/<pid>/statm; 0 where it is gone.
std::uint64_t resident_bytes(pid_t pid) {
  std::ifstream statm("/proc/" + std::to_string(pid) + "/statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  statm >> size >> resident;
  return statm ? resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace

Worker::~Worker() {
  if (child_) zygote_.end(*child_);
}

Result<Bytes> Worker::call(ByteView request, std::span<const int> fds, std::chrono::milliseconds time) {
  std::string first_end;
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (!child_) {
      SOHOA_TRY(auto child, zygote_.fork_worker());
      child_.emplace(std::move(child));
    }
    auto answer = call_once(request, fds, std::chrono::steady_clock::now() + time);
    if (answer) {
      replace_if_grown();
      return answer;
    }
    const auto how = zygote_.end(*child_);
    child_.reset();
    if (answer.error().code == ErrorCode::cancelled) {
      ++usage_.timed_out;
      char seconds[32];
      std::snprintf(seconds, sizeof seconds, "%g", static_cast<double>(time.count()) / 1000.0);
      return Error{ErrorCode::resource_exhausted, std::string("time limit of ") + seconds + " s reached"};
    }
    ++usage_.deaths;
    if (attempt == 1) return Error{ErrorCode::internal, "page worker died twice: " + first_end + ", " + how};
    first_end = how;
  }
  return Error{ErrorCode::internal, "unreachable"};
}

Result<Bytes> Worker::call_once(ByteView request, std::span<const int> fds, Deadline deadline) {
  SOHOA_DO(send_frame(child_->socket.get(), request, fds, deadline));
  SOHOA_TRY(auto frame, receive_frame(child_->socket.get(), deadline));
  return std::move(frame.body);
}

void Worker::replace_if_grown() {
  if (resident_bytes(child_->pid) <= options_.replace_above_bytes) return;
  zygote_.end(*child_);
  child_.reset();
  ++usage_.replaced;
}

}  // namespace sohoa::engine
