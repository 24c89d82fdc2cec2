#pragma once

#include "pipeline/model/quality.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::decode {

inline constexpr int channel_difference = 28;   ///< chroma noise of office scanners stays under 20 of 255
inline constexpr double coloured_share = 2e-5;  ///< of an A4 page: 1.2 mm2, a dot of a pen

/// What the pixels show, whatever their form: colour counts where more than 2 pixels in 100,000 differ by over 28
/// between channels (less is a sensor's or JPEG's noise), bilevel where 99.5 % of the samples lie within 16 of black or
/// white.
[[nodiscard]] ColourKind colour_of(const Raster& raster);

/// One channel where `kind` is not colour, else the raster itself.
[[nodiscard]] Raster without_needless_channels(const Raster& raster, ColourKind kind);

}  // namespace sohoa::decode
