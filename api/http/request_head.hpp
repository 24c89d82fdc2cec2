#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.hpp"
#include "api/http/problem.hpp"

namespace sohoa::http {

enum class Version { http_1_0, http_1_1 };
enum class Persistence { keep_alive, close };

/// Fills in what follows from `request`'s header fields and from `target`: path, segments, query, request id (the
/// client's X-Request-Id where it is 1 to 64 letters, digits, '.', '_', '-', else a new one) and trace id (W3C
/// traceparent). Gives a 400 for a broken target, and where HTTP/1.1 came without exactly one Host (RFC 9112, 3.2).
[[nodiscard]] std::optional<Problem> complete(Request& request, std::string_view target, Version version);

[[nodiscard]] std::string new_request_id();

/// The trace-id of a traceparent (W3C Trace Context, 2.2), "" where it is not valid.
[[nodiscard]] std::string trace_id_in(std::string_view traceparent);

struct Framing {
  Version version = Version::http_1_1;
  Persistence persistence = Persistence::keep_alive;
};
/// Status line and header fields up to the empty line: the response's own, then those that every response has.
[[nodiscard]] std::string response_head(const Response& response, const Framing& framing, std::string_view request_id);

/// `data` as one chunk of chunked coding; "" gives the last chunk.
[[nodiscard]] std::string chunk(std::string_view data);

}  // namespace sohoa::http
