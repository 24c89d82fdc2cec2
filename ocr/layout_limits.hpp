#pragma once

#include <cstdint>

namespace sohoa::ocr {

/// Counted at about 150 dpi. A page of text has 1,500 to 6,000 connected components and below 100 specks.
struct LayoutLimits {
  std::int32_t components = 20'000;  ///< larger than a speck; above: halftone, photographs, noise: the page is not read
  std::int32_t specks = 2'000;       ///< above: the page is read without them
};

}  // namespace sohoa::ocr
