#pragma once

#include <vector>

#include "pipeline/model/raster.hpp"

namespace sohoa::barcodes {

/// Patch-T codes on a page of one channel, near any of its edges; boxes in its pixels.
[[nodiscard]] std::vector<PixelRect> find_patch_t(const Raster& grey, Dpi dpi);

}  // namespace sohoa::barcodes
