#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace sohoa::ocr::lstm {

/// The softmax outputs of one line: probabilities in [0, 1] by time step and class, a view.
struct OutputView {
  std::span<const float> values;
  std::int32_t steps = 0;
  std::int32_t classes = 0;
  std::int32_t stride = 0;  ///< floats from one step to the next; 0: `classes`

  [[nodiscard]] std::span<const float> step(std::int32_t t) const {
    return values.subspan(static_cast<std::size_t>(t) * row(), static_cast<std::size_t>(classes));
  }
  /// Whether `values` has all the steps.
  [[nodiscard]] bool is_whole() const {
    return steps >= 0 && classes >= 0 && row() >= static_cast<std::size_t>(classes) &&
           values.size() >= static_cast<std::size_t>(steps) * row();
  }

 private:
  [[nodiscard]] std::size_t row() const { return static_cast<std::size_t>(stride == 0 ? classes : stride); }
};

}  // namespace sohoa::ocr::lstm
