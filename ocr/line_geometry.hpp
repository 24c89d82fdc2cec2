#pragma once

#include <cstddef>
#include <vector>

#include "ocr/found_line.hpp"

namespace sohoa::ocr {

inline constexpr double em_of_x_height = 2.1;  ///< in serif book faces

/// The width of an em in the ordinary type of `lines`, pixels. Never below 5.
[[nodiscard]] double ordinary_em(const std::vector<FoundLine>& lines, Dpi dpi);
[[nodiscard]] inline double page_em(const FoundPage& page) {
  return ordinary_em(page.lines, page.dpi);
}

/// A line's baseline at x, on the straight line through its ends.
[[nodiscard]] double baseline_at(const TextLine& line, double x);

/// Words [first, last) of a line as a line of their own.
[[nodiscard]] FoundLine part_of(const FoundLine& found, std::size_t first, std::size_t last);

/// Both lines as one, words from left to right.
[[nodiscard]] FoundLine joined(const FoundLine& a, const FoundLine& b);

/// Shared height over the smaller height, 0..1.
[[nodiscard]] double vertical_overlap(const PixelRect& a, const PixelRect& b);

[[nodiscard]] PixelRect box_around(const std::vector<FoundLine>& lines);

/// Lines row by row from the top; lines that stand beside each other from left to right.
[[nodiscard]] std::vector<FoundLine> by_rows(std::vector<FoundLine> lines);

}  // namespace sohoa::ocr
