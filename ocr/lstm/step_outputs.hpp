#pragma once

#include <cstdint>
#include <vector>

#include "ocr/lstm/output_view.hpp"

namespace sohoa::ocr::lstm {

/// What a beam search needs of a step: the classes with the two largest probabilities, in either order, and the null
/// code's. Of equal ones those are taken that the oracle takes: the two that come last out of a heap of five.
struct StepOutputs {
  std::int32_t a = 0;
  std::int32_t b = 0;
  float a_probability = 0;
  float b_probability = 0;
  float null_probability = 0;

  [[nodiscard]] bool has(std::int32_t code) const { return code == a || code == b; }
};

/// Replaces `steps` by those of `outputs`; there must be at least two classes, and `null_code` must be one of them.
void reduce(const OutputView& outputs, std::int32_t null_code, std::vector<StepOutputs>& steps);

}  // namespace sohoa::ocr::lstm
