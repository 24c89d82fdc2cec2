#pragma once

#include <optional>
#include <string>

#include "pipeline/model/codes.hpp"

namespace sohoa {

/// How long a paper may be used where it does not say so itself. [practice] (domain.md, section 2): data, not a
/// constant.
struct ValidityPeriod {
  int months = 0;  ///< 0: for ever
  bool operator==(const ValidityPeriod&) const = default;
};

/// A kind of paper, whoever issues it: what look-ups and grants name.
struct PaperKind {
  KindCode code;
  std::string name;
  std::optional<ValidityPeriod> validity;  ///< none: the rule set's default
  bool operator==(const PaperKind&) const = default;
};

}  // namespace sohoa
