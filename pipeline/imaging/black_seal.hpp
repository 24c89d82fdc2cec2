#pragma once

#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// `grey` for reading, with the strokes of a seal that is not in colour taken away where they cross text: its rims, but
/// not what crosses them. `near` is within 3 mm of the seal's centre, in pixels of `grey`. Where no rim is found there,
/// and beside the seal, not a pixel changes; the pixels are shared where nothing is to be done.
[[nodiscard]] Raster without_black_seal(const Raster& grey, const Point& near, Dpi dpi);

}  // namespace sohoa::imaging
