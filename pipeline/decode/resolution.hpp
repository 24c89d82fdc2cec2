#pragma once

#include <cstdint>
#include <string>

namespace sohoa::decode {

/// A picture's resolution in both directions, and whether it had to be guessed.
struct Resolution {
  double x = 0;
  double y = 0;
  bool estimated = false;
  std::string reason;  ///< estimated: "none is stated", "72 dpi would make it 42 inches long" ...
};

/// Judges the stated resolution (0: none) of a picture that is `width` by `height` pixels, and estimates one from paper
/// sizes where it is missing or cannot be true.
[[nodiscard]] Resolution resolution_of(std::int32_t width, std::int32_t height, double stated_x, double stated_y);

}  // namespace sohoa::decode
