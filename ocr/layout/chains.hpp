#pragma once

#include <vector>

#include "ocr/layout/text_run.hpp"

namespace sohoa::ocr::layout {

/// What letters are made into lines from.
struct LetterField {
  const BitPage& page;  ///< without rules
  const std::vector<Component>& all;
  const std::vector<PixelRect>& upright_rules;
  double size = 0;  ///< of the type, pixels
};

/// Chains letters to lines with baselines: neighbours first, then chains on one baseline up to `cut_gap_x` x-heights
/// apart, or further where the gap is full of ink. Letters that stand alone become lines of one letter.
[[nodiscard]] std::vector<TextRun> chained(const LetterField& field, std::vector<std::int32_t> letters);

/// Gaps of that many x-heights (2.4 em) are between columns.
inline constexpr double cut_gap_x = 5;

}  // namespace sohoa::ocr::layout
