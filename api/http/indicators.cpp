#include "api/http/handlers.hpp"
#include "api/http/query.hpp"
#include "api/service/dossier_json.hpp"

namespace sohoa::http {
namespace {

StatisticsScope scope_in(Query& query) {
  if (query.text("from").empty()) query.wrong("from", "is missing");
  const auto from = query.month("from").value_or(Month{});
  const auto to = query.month("to").value_or(from);
  return {from, to, {query.text("unit")}, {query.text("procedure")}, {query.text("officer")}};
}

/// One of a few names, "" standing for the first of them.
template <typename E>
E named_in(Query& query, std::string_view name, std::optional<E> (*value_of)(std::string_view), E fallback) {
  const auto text = query.text(name);
  if (text.empty()) return fallback;
  const auto value = value_of(text);
  if (!value) query.wrong(name, "is unknown");
  return value.value_or(fallback);
}

template <typename Line>
Response lines_response(const Request& request, std::string_view name, const Result<std::vector<Line>>& lines) {
  if (!lines) return refuse(request, lines.error());
  std::vector<std::string> all;
  for (const auto& line : *lines) all.push_back(api::to_json(line));
  return json_response(200, list_json(name, all));
}

}  // namespace

Response get_indicators(const Context& context, const Request& request) {
  Query query(request);
  const auto scope = scope_in(query);
  const auto by = named_in(query, "by", api::breakdown_of, Breakdown::none);
  if (const auto good = query.end(); !good) return refuse(request, good.error());
  return lines_response(request, "lines", context.office.indicators.report(scope, by));
}

Response get_dossiers_behind(const Context& context, const Request& request) {
  constexpr std::size_t usual_page = 100;
  constexpr std::size_t largest_page = 10'000;
  Query query(request);
  const auto scope = scope_in(query);
  const auto behind = named_in(query, "behind", api::behind_of, api::Behind::numerator);
  const auto after = query.text("after");
  const auto limit = query.number("limit", usual_page, 1, largest_page);
  if (const auto good = query.end(); !good) return refuse(request, good.error());
  const auto page = context.office.indicators.dossiers(scope, parameter(request, 0), behind, after, limit);
  if (!page) return refuse(request, page.error());
  return json_response(200, api::to_json(*page));
}

Response get_work(const Context& context, const Request& request) {
  Query query(request);
  const auto scope = scope_in(query);
  if (const auto good = query.end(); !good) return refuse(request, good.error());
  return lines_response(request, "officers", context.office.indicators.work(scope));
}

}  // namespace sohoa::http
