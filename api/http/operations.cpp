#include <algorithm>

#include "api/http/handlers.hpp"
#include "api/http/problem.hpp"
#include "api/http/views.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::http {

bool is_id(std::string_view text) {
  return text.size() == 32 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Error no_document(std::string_view id) {
  return {ErrorCode::not_found, "no document " + std::string(id.substr(0, 64))};
}

Response json_response(unsigned status, std::string body) {
  Response response;
  response.status = status;
  response.headers.set("Content-Type", "application/json");
  response.headers.set("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

Response refuse(const Request& request, const Error& error) {
  return to_response(problem_of(error), request.request_id);
}

std::string list_json(std::string_view name, const std::vector<std::string>& items) {
  std::string json = "{\"" + std::string(name) + "\":[";
  for (const auto& item : items) json += (&item == items.data() ? "" : ",") + item;
  return json + "]}";
}

std::string parameter(const Request& request, std::size_t index) {
  return text::nfc(request.parameters.at(index));
}

Response get_health(const Context& context, const Request&) {
  const auto health = context.service.health();
  return json_response(health.ok ? 200 : 503, health_json(health));
}

Response get_metrics(const Context& context, const Request&) {
  auto text = context.service.metrics();
  if (!text.empty() && text.back() != '\n') text.push_back('\n');
  Response response;
  response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.headers.set("Cache-Control", "no-store");
  response.body = text + context.metrics.text();
  return response;
}

}  // namespace sohoa::http
