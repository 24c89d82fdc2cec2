#pragma once

#include <vector>

#include "ocr/found_line.hpp"

namespace sohoa::ocr {

/// Lines that do not belong to what the document says.
struct ApartLines {
  BlockRole role = BlockRole::stamp;
  std::vector<FoundLine> lines;
};

/// Takes the words of incoming stamps ("ĐẾN", "Số:", "Ngày:", "Chuyển:"), urgency and copy stamps, and the visible
/// texts of electronic signatures out of `page.lines`. `em` is the ordinary type's, pixels.
[[nodiscard]] std::vector<ApartLines> take_apart(FoundPage& page, double em);

/// Takes out the page's number, where it stands alone at the head or foot of the text.
struct PageNumberLine {
  FoundLine line;
  bool at_head = false;
};
[[nodiscard]] std::vector<PageNumberLine> take_page_numbers(FoundPage& page, double em);

}  // namespace sohoa::ocr
