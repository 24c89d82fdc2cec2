// Signed files of documents and of whole dossiers. Issuing is idempotent: the same order again answers 201 with the
// first record, as reuses and filings do.

#include "api/service/issuing_json.hpp"

#include "api/http/conditions.hpp"
#include "api/http/file_response.hpp"
#include "api/http/handlers.hpp"
#include "api/http/query.hpp"
#include "api/http/signing.hpp"
#include "api/http/views.hpp"

namespace sohoa::http {

Response get_issuances(const Context& context, const Request& request) {
  const auto& id = request.parameters.front();
  if (!is_id(id)) return refuse(request, no_document(id));
  const auto signing = signing_of(context);
  if (!signing) return refuse(request, signing.error());
  const auto issued = signing->issuing.issuances({id});
  if (!issued) return refuse(request, issued.error());
  std::vector<std::string> all;
  for (const auto& one : *issued) all.push_back(api::to_json(one));
  return conditional_json(request, list_json("issuances", all));
}

Response post_issuance(const Context& context, const Request& request, const std::string& body) {
  const auto& id = request.parameters.front();
  if (!is_id(id)) return refuse(request, no_document(id));
  const auto wanted = api::read_issue_request(body);
  if (!wanted) return refuse(request, wanted.error());
  const auto signing = signing_of(context);
  if (!signing) return refuse(request, signing.error());
  const auto record = signing->issuing.issue(DocumentId{id}, *wanted);
  if (!record) return refuse(request, record.error());
  auto response = json_response(201, api::to_json(*record));
  response.headers.set("Location", document_path({id}) + "/issued?number=" + std::to_string(record->issuance.number));
  return response;
}

Response get_issued(const Context& context, const Request& request) {
  constexpr std::size_t most = 100'000;
  const auto& id = request.parameters.front();
  if (!is_id(id)) return refuse(request, no_document(id));
  Query query(request);
  const auto number = query.number("number", 0, 1, most);
  if (const auto good = query.end(); !good) return refuse(request, good.error());
  const auto signing = signing_of(context);
  if (!signing) return refuse(request, signing.error());
  auto opened = signing->issuing.open({id}, static_cast<std::uint32_t>(number));
  if (!opened) return refuse(request, opened.error());
  return send_file(request, *std::move(opened), Keep::ask_again);  // a pending timestamp makes it another file
}

Response post_dossier_issuances(const Context& context, const Request& request, const std::string& body) {
  const auto wanted = api::read_issue_request(body);
  if (!wanted) return refuse(request, wanted.error());
  const auto signing = signing_of(context);
  if (!signing) return refuse(request, signing.error());
  const auto papers = signing->issuing.issue(DossierCode{parameter(request, 0)}, *wanted);
  if (!papers) return refuse(request, papers.error());
  std::vector<std::string> all;
  for (const auto& paper : *papers) all.push_back(api::to_json(paper));
  return json_response(200, list_json("issuances", all));
}

}  // namespace sohoa::http
