#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// A connected piece of ink, corners included; pixels of the raster it was found on.
struct Piece {
  PixelRect box;
  std::int32_t area = 0;  ///< ink pixels
};

/// The pieces of `grey` that are no brighter than `level`, in the order of their topmost, leftmost pixel. `part` MUST
/// lie within the raster; pieces are cut at its edge.
[[nodiscard]] std::vector<Piece> dark_pieces(const Raster& grey, const PixelRect& part, int level);

}  // namespace sohoa::imaging
