#pragma once

#include <cstdint>

#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// A page and what was taken off it.
struct Despeckled {
  Raster page;
  std::int64_t specks = 0;  ///< 0: the page was left alone, its pixels are shared
};

/// Removes specks that are too small for dots, marks and stops, and only where samples of the page are plainly full of
/// them.
[[nodiscard]] Despeckled despeckle(const Raster& grey, Dpi dpi);

}  // namespace sohoa::imaging
