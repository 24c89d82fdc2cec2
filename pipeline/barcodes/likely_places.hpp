#pragma once

#include <vector>

#include "pipeline/barcodes/bit_rows.hpp"

namespace sohoa::barcodes {

/// Where codes may stand on a page of one channel; overlapping places are one. Few pages without codes have any.
struct LikelyPlaces {
  std::vector<PixelRect> qr;     ///< around finder patterns
  std::vector<PixelRect> dense;  ///< as dense as bars or modules, and higher than a line of text
};
/// `rows`: of `page`, about 0.6 mm apart.
[[nodiscard]] LikelyPlaces likely_places(const Raster& page, const BitRows& rows, Dpi dpi);

}  // namespace sohoa::barcodes
