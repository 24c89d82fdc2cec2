#pragma once

#include <vector>

#include "ocr/layout/bit_page.hpp"
#include "pipeline/base/units.hpp"

namespace sohoa::ocr::layout {

/// Ruled lines of a page, in its pixels.
struct Rules {
  std::vector<PixelRect> horizontal;  ///< at least 8 mm long, at most 1 mm thick
  std::vector<PixelRect> upright;     ///< at least 6 mm long: letters are lower
};

/// Finds ruled lines and takes them out of `page`; strokes that cross a rule stay whole.
[[nodiscard]] Rules take_rules(BitPage& page, Dpi dpi);

}  // namespace sohoa::ocr::layout
