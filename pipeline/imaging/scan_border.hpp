#pragma once

#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// What the scanner saw beside the paper.
struct ScanBorder {
  Raster mask;          ///< non-zero where it lies; empty where there is none, or where it is unsafe to say
  float page_part = 0;  ///< 0..1 of the page that it covers
};

/// Finds black margins and edge lines on a grey page reduced to 100-150 dpi. A page that would lose more than 60 % is
/// left alone.
[[nodiscard]] ScanBorder find_scan_border(const Raster& grey);

}  // namespace sohoa::imaging
