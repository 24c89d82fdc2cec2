#include "api/http/request_head.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "api/http/target.hpp"
#include "pipeline/base/digest.hpp"

namespace sohoa::http {
namespace {

bool is_request_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
           c == '-';
  });
}

bool is_lower_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// "Sun, 22 Nov 2026 15:03:00 GMT" (RFC 9110, 5.6.7).
std::string http_date() {
  const auto now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  char text[40];
  std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return text;
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

void append_framing(std::string& head, const Response& response, const Framing& framing) {
  if (const auto* text = std::get_if<std::string>(&response.body)) {
    const bool never = response.status == 204 || response.status == 304;
    if (!never) append_field(head, "Content-Length", std::to_string(text->size()));
  } else if (const auto* file = std::get_if<FileBody>(&response.body)) {
    append_field(head, "Content-Length", std::to_string(file->size));
  } else if (framing.version == Version::http_1_1) {
    append_field(head, "Transfer-Encoding", "chunked");
  }
  if (framing.persistence == Persistence::close) {
    append_field(head, "Connection", "close");
  } else if (framing.version == Version::http_1_0) {
    append_field(head, "Connection", "keep-alive");
  }
}

}  // namespace

std::string new_request_id() {
  return to_hex(random_bytes(8));
}

std::string trace_id_in(std::string_view traceparent) {
  // 00-<32 hex>-<16 hex>-<2 hex>; later versions may add "-..." behind.
  if (traceparent.size() < 55 || traceparent[2] != '-' || traceparent[35] != '-' || traceparent[52] != '-') return "";
  const auto version = traceparent.substr(0, 2);
  const auto trace = traceparent.substr(3, 32);
  const auto parent = traceparent.substr(36, 16);
  if (!is_lower_hex(version) || !is_lower_hex(trace) || !is_lower_hex(parent) ||
      !is_lower_hex(traceparent.substr(53, 2)))
    return "";
  if (version == "ff" || (version == "00" && traceparent.size() != 55)) return "";
  if (traceparent.size() > 55 && traceparent[55] != '-') return "";
  const auto all_zero = [](std::string_view hex) { return hex.find_first_not_of('0') == std::string_view::npos; };
  return all_zero(trace) || all_zero(parent) ? "" : std::string(trace);
}

std::optional<Problem> complete(Request& request, std::string_view target, Version version) {
  const auto stated = request.headers.get("X-Request-Id");
  request.request_id = is_request_id(stated) ? std::string(stated) : new_request_id();
  request.trace_id = trace_id_in(request.headers.get("traceparent"));
  const auto& fields = request.headers.all();
  const auto hosts = std::count_if(fields.begin(), fields.end(),
                                   [](const auto& field) { return equal_ignoring_case(field.first, "Host"); });
  if (hosts > 1 || (hosts == 0 && version == Version::http_1_1)) return problem(400, "one Host header is needed");
  auto parsed = parse_target(target);
  if (!parsed) return problem_of(parsed.error());
  request.path = std::move(parsed->path);
  request.segments = std::move(parsed->segments);
  request.query = std::move(parsed->query);
  return std::nullopt;
}

std::string response_head(const Response& response, const Framing& framing, std::string_view request_id) {
  // The version is ours, not the request's (RFC 9110, 6.2).
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(reason_phrase(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers.all()) append_field(head, name, value);
  append_framing(head, response, framing);
  append_field(head, "Date", http_date());
  append_field(head, "X-Request-Id", request_id);
  // What comes from an archive may be anything: no browser shall run it, guess its type or show it in a foreign page.
  append_field(head, "X-Content-Type-Options", "nosniff");
  append_field(head, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'");
  append_field(head, "Cross-Origin-Resource-Policy", "same-origin");
  append_field(head, "Referrer-Policy", "no-referrer");
  return head + "\r\n";
}

std::string chunk(std::string_view data) {
  char size[24];
  std::snprintf(size, sizeof size, "%zx\r\n", data.size());
  return std::string(size).append(data).append("\r\n");
}

}  // namespace sohoa::http
