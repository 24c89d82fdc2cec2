#pragma once

#include <cstdint>

namespace sohoa::ocr::lstm {

/// As Tesseract rounds: half away from 0, by an addition in single precision (which takes 0.49999997 up).
[[nodiscard]] inline std::int32_t rounded(float x) {
  // NOLINTNEXTLINE(bugprone-incorrect-roundings): incorrect as the oracle is
  return x >= 0 ? static_cast<std::int32_t>(x + 0.5F) : -static_cast<std::int32_t>(-x + 0.5F);
}

}  // namespace sohoa::ocr::lstm
