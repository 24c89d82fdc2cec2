#pragma once

// Pages to look for codes on, drawn pixel by pixel.

#include <algorithm>
#include <cmath>
#include <vector>

#include "pipeline/model/raster.hpp"

namespace sohoa::barcodes {

inline constexpr double test_dpi = 200;

/// White A4 paper that can be drawn on.
class Paper {
 public:
  static constexpr std::int32_t width = 1654, height = 2339;

  void fill(const PixelRect& box, std::uint8_t grey = 0) {
    for (auto y = box.y; y < box.bottom(); ++y) {
      std::fill_n(pixels_.begin() + std::int64_t{y} * width + box.x, box.width, grey);
    }
  }
  [[nodiscard]] Raster raster() const { return {width, height, 1, pixels_}; }

 private:
  std::vector<std::uint8_t> pixels_ = std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height, 255);
};

enum class Edge { top, right, bottom, left };

/// Bars along the middle of an edge, from it inwards: 'n' 0.08 inch, 'w' 0.20 inch, times `scale`; 0.08 inch between.
inline void draw_patch(Paper& paper, Edge edge, const char* bars, double scale = 1, double length_inches = 2.5) {
  const auto pixels = [&](double inches) { return static_cast<std::int32_t>(std::lround(inches * test_dpi)); };
  const auto length = pixels(length_inches);
  auto inwards = pixels(0.25);
  for (const char* bar = bars; *bar != '\0'; ++bar) {
    const auto thick = pixels((*bar == 'w' ? 0.20 : 0.08) * scale);
    const auto x = (Paper::width - length) / 2, y = (Paper::height - length) / 2;
    if (edge == Edge::top) paper.fill({x, inwards, length, thick});
    if (edge == Edge::bottom) paper.fill({x, Paper::height - inwards - thick, length, thick});
    if (edge == Edge::left) paper.fill({inwards, y, thick, length});
    if (edge == Edge::right) paper.fill({Paper::width - inwards - thick, y, thick, length});
    inwards += thick + pixels(0.08 * scale);
  }
}

}  // namespace sohoa::barcodes
