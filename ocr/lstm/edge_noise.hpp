#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace sohoa::ocr::lstm {

/// What the models' convolution sees outside of a line image: pseudo-random values, the same for every line, drawn in
/// the order of the outputs (row by row) and of the inputs of each.
class EdgeNoise {
 public:
  explicit EdgeNoise(std::int32_t sample_iteration);

  /// The first `count` values, -127..127. Valid until the next call.
  [[nodiscard]] std::span<const std::int8_t> values(std::size_t count);

 private:
  std::minstd_rand random_;
  std::vector<std::int8_t> drawn_;
};

/// The inputs of the outputs at an image's edge, four stored values for each (the last is 0): above and below the image
/// for each x and dx, left and right of it for each y.
struct EdgeTaps {
  std::vector<std::int8_t> values;
  std::size_t top = 0;     ///< [width][3][4]
  std::size_t bottom = 0;  ///< [width][3][4]
  std::size_t left = 0;    ///< [height][4], of dx = -1
  std::size_t right = 0;   ///< [height][4], of dx = +1

  /// `pixels` is column by column.
  void fill(std::span<const std::int8_t> pixels, std::int32_t width, std::int32_t height, EdgeNoise& noise);
};

}  // namespace sohoa::ocr::lstm
