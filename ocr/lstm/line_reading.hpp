#pragma once

#include <span>

#include "ocr/lstm/decoded_line.hpp"
#include "ocr/lstm/trace.hpp"
#include "ocr/lstm/unicharset.hpp"

namespace sohoa::ocr::lstm {

/// Characters and words along the best path of a line, one point a step.
[[nodiscard]] DecodedLine read_path(std::span<const Trace::Point> path, const Unicharset& unicharset);

}  // namespace sohoa::ocr::lstm
