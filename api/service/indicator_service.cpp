#include "api/service/indicator_service.hpp"

#include <algorithm>
#include <charconv>

#include "pipeline/base/digest.hpp"
#include "pipeline/model/named_values.hpp"

namespace sohoa::api {
namespace {

constexpr NamedValues<Breakdown, 7> breakdowns{{{{Breakdown::none, "none"},
                                                 {Breakdown::month, "month"},
                                                 {Breakdown::quarter, "quarter"},
                                                 {Breakdown::year, "year"},
                                                 {Breakdown::unit, "unit"},
                                                 {Breakdown::procedure, "procedure"},
                                                 {Breakdown::officer, "officer"}}}};
constexpr NamedValues<Behind, 3> sides{
    {{{Behind::numerator, "numerator"}, {Behind::denominator, "denominator"}, {Behind::missing, "missing"}}}};

std::string name_in(const Catalogue& catalogue, Breakdown by, const std::string& key) {
  if (by == Breakdown::unit) {
    const auto* unit = catalogue.unit({key});
    return unit ? unit->name : "";
  }
  if (by == Breakdown::procedure) {
    const auto* procedure = catalogue.procedure({key});
    return procedure ? procedure->name : "";
  }
  if (by == Breakdown::officer) {
    const auto* officer = catalogue.officer({key});
    return officer ? officer->name : "";
  }
  return "";
}

/// Of a page: the index's keys hold zero bytes, which neither a command line nor an address carries; so they go out as
/// hexadecimal digits.
std::optional<std::string> key_of(std::string_view cursor) {
  std::string key;
  for (std::size_t i = 0; i < cursor.size(); i += 2) {
    unsigned byte = 0;
    const auto* const end = cursor.data() + std::min(i + 2, cursor.size());
    if (std::from_chars(cursor.data() + i, end, byte, 16).ptr != cursor.data() + i + 2) return std::nullopt;
    key.push_back(static_cast<char>(byte));
  }
  return key;
}

}  // namespace

std::optional<Behind> behind_of(std::string_view name) {
  return sides.value(name);
}
std::optional<Breakdown> breakdown_of(std::string_view name) {
  return breakdowns.value(name);
}

double WorkLine::pages_an_hour() const {
  return work.hours == 0 ? 0 : static_cast<double>(work.pages) / static_cast<double>(work.hours);
}

Result<void> IndicatorService::check(const StatisticsScope& scope, const Catalogue& catalogue) const {
  if (scope.unit.value.empty() || catalogue.unit(scope.unit) != nullptr) return {};
  return Error{ErrorCode::invalid_input, "unit " + scope.unit.value + ": is not in the catalogue"};
}

Result<std::vector<IndicatorLine>> IndicatorService::report(const StatisticsScope& scope, Breakdown by) {
  SOHOA_TRY(const auto catalogue, catalogue_.current());
  SOHOA_DO(check(scope, *catalogue));
  SOHOA_TRY(const auto tallies, ask(following_, [&] { return index_.tallies(scope, by); }));
  std::vector<IndicatorLine> lines;
  for (const auto& [key, tally] : tallies) {
    std::optional<Formalities> formalities;
    if (by == Breakdown::none && scope.procedure.value.empty() && scope.officer.value.empty()) {
      SOHOA_TRY(formalities, index_.formalities(scope));
    }
    lines.push_back({key, name_in(*catalogue, by, key), tally, indicators(tally, formalities)});
  }
  return lines;
}

Result<DossierPage> IndicatorService::dossiers(const StatisticsScope& scope, const std::string& what, Behind behind,
                                               const std::string& after, std::size_t limit) {
  SOHOA_TRY(const auto catalogue, catalogue_.current());
  SOHOA_DO(check(scope, *catalogue));
  DossierFilter filter;
  if (const auto metric = metric_of(what)) {
    filter.has = *metric;
  } else if (const auto fraction = fraction_of(what)) {
    filter.has = behind == Behind::numerator ? fraction->numerator : fraction->denominator;
    if (behind == Behind::missing) filter.has_not = fraction->numerator;
  } else {
    return Error{ErrorCode::invalid_input, what + ": is neither an indicator of dossiers nor a counted number"};
  }
  const auto key = key_of(after);
  if (!key) return Error{ErrorCode::invalid_input, "there is no such page"};
  SOHOA_TRY(auto page, ask(following_, [&] { return index_.dossiers(scope, filter, *key, limit); }));
  page.next = to_hex(as_bytes(page.next));
  return page;
}

Result<std::vector<WorkLine>> IndicatorService::work(const StatisticsScope& scope) {
  SOHOA_TRY(const auto catalogue, catalogue_.current());
  SOHOA_DO(check(scope, *catalogue));
  SOHOA_TRY(const auto worked, ask(following_, [&] { return index_.work(scope); }));
  std::vector<WorkLine> lines;
  for (const auto& [officer, work] : worked) {
    lines.push_back({officer, name_in(*catalogue, Breakdown::officer, officer.value), work});
  }
  return lines;
}

}  // namespace sohoa::api
