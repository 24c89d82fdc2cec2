#include "api/http/handlers.hpp"
#include "api/http/query.hpp"
#include "api/service/dossier_json.hpp"
#include "api/service/dossier_requests.hpp"

namespace sohoa::http {

Response get_papers(const Context& context, const Request& request) {
  Query query(request);
  api::LookupRequest wanted;
  wanted.query.owner = {query.required_text("owner")};
  if (auto kind = query.text("kind"); !kind.empty()) wanted.query.kind = KindCode{std::move(kind)};
  wanted.query.issued = query.date("issued");
  wanted.on = query.date("on").value_or(date_of(now()));
  if (auto service = query.text("service"); !service.empty()) wanted.service = ServiceId{std::move(service)};
  if (const auto good = query.end(); !good) return refuse(request, good.error());
  const auto papers = context.office.dossiers.look_up(wanted);
  if (!papers) return refuse(request, papers.error());
  std::vector<std::string> all;
  for (const auto& paper : *papers) all.push_back(api::to_json(paper));
  return json_response(200, list_json("papers", all));
}

Response post_reuse(const Context& context, const Request& request, const std::string& body) {
  const auto wanted = api::read_reuse(body);
  if (!wanted) return refuse(request, wanted.error());
  const auto receipt = context.office.dossiers.reuse(*wanted);
  if (!receipt) return refuse(request, receipt.error());
  return json_response(201, api::to_json(*receipt));
}

}  // namespace sohoa::http
