#pragma once

#include <vector>

#include "ocr/found_line.hpp"

namespace sohoa::ocr {

/// A run of words without a wide gap, and the row that it was cut from.
struct Piece {
  FoundLine found;
  std::size_t row = 0;
};

/// Joins lines that are one line of print: on one baseline, less than `gap` pixels apart.
[[nodiscard]] std::vector<FoundLine> joined_rows(std::vector<FoundLine> lines, double gap);

/// Cuts lines at gaps of at least 1.2 em, and where a vertical rule runs between two words. In headings of much larger
/// type than the ordinary one, whose em is `em` pixels, their own em counts.
[[nodiscard]] std::vector<Piece> cut_at_gaps(const std::vector<FoundLine>& lines, double em,
                                             const std::vector<PixelRect>& vertical_rules);

/// Undoes the cuts in lines of a paragraph that have blanks to be filled in ("ngày      tháng      năm 2025 của"): they
/// reach from margin to margin and follow or precede an uncut line that does so, too.
[[nodiscard]] std::vector<Piece> with_blanks_mended(std::vector<Piece> pieces, double em);

/// Undoes the cuts between pieces of one row.
[[nodiscard]] std::vector<FoundLine> mended(std::vector<Piece> pieces);

}  // namespace sohoa::ocr
