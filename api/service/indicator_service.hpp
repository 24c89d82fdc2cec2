#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/service/catalogue_service.hpp"
#include "pipeline/ports/following.hpp"
#include "pipeline/ports/statistics_index.hpp"

namespace sohoa::api {

/// One line of a report.
struct IndicatorLine {
  std::string key;
  std::string name;  ///< the catalogue's, "" where there is none
  Tally tally;
  std::vector<Indicator> indicators;
};

/// Which dossiers stand behind a number of an indicator.
enum class Behind : std::uint8_t { numerator, denominator, missing };
[[nodiscard]] std::optional<Behind> behind_of(std::string_view name);
[[nodiscard]] std::optional<Breakdown> breakdown_of(std::string_view name);

struct WorkLine {
  OfficerId officer;
  std::string name;
  Work work;
  [[nodiscard]] double pages_an_hour() const;  ///< 0 where no hour was worked
};

/// The indicators of Decision 766, live, and what stands behind them. Any thread.
class IndicatorService {
 public:
  IndicatorService(const StatisticsIndex& index, Following& following, const CatalogueService& catalogue)
      : index_(index), following_(following), catalogue_(catalogue) {}

  /// Errors: invalid_input (range, unknown unit).
  Result<std::vector<IndicatorLine>> report(const StatisticsScope& scope, Breakdown by);
  /// `what`: an indicator's code, then `behind` picks the dossiers; or a metric's name, then those that have it.
  /// A page's `next` is plain letters. Errors: invalid_input.
  Result<DossierPage> dossiers(const StatisticsScope& scope, const std::string& what, Behind behind,
                               const std::string& after, std::size_t limit);
  Result<std::vector<WorkLine>> work(const StatisticsScope& scope);

 private:
  Result<void> check(const StatisticsScope& scope, const Catalogue& catalogue) const;

  const StatisticsIndex& index_;
  Following& following_;
  const CatalogueService& catalogue_;
};

}  // namespace sohoa::api
