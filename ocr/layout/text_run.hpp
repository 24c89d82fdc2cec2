#pragma once

#include <cstdint>
#include <vector>

#include "ocr/layout/components.hpp"

namespace sohoa::ocr::layout {

/// x-height over the height of capitals, in book faces.
inline constexpr double capitals_to_x = 0.68;

/// A text line in the making. Its baseline is y = slope x + offset.
struct TextRun {
  std::vector<std::int32_t> letters;  ///< components, by their left edges
  std::vector<std::int32_t> marks;    ///< what else belongs to it: marks, dots, stops, dashes
  double slope = 0;
  double offset = 0;
  double x_height = 0;
  bool capitals = false;  ///< all its letters are, and x_height is not theirs but their type's
  bool even = false;      ///< all its letters have one height, which x_height is: capitals on a page of capitals
  std::int32_t left = 0;
  std::int32_t right = 0;
  double fit = 0;  ///< share of its letters that stand on the baseline

  [[nodiscard]] double baseline(double x) const { return slope * x + offset; }
};

}  // namespace sohoa::ocr::layout
