#pragma once

#include "pipeline/base/units.hpp"
#include "pipeline/imaging/find_ring.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// `grey` for reading, with the strokes of a seal that is not in colour taken away where they cross text: its rims, but
/// not what crosses them. `near` is one of its rims, its centre right to 3 mm and its radius to 1.5, in
/// pixels of `grey`. Where no rim is found there,
/// and beside the seal, not a pixel changes; the pixels are shared where nothing is to be done.
[[nodiscard]] Raster without_black_seal(const Raster& grey, const Ring& near, Dpi dpi);

}  // namespace sohoa::imaging
