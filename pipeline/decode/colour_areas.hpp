#pragma once

#include <vector>

#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::decode {

/// The parts of an RGB page that have colour, as few rectangles on a grid of 32 pixels. Empty: all is grey.
[[nodiscard]] std::vector<PixelRect> colour_areas(const Raster& page);

}  // namespace sohoa::decode
