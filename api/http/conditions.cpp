#include "api/http/conditions.hpp"

#include "api/http/handlers.hpp"
#include "api/http/problem.hpp"
#include "api/http/range.hpp"

namespace sohoa::http {

std::string etag_of(const Digest& digest) {
  return "\"" + digest.hex() + "\"";
}

/// RFC 9110, 13.2.2: If-Match before If-None-Match.
Precondition precondition(const Request& request, std::string_view etag) {
  const auto match = request.headers.find("If-Match");
  if (match && !names_etag(*match, etag, Comparison::strong)) return Precondition::failed;
  const auto none_match = request.headers.find("If-None-Match");
  if (none_match && names_etag(*none_match, etag, Comparison::weak)) return Precondition::not_modified;
  return Precondition::go_on;
}

Response not_modified(Response full) {
  full.status = 304;
  full.body = std::string();
  return full;
}

Response conditional_json(const Request& request, std::string body) {
  const auto etag = etag_of(sha256(as_bytes(body)));
  auto response = json_response(200, std::move(body));
  response.headers.set("ETag", etag);
  response.headers.set("Cache-Control", "private, no-cache");  // kept, but asked for again: changes may come
  switch (precondition(request, etag)) {
    case Precondition::failed: return to_response(problem(412, "it has another ETag by now"), request.request_id);
    case Precondition::not_modified: return not_modified(std::move(response));
    case Precondition::go_on: break;
  }
  return response;
}

}  // namespace sohoa::http
