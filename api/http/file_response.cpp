#include "api/http/file_response.hpp"

#include "api/http/conditions.hpp"
#include "api/http/header_value.hpp"
#include "api/http/problem.hpp"
#include "api/http/range.hpp"

namespace sohoa::http {
namespace {

RangeChoice wanted_range(const Request& request, std::string_view etag, std::uint64_t size) {
  const auto range = request.headers.find("Range");
  const auto condition = request.headers.find("If-Range");
  // Range means something with GET alone (RFC 9110, 14.2).
  if (request.method != "GET" || !range || (condition && trimmed(*condition) != etag)) return WholeBody{};
  return choose_range(*range, size);
}

}  // namespace

Response send_file(const Request& request, api::OpenRepresentation opened, Keep keep) {
  const auto size = opened.object.size;
  const auto etag = etag_of(opened.object.digest);

  Response response;
  response.headers.set("Content-Type", opened.media_type);
  response.headers.set("Content-Disposition", inline_disposition(opened.file_name));
  response.headers.set("ETag", etag);
  response.headers.set("Accept-Ranges", "bytes");
  response.headers.set("Cache-Control",
                       keep == Keep::for_good ? "private, max-age=31536000, immutable" : "private, no-cache");
  switch (precondition(request, etag)) {
    case Precondition::failed: return to_response(problem(412, "the file has another ETag"), request.request_id);
    case Precondition::not_modified: return not_modified(std::move(response));
    case Precondition::go_on: break;
  }
  const auto choice = wanted_range(request, etag, size);
  if (std::holds_alternative<Unsatisfiable>(choice)) {
    auto refusal = to_response(problem(416, "the file has " + std::to_string(size) + " bytes"), request.request_id);
    refusal.headers.set("Content-Range", "bytes */" + std::to_string(size));
    return refusal;
  }
  ByteRange sent{0, size};
  if (const auto* part = std::get_if<ByteRange>(&choice)) {
    sent = *part;
    response.status = 206;
    response.headers.set("Content-Range", "bytes " + std::to_string(sent.offset) + "-" +
                                              std::to_string(sent.offset + sent.size - 1) + "/" + std::to_string(size));
  }
  response.body = FileBody{std::move(opened.file), sent.offset, sent.size};
  return response;
}

}  // namespace sohoa::http
