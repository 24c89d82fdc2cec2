#pragma once

#include <string>
#include <vector>

#include "pipeline/issue/revised_file.hpp"

namespace sohoa::issue {

/// A place on a page, points, from its lower left corner as it is shown.
struct PointRect {
  double x = 0, y = 0, width = 0, height = 0;
  [[nodiscard]] double right() const { return x + width; }
  [[nodiscard]] double top() const { return y + height; }
  bool operator==(const PointRect&) const = default;
};

/// Lines of type in a frame, or without one.
struct TextMark {
  PointRect place;
  std::vector<std::string> lines;  ///< UTF-8, from the top; shrunk together where they are too wide or too many
  double size = 7;                 ///< points, at most
  bool framed = false;
};

/// What is put on page 1 of an issued document (../shared/domain.md, section 3).
struct PageMarks {
  std::string qr_text;  ///< ISO/IEC 18004; "": none
  PointRect qr_place;
  std::vector<TextMark> texts;        ///< on the page itself
  std::vector<TextMark> appearances;  ///< of signatures; their places are those of the fields
};

/// Adds a revision with the marks, with their font embedded. Returns the appearances' form XObjects, in their order.
/// Errors: data_loss (the file), not_found (the font).
Result<std::vector<pdf::Ref>> add_marks(pdf::RevisedFile& file, const PageMarks& marks);

/// Width and height of page 1, points. Errors: data_loss.
struct PageExtent {
  double width = 0, height = 0;
};
Result<PageExtent> first_page_extent(const pdf::RevisedFile& file);

}  // namespace sohoa::issue
