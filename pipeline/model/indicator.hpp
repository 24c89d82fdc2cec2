#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/date.hpp"
#include "pipeline/model/codes.hpp"

namespace sohoa {

using Month = std::chrono::year_month;
[[nodiscard]] Month month_of(Date date);
[[nodiscard]] std::optional<Month> month_of(std::string_view iso);  ///< "2025-07"
[[nodiscard]] std::string iso_month(Month month);

/// What is counted of the dossiers received in a period. The first eight count dossiers, the rest papers.
enum class Metric : std::uint8_t {
  received,
  returns_document,  ///< of procedures that return a document
  with_result,       ///< of those, with a result's file
  fully_digitized,   ///< with a component's file and, where a document is returned, a result's file
  with_reuse,        ///< with at least one component reused
  synced,            ///< with a component from the citizen's store at the portal, or a result link handed to it
  population_data,   ///< the applicant's data came from the population database
  settled,           ///< done or returned
  settled_without_result,
  components_not_digitized,
  components_digitized,
  components_reused,
  components_reused_from_portal,  ///< among components_reused
};
inline constexpr std::size_t metric_count = 13;
[[nodiscard]] std::string_view name_of(Metric metric);
[[nodiscard]] std::optional<Metric> metric_of(std::string_view name);

/// A number for each metric. Differences wrap around and add up all the same.
struct Tally {
  std::array<std::uint64_t, metric_count> counts{};

  [[nodiscard]] std::uint64_t operator[](Metric metric) const { return counts[static_cast<std::size_t>(metric)]; }
  std::uint64_t& operator[](Metric metric) { return counts[static_cast<std::size_t>(metric)]; }
  Tally& operator+=(const Tally& other);
  Tally& operator-=(const Tally& other);
  bool operator==(const Tally&) const = default;
};

/// An officer's work in a month, by the time of the journal entries.
struct Work {
  std::uint64_t papers = 0;
  std::uint64_t pages = 0;
  std::uint64_t errors = 0;  ///< warnings let pass, and papers cancelled later
  std::uint64_t hours = 0;   ///< clock hours in which at least one paper was filed
  Work& operator+=(const Work& other);
  bool operator==(const Work&) const = default;
};

/// One indicator of Decision 766, group "số hóa hồ sơ" [practice].
struct Indicator {
  std::string_view code;
  std::uint32_t points = 0;  ///< at most
  std::uint64_t numerator = 0;
  std::uint64_t denominator = 0;
  std::optional<std::uint32_t> percent_hundredths;  ///< 8000 is 80.00 %; nothing: N/A, the denominator is zero
  std::optional<std::uint32_t> score_hundredths;    ///< of points
};

/// The indicators of the group; ELECTRONIC_CERTIFIED_COPY is always N/A [open]. With `formalities`, how many procedures had dossiers and how many of them
/// used population data, that one too. The 80 % rule: at 80 % full points, below rate x points / 80 %.
struct Formalities {
  std::uint64_t with_dossiers = 0;
  std::uint64_t with_population_data = 0;
};
[[nodiscard]] std::vector<Indicator> indicators(const Tally& tally, const std::optional<Formalities>& formalities);

/// The metrics an indicator divides; nothing for one that dossiers don't decide.
struct Fraction {
  Metric numerator;
  Metric denominator;
};
[[nodiscard]] std::optional<Fraction> fraction_of(std::string_view indicator);

/// "66.67", "N/A".
[[nodiscard]] std::string two_decimals(const std::optional<std::uint32_t>& hundredths);

}  // namespace sohoa
