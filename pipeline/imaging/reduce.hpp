#pragma once

#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// The page shrunk by a whole factor, every pixel the mean of factor x factor pixels (where the factor is even, of the
/// means of its halves: at most a level off); a rest at the right and bottom
/// that fills no block is dropped (at least one pixel is left). Factor 1 shares the pixels.
[[nodiscard]] Raster reduced(const Raster& page, int factor);

/// The page scaled down to `width` x `height`, every pixel the mean of the area that it covers.
[[nodiscard]] Raster shrunk(const Raster& page, std::int32_t width, std::int32_t height);

/// The smallest whole factor that brings the longer side to `longest` pixels or fewer.
[[nodiscard]] int factor_for(const Raster& page, std::int32_t longest);

}  // namespace sohoa::imaging
