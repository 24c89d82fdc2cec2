#include "api/http/handlers.hpp"
#include "api/http/problem.hpp"
#include "api/http/submission_receiver.hpp"
#include "api/http/views.hpp"

namespace sohoa::http {

std::variant<Response, std::unique_ptr<BodyReceiver>> post_submission(const Context& context, const Request& request) {
  return receive_submission(context, request);
}

Response get_submission(const Context& context, const Request& request) {
  const auto& id = request.parameters.front();
  if (!is_id(id)) return refuse(request, {ErrorCode::not_found, "no submission " + id.substr(0, 64)});
  const auto submission = context.service.submission({id});
  if (!submission) return refuse(request, submission.error());
  return json_response(200, submission_json(*submission));
}

}  // namespace sohoa::http
