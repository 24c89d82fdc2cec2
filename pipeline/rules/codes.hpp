#pragma once

#include <string>

#include "pipeline/model/dossier.hpp"

namespace sohoa::rules {

/// Whether the code has one of the forms that the rules take. Any thread; the patterns are compiled once.
[[nodiscard]] bool is_dossier_code(const RuleSet& rules, const DossierCode& code);

/// The rule set's template with all but "{NN}" filled in, which the registry counts. Blanks become "-"; an owner
/// without an identifier leaves the part empty [law]. Circular 01/2023, art. 10 [open].
[[nodiscard]] PaperCode paper_code(const RuleSet& rules, const PaperDetails& paper);

/// The template of a result's code with all but "{n}" filled in. Decree 45/2020, art. 14(3) [law].
[[nodiscard]] PaperCode result_code(const RuleSet& rules, const DossierCode& dossier);

/// Whether an owner's identifier can be one: a person's has 12 digits (or 9, the old card's), an organisation's is a
/// tax code with its check digit, 10 digits and maybe "-NNN". domain.md, section 6.
[[nodiscard]] bool is_owner_id(OwnerKind kind, const OwnerId& id);

}  // namespace sohoa::rules
