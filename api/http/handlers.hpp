#pragma once

#include "api/http/routes.hpp"
#include "pipeline/model/document.hpp"

namespace sohoa::http {

std::variant<Response, std::unique_ptr<BodyReceiver>> post_submission(const Context& context, const Request& request);
Response get_submission(const Context& context, const Request& request);
Response get_submission_events(const Context& context, const Request& request);

Response get_document(const Context& context, const Request& request);
Response send_representation(const Context& context, const Request& request, Representation representation);
template <Representation representation>
Response get_representation(const Context& context, const Request& request) {
  return send_representation(context, request, representation);
}

Response get_health(const Context& context, const Request& request);
Response get_metrics(const Context& context, const Request& request);

/// The {id} of the route, where it looks like one of ours: 32 lower-case hexadecimal digits.
[[nodiscard]] bool is_id(std::string_view text);
/// A JSON response that no cache keeps without asking.
[[nodiscard]] Response json_response(unsigned status, std::string body);
[[nodiscard]] Response refuse(const Request& request, const Error& error);

}  // namespace sohoa::http
