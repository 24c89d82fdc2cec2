#pragma once

// Private to indexer/: the rows of `Statistics`, and their keys.

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "indexer/index_rows.hpp"
#include "pipeline/model/indicator.hpp"

namespace sohoa::indexer {

inline const std::string catalogue_key = "g";

/// What of a dossier counts.
struct DossierFacts {
  std::string unit, procedure, officer;
  std::string month;  ///< of reception, "2025-07"; "" where not known
  bool returns_document = false;
  bool population_data = false;
  bool settled = false;
  bool synced = false;
  std::uint32_t components = 0;
  std::uint32_t digitized = 0;
  std::uint32_t reused = 0;
  std::uint32_t reused_from_portal = 0;  ///< among reused
  std::uint32_t results = 0;             ///< that were not cancelled
  std::uint32_t results_ever = 0;
  std::vector<std::string> filers;  ///< slot, officer, slot, officer ...: papers that another officer filed

  void set_filer(const std::string& slot, const std::string& by);
  [[nodiscard]] std::string filer(const std::string& slot) const;
  static constexpr auto fields = [](auto& self) {
    return std::tie(self.unit, self.procedure, self.officer, self.month, self.returns_document, self.population_data,
                    self.settled, self.synced, self.components, self.digitized, self.reused, self.reused_from_portal,
                    self.results, self.results_ever, self.filers);
  };
};

/// What the dossier adds to the counters; "with a component file" counts those that are reused as well [practice].
[[nodiscard]] Tally tally_of(const DossierFacts& facts);

struct TallyRow {
  Tally tally;
  static constexpr auto fields = [](auto& self) {
    return std::apply([](auto&... count) { return std::tie(count...); }, self.tally.counts);
  };
};

struct WorkRow {
  Work work;
  static constexpr auto fields = [](auto& self) {
    return std::tie(self.work.papers, self.work.pages, self.work.errors, self.work.hours);
  };
};

[[nodiscard]] inline std::string work_prefix(const std::string& officer) {
  return "w" + officer + '\0';
}
[[nodiscard]] inline std::string dossiers_prefix(const std::string& unit, const std::string& month) {
  return "d" + unit + '\0' + (month.empty() ? "0000-00" : month);
}
[[nodiscard]] inline std::string dossier_key(const std::string& unit, const std::string& month,
                                             const std::string& code) {
  return dossiers_prefix(unit, month) + code;
}
[[nodiscard]] inline std::string tally_prefix(const std::string& unit, const std::string& period) {
  return "c" + unit + '\0' + period + '\0';
}

[[nodiscard]] inline std::string year_of(const std::string& month) {
  return month.substr(0, 4);
}
[[nodiscard]] inline std::string quarter_of(const std::string& month) {
  return year_of(month) + "-Q" + std::to_string((std::stoi(month.substr(5, 2)) + 2) / 3);
}
[[nodiscard]] inline std::array<std::string, 3> periods_of(const std::string& month) {
  return {month, quarter_of(month), year_of(month)};
}

}  // namespace sohoa::indexer
