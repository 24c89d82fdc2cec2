#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/model/text.hpp"

namespace sohoa::ocr {

/// A text line as an engine found it: words from left to right on one baseline. Pixels of the page that was read.
struct FoundLine {
  TextLine line;
  double x_height = 0;     ///< pixels; 0 where the engine did not say
  std::int32_t block = 0;  ///< the engine's own block; lines of one block carry one number
};

/// A page as an engine found it, and what was seen on it beside text.
struct FoundPage {
  std::int32_t width = 0;
  std::int32_t height = 0;
  Dpi dpi;
  std::vector<FoundLine> lines;
  std::vector<PixelRect> horizontal_rules;  ///< ruled lines, longer than about 8 mm
  std::vector<PixelRect> vertical_rules;    ///< longer than about 5 mm
  std::vector<PixelRect> seals;
};

}  // namespace sohoa::ocr
