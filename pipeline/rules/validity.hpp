#pragma once

#include <optional>
#include <string>

#include "pipeline/model/catalogue.hpp"
#include "pipeline/model/paper.hpp"

namespace sohoa::rules {

/// Whether a paper may be used on a day, and if not why not.
struct Validity {
  bool valid = false;
  std::optional<Date> until;  ///< the last day; none: for ever
  std::string vietnamese;     ///< a sentence
  std::string english;
};

/// What the paper states counts; else its kind's period, else the rule set's, from the day of issue or, where that is
/// not known, from the day it was filed. [practice] (domain.md, section 2). Pure, any thread.
[[nodiscard]] Validity validity_of(const PaperDetails& paper, Date filed, const PaperKind* kind, const RuleSet& rules,
                                   Date on);

}  // namespace sohoa::rules
