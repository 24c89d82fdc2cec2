#pragma once

#include <vector>

#include "ocr/layout/text_run.hpp"

namespace sohoa::ocr::layout {

/// Fits baseline, extent and x-height to the run's letters and sorts them. `size` is the type's on the page, pixels;
/// `lean` the slope of lines that are too short to tell.
void fit(TextRun& run, const std::vector<Component>& all, double size, double lean);

/// The slope of most lines, pixels down a pixel to the right; 0 where no run is long enough to tell.
[[nodiscard]] double page_lean(const std::vector<TextRun>& runs, const std::vector<Component>& all, double size);

}  // namespace sohoa::ocr::layout
