#pragma once

#include <optional>
#include <vector>

#include "pipeline/model/dossier.hpp"
#include "pipeline/model/paper_facts.hpp"

namespace sohoa::rules {

/// Why the component is not digitized at all, if so: an error with the exemption's own sentence and law.
/// Decree 107/2021, art. 21a; Circular 03/2025 [law].
[[nodiscard]] std::optional<RuleFinding> exemption_of(const RuleSet& rules, const DossierComponent& component);

/// What the rules say about a document for the component: pages that failed, image count against page count (a page
/// with a sticky note has two images), resolution, colour, blank pages, order and gaps of printed page numbers, fields
/// that were read with doubt. Circular 01/2023, arts. 8 and 9 [law]. One finding a rule, with its pages; errors first.
/// Pure, any thread.
[[nodiscard]] std::vector<RuleFinding> judge(const RuleSet& rules, const DossierComponent& component,
                                             const PaperFacts& facts);

/// Whether a finding keeps the document out of the dossier.
[[nodiscard]] bool blocks(const std::vector<RuleFinding>& findings);

}  // namespace sohoa::rules
