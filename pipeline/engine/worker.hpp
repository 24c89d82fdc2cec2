#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "pipeline/base/result.hpp"
#include "pipeline/engine/zygote.hpp"

namespace sohoa::engine {

/// A place for one worker process, filled when first used and refilled when the process dies, is killed or has grown.
/// Owned by one thread.
class Worker {
 public:
  struct Options {
    std::uint64_t replace_above_bytes = 800U << 20;  ///< resident memory after a call
  };
  /// What a call cost beside its answer.
  struct Usage {
    std::uint32_t deaths = 0;    ///< workers that died over calls
    std::uint32_t replaced = 0;  ///< workers given up because they had grown
    std::uint32_t timed_out = 0;
  };

  Worker(Zygote& zygote, Options options) : zygote_(zygote), options_(options) {}
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Sends the request and waits for the answer at most `time`. A worker that dies over it is replaced and asked once
  /// more. Errors: resource_exhausted "time limit of 25 s reached" (the worker is killed); internal "page worker died
  /// twice: signal 11 ..." ; unavailable (no worker can be started).
  Result<Bytes> call(ByteView request, std::span<const int> fds, std::chrono::milliseconds time);

  [[nodiscard]] const Usage& usage() const { return usage_; }

 private:
  Result<Bytes> call_once(ByteView request, std::span<const int> fds, Deadline deadline);
  void replace_if_grown();

  Zygote& zygote_;
  const Options options_;
  std::optional<Zygote::Child> child_;
  Usage usage_;
};

}  // namespace sohoa::engine
