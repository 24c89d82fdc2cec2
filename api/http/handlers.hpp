#pragma once

#include "api/http/routes.hpp"
#include "pipeline/model/document.hpp"

namespace sohoa::http {

std::variant<Response, std::unique_ptr<BodyReceiver>> post_submission(const Context& context, const Request& request);
Response get_submission(const Context& context, const Request& request);
Response get_submission_events(const Context& context, const Request& request);

Response get_document(const Context& context, const Request& request);
Response get_duplicates(const Context& context, const Request& request);
Response get_review(const Context& context, const Request& request);
Response post_revision(const Context& context, const Request& request, const std::string& body);
Response send_representation(const Context& context, const Request& request, Representation representation);
Response get_issuances(const Context& context, const Request& request);
Response post_issuance(const Context& context, const Request& request, const std::string& body);
Response get_issued(const Context& context, const Request& request);
Response post_dossier_issuances(const Context& context, const Request& request, const std::string& body);
std::variant<Response, std::unique_ptr<BodyReceiver>> post_verify(const Context& context, const Request& request);
template <Representation representation>
Response get_representation(const Context& context, const Request& request) {
  return send_representation(context, request, representation);
}

Response get_catalogue(const Context& context, const Request& request);
std::variant<Response, std::unique_ptr<BodyReceiver>> put_catalogue(const Context& context, const Request& request);

Response post_dossiers(const Context& context, const Request& request, const std::string& body);
Response get_dossier(const Context& context, const Request& request);
Response get_offers(const Context& context, const Request& request);
Response put_component(const Context& context, const Request& request, const std::string& body);
Response post_result(const Context& context, const Request& request, const std::string& body);
Response put_status(const Context& context, const Request& request, const std::string& body);
Response get_portal_payload(const Context& context, const Request& request);
Response post_sync(const Context& context, const Request& request, const std::string& body);

Response get_papers(const Context& context, const Request& request);
Response post_cancellation(const Context& context, const Request& request, const std::string& body);
Response post_reuse(const Context& context, const Request& request, const std::string& body);

Response get_indicators(const Context& context, const Request& request);
Response get_dossiers_behind(const Context& context, const Request& request);
Response get_work(const Context& context, const Request& request);

Response get_health(const Context& context, const Request& request);
Response get_metrics(const Context& context, const Request& request);

/// The {id} of the route, where it looks like one of ours: 32 lower-case hexadecimal digits.
[[nodiscard]] bool is_id(std::string_view text);
[[nodiscard]] Error no_document(std::string_view id);
/// A JSON response that no cache keeps without asking.
[[nodiscard]] Response json_response(unsigned status, std::string body);
[[nodiscard]] Response refuse(const Request& request, const Error& error);
/// {"name": [...]} of JSON texts.
[[nodiscard]] std::string list_json(std::string_view name, const std::vector<std::string>& items);
/// The route's parameter number `index`, in NFC.
[[nodiscard]] std::string parameter(const Request& request, std::size_t index);

}  // namespace sohoa::http
