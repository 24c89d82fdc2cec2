#include "indexer/statistics_rows.hpp"

namespace sohoa::indexer {

void DossierFacts::set_filer(const std::string& slot, const std::string& by) {
  for (std::size_t i = 0; i + 1 < filers.size(); i += 2) {
    if (filers[i] != slot) continue;
    const auto at = filers.begin() + static_cast<std::ptrdiff_t>(i);
    filers.erase(at, at + 2);  // a paper that was cancelled is filed anew, maybe by the dossier's own officer
    break;
  }
  if (by == officer) return;
  filers.push_back(slot);
  filers.push_back(by);
}

std::string DossierFacts::filer(const std::string& slot) const {
  for (std::size_t i = 0; i + 1 < filers.size(); i += 2) {
    if (filers[i] == slot) return filers[i + 1];
  }
  return officer;
}

Tally tally_of(const DossierFacts& facts) {
  const auto one_if = [](bool holds) { return std::uint64_t{holds ? 1U : 0U}; };
  const bool has_component = facts.digitized + facts.reused > 0;
  const bool has_result = facts.results > 0;
  Tally tally;
  tally[Metric::received] = 1;
  tally[Metric::returns_document] = one_if(facts.returns_document);
  tally[Metric::with_result] = one_if(facts.returns_document && has_result);
  tally[Metric::fully_digitized] = one_if(has_component && (!facts.returns_document || has_result));
  tally[Metric::with_reuse] = one_if(facts.reused > 0);
  tally[Metric::synced] = one_if(facts.reused_from_portal > 0 || (facts.synced && has_result));
  tally[Metric::population_data] = one_if(facts.population_data);
  tally[Metric::settled] = one_if(facts.settled);
  tally[Metric::settled_without_result] = one_if(facts.settled && facts.returns_document && !has_result);
  tally[Metric::components_not_digitized] = facts.components - facts.digitized - facts.reused;
  tally[Metric::components_digitized] = facts.digitized;
  tally[Metric::components_reused] = facts.reused;
  tally[Metric::components_reused_from_portal] = facts.reused_from_portal;
  return tally;
}

}  // namespace sohoa::indexer
