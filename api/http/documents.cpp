#include "api/http/conditions.hpp"
#include "api/http/handlers.hpp"
#include "api/http/header_value.hpp"
#include "api/http/problem.hpp"
#include "api/http/query.hpp"
#include "api/http/range.hpp"
#include "api/http/views.hpp"
#include "api/service/duplicate_json.hpp"
#include "api/service/review_json.hpp"

namespace sohoa::http {
namespace {

Error no_document(std::string_view id) {
  return {ErrorCode::not_found, "no document " + std::string(id.substr(0, 64))};
}

RangeChoice wanted_range(const Request& request, std::string_view etag, std::uint64_t size) {
  const auto range = request.headers.find("Range");
  const auto condition = request.headers.find("If-Range");
  // Range means something with GET alone (RFC 9110, 14.2).
  if (request.method != "GET" || !range || (condition && trimmed(*condition) != etag)) return WholeBody{};
  return choose_range(*range, size);
}

/// `version` of the query; the newest where it has none.
Result<std::uint32_t> wanted_version(const Request& request) {
  constexpr std::size_t most = 100'000;
  Query query(request);
  const auto version = query.number("version", api::Service::newest, 1, most);
  SOHOA_DO(query.end());
  return static_cast<std::uint32_t>(version);
}

}  // namespace

Response get_review(const Context& context, const Request& request) {
  const auto& id = request.parameters.front();
  if (!is_id(id)) return refuse(request, no_document(id));
  const auto review = context.service.review({id});
  if (!review) return refuse(request, review.error());
  return conditional_json(request, api::to_json(*review));
}

Response get_duplicates(const Context& context, const Request& request) {
  const auto& id = request.parameters.front();
  if (!is_id(id)) return refuse(request, no_document(id));
  const auto found = context.office.duplicates.duplicates({id});
  if (!found) return refuse(request, found.error());
  std::vector<std::string> all;
  for (const auto& one : *found) {
    auto view = api::to_json(one);
    view.update(api::differences_of(one.comparison));
    all.push_back(view.dump());
  }
  return conditional_json(request, list_json("duplicates", all));
}

Response post_revision(const Context& context, const Request& request, const std::string& body) {
  const auto& id = request.parameters.front();
  if (!is_id(id)) return refuse(request, no_document(id));
  const auto wanted = api::read_revision(body, {id});
  if (!wanted) return refuse(request, wanted.error());
  const auto receipt = context.service.revise(*wanted);
  if (!receipt) return refuse(request, receipt.error());
  auto response = json_response(201, api::to_json(*receipt));
  response.headers.set("Location", document_path({id}) + "?version=" + std::to_string(wanted->revision.version));
  return response;
}

Response get_document(const Context& context, const Request& request) {
  const auto& id = request.parameters.front();
  if (!is_id(id)) return refuse(request, no_document(id));
  const auto version = wanted_version(request);
  if (!version) return refuse(request, version.error());
  const auto record = context.service.document({id}, *version);
  if (!record) return refuse(request, record.error());
  return conditional_json(request, document_json(*record));
}

Response send_representation(const Context& context, const Request& request, Representation representation) {
  const auto& id = request.parameters.front();
  if (!is_id(id)) return refuse(request, no_document(id));
  const auto version = wanted_version(request);
  if (!version) return refuse(request, version.error());
  auto opened = context.service.open({id}, representation, *version);
  if (!opened) return refuse(request, opened.error());
  const auto size = opened->object.size;
  const auto etag = etag_of(opened->object.digest);

  Response response;
  response.headers.set("Content-Type", opened->media_type);
  response.headers.set("Content-Disposition", inline_disposition(opened->file_name));
  response.headers.set("ETag", etag);
  response.headers.set("Accept-Ranges", "bytes");
  // A version never changes; whoever may see it may keep it. The newest one may be another tomorrow.
  const bool for_good = *version != api::Service::newest || representation == Representation::original;
  response.headers.set("Cache-Control", for_good ? "private, max-age=31536000, immutable" : "private, no-cache");
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
  response.body = FileBody{std::move(opened->file), sent.offset, sent.size};
  return response;
}

}  // namespace sohoa::http
