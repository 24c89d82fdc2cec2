#pragma once

#include <vector>

#include "ocr/layout/rules.hpp"
#include "ocr/layout/text_run.hpp"

namespace sohoa::ocr::layout {

/// The lines of a page, and how well its ink went into lines.
struct FoundRuns {
  std::vector<TextRun> runs;
  double size = 0;            ///< of the page's ordinary type: its x-height, pixels
  std::size_t letters = 0;    ///< components that may be letters by their size
  std::size_t regular = 0;    ///< of them, those in lines of at least four letters that stand on a baseline
  std::int64_t ink = 0;       ///< pixels, specks and rules left out
  std::int64_t text_ink = 0;  ///< of them, in such lines
};

/// `page` is without `rules`; `all` are its components.
[[nodiscard]] FoundRuns find_runs(const BitPage& page, const std::vector<Component>& all, const Rules& rules,
                                  const std::vector<PixelRect>& seals, Dpi dpi);

}  // namespace sohoa::ocr::layout
