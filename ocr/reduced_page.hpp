#pragma once

#include "ocr/handles.hpp"

namespace sohoa::ocr {

/// A page in black and white at about 150 dpi, for counting and for rules. `factor` is what its pixels measure in the
/// page's.
struct ReducedPage {
  PixHandle pix;
  double factor = 1;
};

/// `pix` is null where there is no memory.
[[nodiscard]] ReducedPage reduced_page(Pix& grey, double dpi);

}  // namespace sohoa::ocr
