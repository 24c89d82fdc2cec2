#pragma once

#include <vector>

#include "pipeline/decode/page_probe.hpp"

namespace sohoa::decode {

enum class PageKind {
  blank,         ///< paints nothing that is seen
  scan,          ///< images are the paper; what lies over them is a stamp or a signature's look
  born_digital,  ///< its own text is what it says
  drawn,         ///< graphics, or text without meaning: drawn, then read as if scanned
};

struct PagePlan {
  PageKind kind = PageKind::blank;
  std::vector<std::size_t> base;     ///< scan: indexes of the images that are the paper, in painting order
  bool base_is_simple = false;       ///< each can be taken out and placed as it is, although perhaps askew
  std::vector<PageBox> overlays;     ///< scan: what is laid over, as few rectangles
  std::size_t text_before_base = 0;  ///< scan: glyphs that the paper hides
};

[[nodiscard]] PagePlan plan(const PageContents& contents);

}  // namespace sohoa::decode
