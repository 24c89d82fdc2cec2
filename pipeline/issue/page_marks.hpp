#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/issue/revised_file.hpp"
#include "pipeline/model/image_stream.hpp"

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

/// How a signature shows itself.
struct Appearance {
  TextMark text;           ///< its place is that of the field
  std::uint32_t page = 1;  ///< on which
  std::shared_ptr<const ImageStream>
      picture;  ///< a seal or a written signature, behind the lines; white is see-through
};

/// What is put on page 1 of an issued document (../shared/domain.md, section 3).
struct PageMarks {
  std::string qr_text;  ///< ISO/IEC 18004; "": none
  PointRect qr_place;
  std::vector<TextMark> texts;  ///< on the page itself
  std::vector<Appearance> appearances;
};

/// Adds a revision with the marks, with their font embedded. Returns the appearances' form XObjects, in their order.
/// Errors: data_loss (the file), not_found (the font).
Result<std::vector<pdf::Ref>> add_marks(pdf::RevisedFile& file, const PageMarks& marks);

/// Width and height of a page, points. Errors: data_loss.
struct PageExtent {
  double width = 0, height = 0;
};
Result<PageExtent> page_extent(const pdf::RevisedFile& file, std::uint32_t number);

}  // namespace sohoa::issue
