#pragma once

#include <vector>

#include "ocr/reduced_page.hpp"
#include "pipeline/base/units.hpp"

namespace sohoa::ocr {

/// Ruled lines of a page: frames of stamps and tables, underlines. Boxes in the page's own pixels.
struct PageRules {
  std::vector<PixelRect> horizontal;  ///< at least 8 mm long, at most 1.5 mm thick
  std::vector<PixelRect> vertical;    ///< at least 6 mm long: letters are lower
};

/// `dpi` is the page's, before it was reduced. Empty where there is no memory.
[[nodiscard]] PageRules find_rules(const ReducedPage& page, double dpi);

}  // namespace sohoa::ocr
