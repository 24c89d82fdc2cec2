#include "api/http/http_metrics.hpp"

#include <algorithm>
#include <cstdio>

namespace sohoa::http {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n");
  out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void single(std::string& out, std::string_view name, std::string_view type, std::string_view help,
            std::uint64_t value) {
  head(out, name, type, help);
  out.append(name).append(" ").append(std::to_string(value)).append("\n");
}

}  // namespace

void HttpMetrics::observe(std::string_view method, std::string_view route, unsigned status, double seconds) {
  const auto bucket =
      static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin());
  series_.with([&](Series& series) {
    ++series.requests[{std::string(method), std::string(route), status}];
    auto found = series.durations.find(route);
    if (found == series.durations.end()) found = series.durations.emplace(route, Histogram{}).first;
    auto& histogram = found->second;
    ++histogram.counts[bucket];
    histogram.sum += seconds;
    ++histogram.count;
  });
}

std::string HttpMetrics::text() const {
  const auto series = series_.with([](const Series& all) { return all; });
  std::string out;
  head(out, "http_requests_total", "counter", "Answered requests.");
  for (const auto& [key, count] : series.requests) {
    const auto& [method, route, status] = key;
    out += "http_requests_total{method=\"" + method + "\",route=\"" + route + "\",status=\"" + std::to_string(status) +
           "\"} " + std::to_string(count) + "\n";
  }
  head(out, "http_request_duration_seconds", "histogram", "From the request's header to the response's last byte.");
  for (const auto& [route, histogram] : series.durations) {
    const auto name = "http_request_duration_seconds_bucket{route=\"" + route + "\",le=\"";
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      below += histogram.counts[i];
      out += name + number(bounds[i]) + "\"} " + std::to_string(below) + "\n";
    }
    out += name + "+Inf\"} " + std::to_string(histogram.count) + "\n";
    out += "http_request_duration_seconds_sum{route=\"" + route + "\"} " + number(histogram.sum) + "\n";
    out += "http_request_duration_seconds_count{route=\"" + route + "\"} " + std::to_string(histogram.count) + "\n";
  }
  single(out, "http_open_connections", "gauge", "Connections that are open.", connections);
  single(out, "http_open_uploads", "gauge", "Submissions that are being received.", uploads);
  single(out, "http_received_bytes_total", "counter", "Bytes of request bodies.", received_bytes);
  single(out, "http_sent_bytes_total", "counter", "Bytes of response bodies.", sent_bytes);
  return out;
}

}  // namespace sohoa::http
