#include "api/http/conditions.hpp"
#include "api/http/file_response.hpp"
#include "api/http/handlers.hpp"
#include "api/http/query.hpp"
#include "api/http/views.hpp"
#include "api/service/duplicate_json.hpp"
#include "api/service/review_json.hpp"

namespace sohoa::http {
namespace {

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
  // A version never changes; whoever may see it may keep it. The newest one may be another tomorrow.
  const bool for_good = *version != api::Service::newest || representation == Representation::original;
  return send_file(request, *std::move(opened), for_good ? Keep::for_good : Keep::ask_again);
}

}  // namespace sohoa::http
