#pragma once

#include <vector>

#include "ocr/rows.hpp"

namespace sohoa::ocr {

/// Lines that belong together, in reading order.
using LineGroup = std::vector<FoundLine>;

/// Orders pieces: what stands above first; side by side the left column before the right one; tables row by row.
/// `em` is the ordinary type's, pixels.
[[nodiscard]] std::vector<LineGroup> ordered_columns(std::vector<Piece> pieces, double em,
                                                     const std::vector<PixelRect>& horizontal_rules);

}  // namespace sohoa::ocr
