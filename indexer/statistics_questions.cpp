// Answers. A range of months is put together of the largest periods that fit (a year is one counter, not twelve).
// Drill-down goes month by month and unit by unit, and passes over every unit whose counter, which includes its
// sub-units, says that there is nothing: a page costs a few thousand gets at worst, whatever the number of dossiers.
#include <map>
#include <set>

#include "indexer/statistics.hpp"
#include "indexer/statistics_rows.hpp"
#include "pipeline/catalogue/catalogue_json.hpp"

namespace sohoa::indexer {
namespace {

constexpr int most_months = 1200;

Result<std::vector<std::string>> months_of(const StatisticsScope& scope) {
  const auto count = (scope.to - scope.from).count() + 1;
  if (!scope.from.ok() || !scope.to.ok() || count < 1 || count > most_months) {
    return Error{ErrorCode::invalid_input, "months " + iso_month(scope.from) + " to " + iso_month(scope.to) +
                                               ": is no range of 1 to 1200 months"};
  }
  if (!scope.procedure.value.empty() && !scope.officer.value.empty()) {
    return Error{ErrorCode::invalid_input, "procedure and officer cannot be asked for together"};
  }
  std::vector<std::string> months;
  for (auto month = scope.from; month <= scope.to; month += std::chrono::months(1)) months.push_back(iso_month(month));
  return months;
}

/// The fewest periods that make up the months: years, quarters, months.
std::vector<std::string> periods_of(const std::vector<std::string>& months) {
  std::vector<std::string> periods;
  for (std::size_t i = 0; i < months.size();) {
    const auto left = months.size() - i;
    const auto number = std::stoi(months[i].substr(5, 2));
    const bool year = number == 1 && left >= 12;
    const bool quarter = number % 3 == 1 && left >= 3;
    periods.push_back(year ? year_of(months[i]) : quarter ? quarter_of(months[i]) : months[i]);
    i += year ? 12 : quarter ? 3 : 1;
  }
  return periods;
}

std::string dimension_of(const StatisticsScope& scope) {
  if (!scope.procedure.value.empty()) return "p" + scope.procedure.value;
  if (!scope.officer.value.empty()) return "o" + scope.officer.value;
  return "";
}

/// The months that belong to one line of the breakdown, cut to the scope.
std::string line_of(const std::string& month, Breakdown by) {
  if (by == Breakdown::year) return year_of(month);
  return by == Breakdown::quarter ? quarter_of(month) : month;
}

bool is_listed(const DossierFacts& facts, const StatisticsScope& scope, const DossierFilter& filter) {
  if (!scope.procedure.value.empty() && facts.procedure != scope.procedure.value) return false;
  if (!scope.officer.value.empty() && facts.officer != scope.officer.value) return false;
  const auto tally = tally_of(facts);
  return tally[filter.has] > 0 && (!filter.has_not || tally[*filter.has_not] == 0);
}

/// Whether a counter leaves room for a dossier that the filter lists.
bool may_hold(const Tally& tally, const DossierFilter& filter) {
  if (tally[filter.has] == 0) return false;
  const bool both_count_dossiers = filter.has < Metric::components_not_digitized;
  return !filter.has_not || !both_count_dossiers || tally[filter.has] > tally[*filter.has_not] ||
         *filter.has_not >= Metric::components_not_digitized;
}

}  // namespace

Result<std::shared_ptr<const Catalogue>> Statistics::stored_catalogue() const {
  SOHOA_TRY(auto text, database().get(catalogue_key));
  if (!text) return std::make_shared<const Catalogue>();
  return read_.with([&](ReadCatalogue& read) -> Result<std::shared_ptr<const Catalogue>> {
    if (read.catalogue && read.text == *text) return read.catalogue;
    SOHOA_TRY(auto catalogue, catalogue::from_json(*text));
    read = {std::move(*text), std::make_shared<const Catalogue>(std::move(catalogue))};
    return read.catalogue;
  });
}

Result<Tally> Statistics::tally(const UnitCode& unit, const StatisticsScope& scope,
                                const std::string& dimension) const {
  SOHOA_TRY(const auto months, months_of(scope));
  Tally sum;
  for (const auto& period : periods_of(months)) {
    SOHOA_TRY(const auto bytes, database().get(tally_prefix(unit.value, period) + dimension));
    if (!bytes) continue;
    SOHOA_TRY(const auto row, unpacked<TallyRow>(*bytes));
    sum += row.tally;
  }
  return sum;
}

Result<std::vector<StatisticsLine>> Statistics::by_dimension(const StatisticsScope& scope, char dimension) const {
  SOHOA_TRY(const auto months, months_of(scope));
  std::map<std::string, Tally> sums;
  for (const auto& period : periods_of(months)) {
    const auto prefix = tally_prefix(scope.unit.value, period) + dimension;
    SOHOA_DO(database().scan(prefix, [&](std::string_view key, std::string_view value) -> Result<void> {
      SOHOA_TRY(const auto row, unpacked<TallyRow>(value));
      sums[std::string(key.substr(prefix.size()))] += row.tally;
      return {};
    }));
  }
  std::vector<StatisticsLine> lines;
  for (auto& [key, sum] : sums) lines.push_back({key, sum});
  return lines;
}

Result<std::vector<StatisticsLine>> Statistics::tallies(const StatisticsScope& scope, Breakdown by) const {
  SOHOA_TRY(const auto lock, reading());
  SOHOA_TRY(const auto months, months_of(scope));
  const auto dimension = dimension_of(scope);
  if (by == Breakdown::procedure || by == Breakdown::officer) {
    if (!dimension.empty()) {
      return Error{ErrorCode::invalid_input, "a breakdown by procedure or officer takes neither of them"};
    }
    return by_dimension(scope, by == Breakdown::procedure ? 'p' : 'o');
  }
  std::vector<StatisticsLine> lines;
  const auto add = [&](const std::string& key, const UnitCode& unit, const StatisticsScope& part) -> Result<void> {
    SOHOA_TRY(const auto sum, tally(unit, part, dimension));
    if (by == Breakdown::none || sum[Metric::received] > 0) lines.push_back({key, sum});
    return {};
  };
  if (by == Breakdown::none) {
    SOHOA_DO(add("", scope.unit, scope));
  } else if (by == Breakdown::unit) {
    SOHOA_TRY(const auto catalogue, stored_catalogue());
    const auto below = scope.unit.value.empty() ? catalogue->roots() : catalogue->children_of(scope.unit);
    for (const auto& unit : below) SOHOA_DO(add(unit.value, unit, scope));
  } else {
    for (std::size_t i = 0; i < months.size();) {
      auto part = scope;
      part.from = *month_of(std::string_view(months[i]));
      const auto line = line_of(months[i], by);
      for (; i < months.size() && line_of(months[i], by) == line; ++i) {
        part.to = *month_of(std::string_view(months[i]));
      }
      SOHOA_DO(add(line, scope.unit, part));
    }
  }
  return lines;
}

Result<Formalities> Statistics::formalities(const StatisticsScope& scope) const {
  SOHOA_TRY(const auto lock, reading());
  SOHOA_TRY(const auto procedures, by_dimension(scope, 'p'));
  Formalities counted;
  for (const auto& [key, sum] : procedures) {
    if (sum[Metric::received] > 0) ++counted.with_dossiers;
    if (sum[Metric::population_data] > 0) ++counted.with_population_data;
  }
  return counted;
}

Result<DossierPage> Statistics::dossiers(const StatisticsScope& scope, const DossierFilter& filter,
                                         const std::string& after, std::size_t limit) const {
  SOHOA_TRY(const auto lock, reading());
  SOHOA_TRY(const auto months, months_of(scope));
  SOHOA_TRY(const auto catalogue, stored_catalogue());
  const auto dimension = dimension_of(scope);
  DossierPage page;
  std::string last_key;
  bool reached = after.empty();  // the place where the page before ended

  /// One unit's own dossiers of a month; true once the page is full.
  const auto list = [&](const UnitCode& unit, const std::string& month) -> Result<bool> {
    const auto prefix = dossiers_prefix(unit.value, month);
    const bool resumes = !reached && after.starts_with(prefix);
    if (!reached && !resumes) return false;
    reached = true;
    constexpr std::size_t rows_at_once = 256;
    for (auto from = resumes ? after : std::string();;) {
      SOHOA_TRY(const auto rows, database().rows_after(prefix, from, rows_at_once));
      for (const auto& [key, value] : rows) {
        SOHOA_TRY(const auto facts, unpacked<DossierFacts>(value));
        if (!is_listed(facts, scope, filter)) continue;
        if (page.dossiers.size() == limit) {
          page.next = last_key;
          return true;
        }
        page.dossiers.push_back({key.substr(prefix.size())});
        last_key = key;
      }
      if (rows.size() < rows_at_once) return false;
      from = rows.back().key;
    }
  };

  std::map<UnitCode, std::vector<UnitCode>> children;
  for (const auto& unit : catalogue->units) children[unit.parent.value_or(UnitCode{})].push_back(unit.code);
  for (const auto& month : months) {
    std::vector<UnitCode> open{scope.unit};  // depth first, in the order of codes
    while (!open.empty()) {
      const auto unit = open.back();
      open.pop_back();
      SOHOA_TRY(const auto bytes, database().get(tally_prefix(unit.value, month) + dimension));
      if (!bytes && reached) continue;
      if (bytes) {
        SOHOA_TRY(const auto row, unpacked<TallyRow>(*bytes));
        if (!may_hold(row.tally, filter) && reached) continue;
      }
      SOHOA_TRY(const auto full, list(unit, month));
      if (full) return page;
      const auto& below = children[unit];
      open.insert(open.end(), below.rbegin(), below.rend());
    }
  }
  if (!reached) return Error{ErrorCode::invalid_input, "there is no such page"};
  return page;
}

Result<std::vector<OfficerWork>> Statistics::work(const StatisticsScope& scope) const {
  SOHOA_TRY(const auto lock, reading());
  SOHOA_TRY(const auto months, months_of(scope));
  SOHOA_TRY(const auto catalogue, stored_catalogue());
  const auto below = catalogue->subtree_of(scope.unit);
  const std::set<UnitCode> units(below.begin(), below.end());
  std::vector<OfficerWork> all;
  for (const auto& officer : catalogue->officers) {
    if (!scope.unit.value.empty() && !units.contains(officer.unit)) continue;
    if (!scope.officer.value.empty() && officer.id != scope.officer) continue;
    Work sum;
    SOHOA_DO(database().scan(work_prefix(officer.id.value),
                             [&](std::string_view key, std::string_view value) -> Result<void> {
                               const auto month = key.substr(key.size() - 7);
                               if (month < months.front() || month > months.back()) return {};
                               SOHOA_TRY(const auto row, unpacked<WorkRow>(value));
                               sum += row.work;
                               return {};
                             }));
    if (sum != Work{}) all.push_back({officer.id, sum});
  }
  return all;
}

}  // namespace sohoa::indexer
