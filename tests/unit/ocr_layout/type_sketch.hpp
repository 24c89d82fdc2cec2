#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::ocr {

/// A grey page for tests. Type is made of frames and bars with the proportions of a book face, whose ink is known to
/// the pixel:
///   n small letter   h with ascender   g with descender   N capital
///   m, M with a mark above   u small letter with a dot below   . , - stops and dash
///   ' ' word space   '_' three x-heights of white   '~' eight x-heights of white
class TypeSketch {
 public:
  TypeSketch(std::int32_t width, std::int32_t height)
      : width_(width),
        height_(height),
        pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 255) {}

  void fill(const PixelRect& box, std::uint8_t grey = 0) {
    const auto inside = intersection(box, {0, 0, width_, height_});
    for (auto y = inside.y; y < inside.bottom(); ++y) {
      for (auto x = inside.x; x < inside.right(); ++x) {
        pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)] = grey;
      }
    }
  }

  void ring(Point centre, double radius, double thickness) {
    for (std::int32_t y = 0; y < height_; ++y) {
      for (std::int32_t x = 0; x < width_; ++x) {
        if (std::abs(std::hypot(x - centre.x, y - centre.y) - radius) <= thickness / 2) fill({x, y, 1, 1});
      }
    }
  }

  /// Type with its baseline at `foot` (the first row below the letters), `x` pixels of x-height, rising or falling by
  /// `lean` pixels a pixel. Returns the box around its ink.
  PixelRect type(std::int32_t left, std::int32_t foot, std::int32_t x, std::string_view text, double lean = 0) {
    PixelRect ink;
    const auto bar = [&](const PixelRect& box) {
      fill(box);
      ink = united(ink, box);
    };
    const auto stroke = std::max(2, x / 6);
    const auto wide = x * 9 / 10;
    auto at = left;
    for (const char c : text) {
      const auto base = foot + static_cast<std::int32_t>(std::lround(lean * (at - left)));
      if (c == ' ' || c == '_' || c == '~') {
        at += c == ' ' ? x * 6 / 10 : c == '_' ? 3 * x : 8 * x;
        continue;
      }
      if (c == '.' || c == ',') {
        bar({at, base - stroke, stroke, c == '.' ? stroke : stroke + x * 3 / 10});
        at += 2 * stroke;
        continue;
      }
      if (c == '-') {
        bar({at, base - x / 2, x * 6 / 10, stroke});
        at += x * 8 / 10;
        continue;
      }
      const bool capital = c == 'N' || c == 'M';
      const auto top = base - (capital ? x * 3 / 2 : x);
      const auto end = c == 'g' ? base + x * 45 / 100 : base;
      bar({at, c == 'h' ? base - x * 3 / 2 : top, stroke, base - (c == 'h' ? base - x * 3 / 2 : top)});
      bar({at + wide - stroke, top, stroke, end - top});
      bar({at, top, wide, stroke});
      bar({at, base - stroke, wide, stroke});
      if (c == 'm' || c == 'M') bar({at + x / 5, top - x * 45 / 100, x / 2, x * 3 / 10});
      if (c == 'u') bar({at + x / 3, base + x * 15 / 100, stroke, stroke});
      at += wide + stroke;
    }
    return ink;
  }

  [[nodiscard]] Raster raster() const { return {width_, height_, 1, pixels_}; }

 private:
  std::int32_t width_;
  std::int32_t height_;
  std::vector<std::uint8_t> pixels_;
};

inline constexpr std::string_view sample_line = "Mnh nug hnmn umn ngh, nhm -nun Nmhu ngum mnn hnm nun gnh mnu.";

}  // namespace sohoa::ocr
