#pragma once

#include <string>
#include <vector>

#include "ocr/fields/folded.hpp"
#include "pipeline/model/recognized_page.hpp"

namespace sohoa::fields {

// Rules measure in units: a page's width is page_units of them, whatever its resolution, so that on A4 a unit is a
// typographic point. Skew is undone first.

inline constexpr double page_units = 595;

/// A line, or the part of one that stands in a column.
struct Line {
  std::vector<Word> words;
  BlockRole role = BlockRole::body;
  std::size_t block = 0;  ///< its place among the page's blocks
  double left = 0;        ///< units from the page's left edge
  double right = 0;
  double y = 0;  ///< the baseline's middle, units from the top
  Folded folded;

  [[nodiscard]] double center() const { return (left + right) / 2; }
  [[nodiscard]] double width() const { return right - left; }
  [[nodiscard]] std::string text() const;       ///< the words with one blank between
  [[nodiscard]] std::string letters() const;    ///< letters_of the text
  [[nodiscard]] PixelRect box() const;          ///< around the words
  [[nodiscard]] float confidence() const;       ///< 0..1, of the least sure word
  [[nodiscard]] float mean_confidence() const;  ///< 0..1, words weighed by their length
  [[nodiscard]] bool in_capitals() const;       ///< of its letters at least four in five
};

/// One page as the rules see it.
struct PageView {
  PageNumber number;
  double height = 0;        ///< units
  std::vector<Line> lines;  ///< in reading order, those kept apart last

  /// Lines of the document itself whose baseline lies between two heights, from the top down.
  [[nodiscard]] std::vector<Line> body(double from, double to) const;
};
[[nodiscard]] PageView view_of(const RecognizedPage& page);

/// The words `first` to `last` (exclusive) as a line of their own. MUST NOT be empty.
[[nodiscard]] Line part_of(const Line& line, std::size_t first, std::size_t last);

struct Columns {
  std::vector<Line> left;
  std::vector<Line> right;
};
/// Each line's words by the side of `x` (units) on which their middle lies.
[[nodiscard]] Columns columns_at(const std::vector<Line>& lines, double x);

}  // namespace sohoa::fields
