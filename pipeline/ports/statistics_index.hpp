#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/model/indicator.hpp"

namespace sohoa {

/// Which dossiers are counted: received in the months from..to, both included.
struct StatisticsScope {
  Month from{};
  Month to{};
  UnitCode unit;            ///< with its sub-units; "": all units
  ProcedureCode procedure;  ///< "": all
  OfficerId officer;        ///< who received them; "": all. Not together with `procedure`.
};

enum class Breakdown : std::uint8_t { none, month, quarter, year, unit, procedure, officer };

struct StatisticsLine {
  std::string key;  ///< "2025-07", "2025-Q3", "2025", a unit's, procedure's or officer's code; "" for Breakdown::none
  Tally tally;
};

/// Which of the counted dossiers are listed.
struct DossierFilter {
  Metric has = Metric::received;  ///< a number above zero of this
  std::optional<Metric> has_not;  ///< and none of this
};

/// One page of dossiers, by month, unit and code.
struct DossierPage {
  std::vector<DossierCode> dossiers;
  std::string next;  ///< asks for what follows; "" at the end
};

struct OfficerWork {
  OfficerId officer;
  Work work;
};

/// Counters of dossiers and of officers' work. Follows the journal. Any thread.
class StatisticsIndex {
 public:
  virtual ~StatisticsIndex() = default;
  /// Lines in the order of their keys; those without a dossier are left out.
  /// Errors: invalid_input (from after to, more than 1,200 months, procedure and officer together, no such page).
  [[nodiscard]] virtual Result<std::vector<StatisticsLine>> tallies(const StatisticsScope& scope,
                                                                    Breakdown by) const = 0;
  [[nodiscard]] virtual Result<Formalities> formalities(const StatisticsScope& scope) const = 0;
  /// At most `limit` dossiers, after the page that gave `after` ("": the first).
  [[nodiscard]] virtual Result<DossierPage> dossiers(const StatisticsScope& scope, const DossierFilter& filter,
                                                     const std::string& after, std::size_t limit) const = 0;
  /// What the officers of the unit and its sub-units (by the catalogue in force) did in these months.
  [[nodiscard]] virtual Result<std::vector<OfficerWork>> work(const StatisticsScope& scope) const = 0;
};

}  // namespace sohoa
