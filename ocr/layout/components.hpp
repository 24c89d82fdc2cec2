#pragma once

#include <cstdint>
#include <vector>

#include "ocr/layout/bit_page.hpp"
#include "pipeline/base/units.hpp"

namespace sohoa::ocr::layout {

/// Ink from `begin` to before `end` in one row.
struct InkRun {
  std::int32_t begin = 0;
  std::int32_t end = 0;
  std::int32_t owner = 0;  ///< the component; later the text line
};

/// A connected piece of ink (8 neighbours).
struct Component {
  PixelRect box;
  std::int32_t area = 0;  ///< ink pixels
};

struct Components {
  std::vector<Component> all;
  std::vector<InkRun> runs;             ///< row by row, from left to right; `owner` is an index into `all`
  std::vector<std::uint32_t> row_runs;  ///< runs of row y: [row_runs[y], row_runs[y + 1])
  bool complete = true;                 ///< false: more than `most_runs`; then nothing else is filled
};

/// Components in the order of their first pixel, row by row. A page of text at 300 dpi has 200,000 runs.
[[nodiscard]] Components find_components(const BitPage& page, std::size_t most_runs);

}  // namespace sohoa::ocr::layout
