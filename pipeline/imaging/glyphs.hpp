#pragma once

#include <vector>

#include "pipeline/imaging/pieces.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

using Glyph = Piece;

/// What stands on a page, as connected pieces.
struct Glyphs {
  std::vector<Glyph> all;    ///< everything of 2 pixels or more
  double letter_height = 0;  ///< the usual height of a letter; 0 where there are none
  std::int32_t width = 0;    ///< of the raster
  std::int32_t height = 0;
  int level = 0;  ///< of grey: what is no brighter is ink

  /// Those that may be letters by their size: 0.6 to 2.2 times the usual height, no wider than 4 heights.
  [[nodiscard]] std::vector<Glyph> letters() const;
};

/// `grey` is reduced to 100-150 dpi, black on white. At most 60,000 pieces are kept, the largest first (a page of dense
/// text has 5,000).
[[nodiscard]] Glyphs find_glyphs(const Raster& grey);

}  // namespace sohoa::imaging
