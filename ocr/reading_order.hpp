#pragma once

#include <vector>

#include "ocr/found_line.hpp"
#include "pipeline/model/text.hpp"

namespace sohoa::ocr {

/// Turns an engine's lines into blocks in the order in which a person reads them: a two-column head or foot left block
/// before right block, text columns one after another, tables row by row. Stamps and electronic signatures' texts get
/// their role and come last, a page number comes first or last; what was read from seals, signatures and specks is left
/// out. Pure; any order of `page.lines` gives the same blocks. Boxes as in `page`.
[[nodiscard]] std::vector<Block> in_reading_order(FoundPage page);

}  // namespace sohoa::ocr
