#pragma once

#include <vector>

#include "ocr/layout/text_run.hpp"

namespace sohoa::ocr::layout {

/// Gives marks, dots, stops, dashes and leaders to the lines that they belong to; returns those that no line takes.
[[nodiscard]] std::vector<std::int32_t> attach_small(const std::vector<Component>& all, std::vector<std::int32_t> small,
                                                     std::vector<TextRun>& runs);

}  // namespace sohoa::ocr::layout
