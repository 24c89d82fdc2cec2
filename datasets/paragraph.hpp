#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/typeset.hpp"

namespace sohoa::datasets {

/// A stretch of text in one style.
struct Run {
  std::string text;
  TextStyle style;
};

enum class Alignment : std::uint8_t { left, centered, justified };

struct Measure {
  double left = 0;
  double width = 0;
  double first_indent = 0;
  Alignment alignment = Alignment::left;
};

/// Breaks runs into lines, greedily as word processors do, at spaces only; baselines are left 0. A word wider than the
/// measure gets a line of its own.
[[nodiscard]] std::vector<PlacedLine> break_lines(const std::vector<Run>& runs, const Measure& measure,
                                                  const FontBook& fonts);

/// The same number of lines as break_lines gives, made about equally long, as typists break centered titles.
[[nodiscard]] std::vector<PlacedLine> break_balanced(const std::vector<Run>& runs, Measure measure,
                                                     const FontBook& fonts);

/// Moves the line's words so that they stand centered around `center`.
void center_around(PlacedLine& line, double center, const FontBook& fonts);
[[nodiscard]] double right_end(const PlacedWord& word, const FontBook& fonts);

}  // namespace sohoa::datasets
