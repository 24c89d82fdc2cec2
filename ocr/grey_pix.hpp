#pragma once

#include "ocr/handles.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::ocr {

/// The raster as an 8-bit Pix; null where there is no memory. `raster` has one channel.
[[nodiscard]] PixHandle grey_pix(const Raster& raster);

/// An 8-bit Pix as a raster.
[[nodiscard]] Raster grey_raster(Pix& pix);

}  // namespace sohoa::ocr
