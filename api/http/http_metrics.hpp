#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "pipeline/base/guarded.hpp"

namespace sohoa::http {

/// What the transport counts of itself. Any thread. Our own, as prometheus-cpp would bring libcurl for a page of code.
class HttpMetrics {
 public:
  /// `route` is the pattern ("/api/v1/documents/{id}"), never the path, so that the number of series is bounded.
  void observe(std::string_view method, std::string_view route, unsigned status, double seconds);

  std::atomic<std::uint64_t> connections{0};     ///< open now
  std::atomic<std::uint32_t> uploads{0};         ///< open now
  std::atomic<std::uint64_t> received_bytes{0};  ///< of request bodies
  std::atomic<std::uint64_t> sent_bytes{0};      ///< of response bodies

  /// Prometheus' text format, version 0.0.4.
  [[nodiscard]] std::string text() const;

  /// Upper bounds in seconds: metadata takes 1 ms, a page's PDF 10 ms, an upload seconds.
  static constexpr std::array<double, 12> bounds{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10};

 private:
  struct Histogram {
    std::array<std::uint64_t, bounds.size() + 1> counts{};  ///< the last one: above all bounds
    double sum = 0;
    std::uint64_t count = 0;
  };
  using Request = std::tuple<std::string, std::string, unsigned>;
  struct Series {
    std::map<Request, std::uint64_t> requests;
    std::map<std::string, Histogram, std::less<>> durations;
  };
  Guarded<Series> series_;
};

}  // namespace sohoa::http
