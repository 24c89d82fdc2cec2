#pragma once

#include "pipeline/imaging/glyphs.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// The slope of text lines.
struct Skew {
  double degrees = 0;    ///< clockwise positive: lines run down to the right
  float confidence = 0;  ///< 0..1; act on 0.4 and above
  double peak = 0;       ///< how far the best angle stands out: 1 not at all, a page of text 2 to 10
};

enum class Axis : std::uint8_t { horizontal, vertical };

/// From the letters' lower and upper edges (left and right ones for vertical lines). Range +-16 degrees, accuracy about
/// 0.05 degrees on a page of text.
[[nodiscard]] Skew skew_of_lines(const Glyphs& glyphs, Axis axis);

/// From rows of pixels (Leptonica), for pages of rules, tables and drawings, where letters are too few.
/// Range +-16 degrees, accuracy about 0.1 degrees.
[[nodiscard]] Skew skew_of_pixels(const Raster& grey);

}  // namespace sohoa::imaging
