#pragma once

#include "pipeline/model/quality.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::decode {

/// What the pixels show, whatever their form: colour counts where more than 2 pixels in 100,000 differ by over 28
/// between channels (less is a sensor's or JPEG's noise), bilevel where 99.5 % of the samples lie within 16 of black or
/// white.
[[nodiscard]] ColourKind colour_of(const Raster& raster);

/// One channel where `kind` is not colour, else the raster itself.
[[nodiscard]] Raster without_needless_channels(const Raster& raster, ColourKind kind);

}  // namespace sohoa::decode
