#pragma once

#include "ocr/handles.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::ocr {

/// A page in black and white at about 150 dpi, for counting and for rules. `factor` is what its pixels measure in the
/// page's.
struct ReducedPage {
  PixHandle pix;
  double factor = 1;
};

/// The raster as an 8-bit Pix; null where there is no memory. `raster` has one channel.
[[nodiscard]] PixHandle grey_pix(const Raster& raster);

/// `pix` is null where there is no memory.
[[nodiscard]] ReducedPage reduced_page(Pix& grey, double dpi);

}  // namespace sohoa::ocr
