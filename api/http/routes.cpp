#include "api/http/routes.hpp"

#include <algorithm>
#include <optional>

#include "api/http/handlers.hpp"
#include "api/http/json_receiver.hpp"

namespace sohoa::http {
namespace {

constexpr Route table[] = {
    {"POST", "/api/v1/submissions", post_submission},
    {"GET", "/api/v1/submissions/{id}", get_submission},
    {"GET", "/api/v1/submissions/{id}/events", get_submission_events},

    {"GET", "/api/v1/documents/{id}", get_document},
    {"GET", "/api/v1/documents/{id}/pdf", get_representation<Representation::pdf>},
    {"GET", "/api/v1/documents/{id}/text", get_representation<Representation::text>},
    {"GET", "/api/v1/documents/{id}/alto", get_representation<Representation::alto>},
    {"GET", "/api/v1/documents/{id}/json", get_representation<Representation::json>},
    {"GET", "/api/v1/documents/{id}/original", get_representation<Representation::original>},
    {"GET", "/api/v1/documents/{id}/duplicates", get_duplicates},
    {"GET", "/api/v1/documents/{id}/review", get_review},
    {"POST", "/api/v1/documents/{id}/revisions", with_json<post_revision>},
    {"GET", "/api/v1/documents/{id}/issuances", get_issuances},
    {"POST", "/api/v1/documents/{id}/issuances", with_json<post_issuance>, WaitsFor::others},
    {"GET", "/api/v1/documents/{id}/issued", get_issued},

    {"POST", "/api/v1/verify", post_verify, WaitsFor::others},

    {"GET", "/api/v1/catalogue", get_catalogue},
    {"PUT", "/api/v1/catalogue", put_catalogue},

    {"POST", "/api/v1/dossiers", with_json<post_dossiers>},
    {"GET", "/api/v1/dossiers/{code}", get_dossier},
    {"GET", "/api/v1/dossiers/{code}/offers", get_offers},
    {"PUT", "/api/v1/dossiers/{code}/components/{component}", with_json<put_component>},
    {"POST", "/api/v1/dossiers/{code}/results", with_json<post_result>},
    {"PUT", "/api/v1/dossiers/{code}/status", with_json<put_status>},
    {"GET", "/api/v1/dossiers/{code}/portal-payload", get_portal_payload},
    {"POST", "/api/v1/dossiers/{code}/syncs", with_json<post_sync>},
    {"POST", "/api/v1/dossiers/{code}/issuances", with_json<post_dossier_issuances>, WaitsFor::others},

    {"GET", "/api/v1/papers", get_papers},
    {"POST", "/api/v1/cancellations", with_json<post_cancellation>},
    {"POST", "/api/v1/reuses", with_json<post_reuse>},

    {"GET", "/api/v1/indicators", get_indicators},
    {"GET", "/api/v1/indicators/{indicator}/dossiers", get_dossiers_behind},
    {"GET", "/api/v1/work", get_work},

    {"GET", "/healthz", get_health},
    {"GET", "/metrics", get_metrics},
};

/// What the braces matched, or nothing where the path is another.
std::optional<std::vector<std::string>> parameters(std::string_view pattern, const std::vector<std::string>& segments) {
  std::vector<std::string> found;
  std::size_t used = 0;
  pattern.remove_prefix(1);
  while (true) {
    if (used == segments.size()) return std::nullopt;
    const auto end = std::min(pattern.find('/'), pattern.size());
    const auto piece = pattern.substr(0, end);
    const auto& segment = segments[used++];
    if (piece.starts_with('{')) {
      if (segment.empty()) return std::nullopt;
      found.push_back(segment);
    } else if (piece != segment) {
      return std::nullopt;
    }
    if (end == pattern.size()) break;
    pattern.remove_prefix(end + 1);
  }
  if (used != segments.size()) return std::nullopt;
  return found;
}

}  // namespace

std::span<const Route> routes() {
  return table;
}

Match match(std::span<const Route> all, std::string_view method, const std::vector<std::string>& segments) {
  const auto wanted = method == "HEAD" ? "GET" : method;
  Match result;
  for (const auto& route : all) {
    auto found = parameters(route.pattern, segments);
    if (!found) continue;
    result.pattern = route.pattern;
    if (route.method == wanted) {
      result.route = &route;
      result.parameters = *std::move(found);
      return result;
    }
    if (!result.allow.empty()) result.allow += ", ";
    result.allow += route.method;
    if (route.method == "GET") result.allow += ", HEAD";
  }
  return result;
}

}  // namespace sohoa::http
