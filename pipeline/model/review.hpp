#pragma once

#include "pipeline/model/text.hpp"

namespace sohoa {

/// Of the words above it, 99.5 in 100 and more are right on real scans (tests/bench/certainty.py); an officer is asked
/// about those below.
inline constexpr float sure_word = 0.98F;

[[nodiscard]] inline bool is_doubtful(const Word& word) {
  return word.certainty < sure_word;
}

}  // namespace sohoa
