#include "ocr/lstm/edge_noise.hpp"

#include <cstddef>

namespace sohoa::ocr::lstm {

EdgeNoise::EdgeNoise(std::int32_t sample_iteration)
    : random_(static_cast<std::minstd_rand::result_type>(std::int64_t{sample_iteration} * 0x10000001)) {
  random_();  // the first number is close to its seed
}

std::span<const std::int8_t> EdgeNoise::values(std::size_t count) {
  while (drawn_.size() < count) {
    const double x = 127 * 2.0 * static_cast<double>(random_()) / 2147483647 - 127;
    drawn_.push_back(static_cast<std::int8_t>(x >= 0 ? static_cast<int>(x + 0.5) : -static_cast<int>(-x + 0.5)));
  }
  return std::span(drawn_).first(count);
}

void EdgeTaps::fill(std::span<const std::int8_t> pixels, std::int32_t width, std::int32_t height, EdgeNoise& noise) {
  const auto w = static_cast<std::size_t>(width);
  const auto h = static_cast<std::size_t>(height);
  top = 0;
  bottom = top + w * 12;
  left = bottom + w * 12;
  right = left + h * 4;
  values.assign(right + h * 4, 0);
  const auto drawn = noise.values(2 * 3 * w + 2 * 3 * h + 12);
  std::size_t next = 0;
  const auto pixel = [&](std::int32_t x, std::int32_t y) {
    return pixels[static_cast<std::size_t>(x) * h + static_cast<std::size_t>(y)];
  };

  for (std::int32_t y = 0; y < height; ++y) {
    const bool edge_row = y == 0 || y == height - 1;
    for (std::int32_t x = 0; x < width; x += edge_row || x == width - 1 ? 1 : width - 1) {
      for (std::int32_t dx = -1; dx <= 1; ++dx) {
        const bool outside = x + dx < 0 || x + dx >= width;
        if (!outside && !edge_row) continue;
        std::size_t to = 0;
        if (edge_row) {
          to = (y == 0 ? top : bottom) + (static_cast<std::size_t>(x) * 3 + static_cast<std::size_t>(dx + 1)) * 4;
        } else {
          to = (dx < 0 ? left : right) + static_cast<std::size_t>(y) * 4;
        }
        for (std::int32_t dy = -1; dy <= 1; ++dy, ++to) {
          const bool random = outside || y + dy < 0 || y + dy >= height;
          values[to] = random ? drawn[next++] : pixel(x + dx, y + dy);
        }
      }
    }
  }
}

}  // namespace sohoa::ocr::lstm
