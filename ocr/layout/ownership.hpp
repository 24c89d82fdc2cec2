#pragma once

#include <vector>

#include "ocr/layout/text_run.hpp"

namespace sohoa::ocr::layout {

/// What a line's ink covers.
struct LineExtent {
  PixelRect box;
  double above = 0;  ///< pixels above the baseline; a leaning line's box is higher than above + below
  double below = 0;  ///< pixels below it
};

/// Gives every run of ink to a line, or to none (-1), and returns the lines' extents. Components that are no line's own
/// are parted between the lines whose bands they cross.
[[nodiscard]] std::vector<LineExtent> give_ink_to_lines(Components& found, const std::vector<TextRun>& lines);

}  // namespace sohoa::ocr::layout
