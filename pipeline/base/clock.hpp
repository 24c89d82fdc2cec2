#pragma once

#include <chrono>
#include <string>

namespace sohoa {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

[[nodiscard]] WallTime now();

/// "2026-11-22T22:15:03.120+07:00": ISO 8601 in Vietnam's time, which has no summer time.
[[nodiscard]] std::string iso8601(WallTime time);

/// CPU seconds that this process has used.
[[nodiscard]] double cpu_seconds();

/// Seconds since construction or the last lap, by the monotonic clock.
class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  double lap() {
    const double elapsed = seconds();
    start_ = std::chrono::steady_clock::now();
    return elapsed;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace sohoa
