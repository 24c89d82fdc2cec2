#pragma once

#include <vector>

#include "ocr/layout/text_run.hpp"

namespace sohoa::ocr::layout {

/// Parts lines that were chained across the narrow gutter between two columns. `size` is the type's, pixels.
[[nodiscard]] std::vector<TextRun> parted_at_gutters(std::vector<TextRun> lines, const std::vector<Component>& all,
                                                     const std::vector<PixelRect>& seals, double size);

}  // namespace sohoa::ocr::layout
