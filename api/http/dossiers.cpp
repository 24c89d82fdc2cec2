#include "api/http/conditions.hpp"
#include "api/http/handlers.hpp"
#include "api/http/problem.hpp"
#include "api/http/query.hpp"
#include "api/http/target.hpp"
#include "api/portal/payload.hpp"
#include "api/service/dossier_json.hpp"
#include "api/service/dossier_requests.hpp"

namespace sohoa::http {
namespace {

DossierCode code_of(const Request& request) {
  return {parameter(request, 0)};
}

Response filed(const Context& context, const Request& request, const Result<api::FilingRequest>& wanted,
               unsigned status) {
  if (!wanted) return refuse(request, wanted.error());
  const auto filing = context.office.dossiers.file(*wanted);
  if (!filing) return refuse(request, filing.error());
  if (filing->receipt) return json_response(status, api::to_json(*filing));
  return to_response(
      unprocessable("document " + wanted->document.value + ": the rules refuse it", api::to_json(filing->findings)),
      request.request_id);
}

Response recorded(const Context& context, const Request& request, const Result<DossierChange>& change,
                  unsigned status) {
  if (!change) return refuse(request, change.error());
  const auto receipt = context.office.dossiers.record(*change);
  if (!receipt) return refuse(request, receipt.error());
  return json_response(status, api::to_json(*receipt));
}

}  // namespace

Response post_dossiers(const Context& context, const Request& request, const std::string& body) {
  const auto wanted = api::read_receptions(body);
  if (!wanted) return refuse(request, wanted.error());
  if (wanted->empty()) return to_response(problem(400, "no dossier in the request"), request.request_id);
  const auto received = context.office.dossiers.receive(*wanted);
  if (!received) return refuse(request, received.error());
  std::vector<std::string> all;
  for (std::size_t i = 0; i < received->size(); ++i) {
    all.push_back(api::to_json((*received)[i], (*wanted)[i].reception.code));
  }
  auto response = json_response(201, list_json("dossiers", all));
  if (all.size() == 1) {
    response.headers.set("Location", "/api/v1/dossiers/" + percent_encoded(wanted->front().reception.code.value));
  }
  return response;
}

Response get_dossier(const Context& context, const Request& request) {
  const auto dossier = context.office.dossiers.dossier(code_of(request));
  if (!dossier) return refuse(request, dossier.error());
  return conditional_json(request, api::to_json(*dossier));
}

Response get_offers(const Context& context, const Request& request) {
  const auto offers = context.office.dossiers.offers(code_of(request));
  if (!offers) return refuse(request, offers.error());
  return json_response(200, api::to_json(*offers));
}

Response put_component(const Context& context, const Request& request, const std::string& body) {
  return filed(context, request, api::read_filing(body, code_of(request), {parameter(request, 1)}), 200);
}

Response post_result(const Context& context, const Request& request, const std::string& body) {
  return filed(context, request, api::read_filing(body, code_of(request), {}), 201);
}

Response put_status(const Context& context, const Request& request, const std::string& body) {
  return recorded(context, request, api::read_status(body, code_of(request)), 200);
}

Response post_cancellation(const Context& context, const Request& request, const std::string& body) {
  return recorded(context, request, api::read_cancellation(body), 201);
}

Response post_sync(const Context& context, const Request& request, const std::string& body) {
  return recorded(context, request, api::read_sync(body, code_of(request)), 201);
}

Response get_portal_payload(const Context& context, const Request& request) {
  Query query(request);
  const auto link_base = query.text("link_base");
  if (const auto good = query.end(); !good) return refuse(request, good.error());
  const auto dossier = context.office.dossiers.dossier(code_of(request));
  if (!dossier) return refuse(request, dossier.error());
  const auto catalogue = context.office.catalogue.current();
  if (!catalogue) return refuse(request, catalogue.error());
  return conditional_json(request, api::portal::message_for(*dossier, **catalogue, link_base).json);
}

}  // namespace sohoa::http
