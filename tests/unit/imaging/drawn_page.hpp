#pragma once

// Pages drawn for tests: shapes without anti-aliasing, and type made of blocks that have what Vietnamese type has:
// x-height, ascenders, fewer descenders, marks above, dots below.

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <numbers>
#include <vector>

#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

struct Ink {
  std::uint8_t r, g, b;
};
inline constexpr Ink black_ink{20, 20, 20}, red_ink{235, 30, 50}, pink_ink{255, 205, 220}, blue_ink{40, 60, 190},
    white_ink{255, 255, 255};

/// A colour page that can be drawn on.
class DrawnPage {
 public:
  DrawnPage(std::int32_t width, std::int32_t height, Ink paper = white_ink)
      : width_(width),
        height_(height),
        pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3) {
    fill({0, 0, width, height}, paper);
  }

  void set(std::int32_t x, std::int32_t y, Ink ink) {
    if (x < 0 || y < 0 || x >= width_ || y >= height_) return;
    auto* pixel = pixels_.data() +
                  (static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)) * 3;
    pixel[0] = ink.r;
    pixel[1] = ink.g;
    pixel[2] = ink.b;
  }

  void fill(const PixelRect& box, Ink ink) {
    for (auto y = box.y; y < box.bottom(); ++y) {
      for (auto x = box.x; x < box.right(); ++x) set(x, y, ink);
    }
  }

  /// A circle's line. `over_black` false: ink leaves black pixels black, as a seal's does.
  void ring(Point centre, double radius, double thickness, Ink ink) {
    const auto reach = static_cast<std::int32_t>(radius + thickness) + 1;
    for (std::int32_t dy = -reach; dy <= reach; ++dy) {
      for (std::int32_t dx = -reach; dx <= reach; ++dx) {
        const double distance = std::hypot(dx, dy);
        if (std::abs(distance - radius) > thickness / 2) continue;
        stain(static_cast<std::int32_t>(centre.x) + dx, static_cast<std::int32_t>(centre.y) + dy, ink);
      }
    }
  }

  void frame(const PixelRect& box, std::int32_t thickness, Ink ink) {
    fill({box.x, box.y, box.width, thickness}, ink);
    fill({box.x, box.bottom() - thickness, box.width, thickness}, ink);
    fill({box.x, box.y, thickness, box.height}, ink);
    fill({box.right() - thickness, box.y, thickness, box.height}, ink);
  }

  void line(Point from, Point to, double thickness, Ink ink) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    for (double at = 0; at <= length; at += 0.5) {
      const Point p{from.x + (to.x - from.x) * at / length, from.y + (to.y - from.y) * at / length};
      fill({static_cast<std::int32_t>(p.x - thickness / 2), static_cast<std::int32_t>(p.y - thickness / 2),
            static_cast<std::int32_t>(thickness), static_cast<std::int32_t>(thickness)},
           ink);
    }
  }

  /// A line of block type with its baseline at `foot`; x-height `x`. The same seed gives the same letters.
  void type(std::int32_t left, std::int32_t right, std::int32_t foot, std::int32_t x, Ink ink, std::uint32_t seed = 1) {
    std::uint32_t state = seed * 2654435761U + 12345U;
    const auto chance = [&](std::uint32_t percent) {
      state = state * 1664525U + 1013904223U;
      return (state >> 16) % 100 < percent;
    };
    const std::int32_t stroke = std::max(2, x / 5);
    for (std::int32_t at = left; at + x < right; at += x + stroke) {
      if (chance(17)) continue;  // a space
      const bool ascends = chance(25);
      const bool descends = !ascends && chance(12);
      const std::int32_t top = foot - x - (ascends ? x * 6 / 10 : 0);
      const std::int32_t end = foot + (descends ? x * 5 / 10 : 0);
      fill({at, top, stroke, end - top}, ink);
      fill({at, foot - x, x * 8 / 10, stroke}, ink);
      fill({at + x * 8 / 10 - stroke, foot - x, stroke, x}, ink);
      if (!ascends && chance(35)) fill({at + x / 5, foot - x - x / 2, x * 4 / 10, stroke}, ink);
      if (!descends && chance(7)) fill({at + x * 3 / 10, foot + x / 4, stroke, stroke}, ink);
    }
  }

  /// A page of type with margins of a tenth and `pitch` pixels from line to line.
  void text(std::int32_t x, std::int32_t pitch, Ink ink = black_ink) {
    for (std::int32_t foot = height_ / 10 + pitch; foot < height_ * 9 / 10; foot += pitch) {
      type(width_ / 10, width_ * 9 / 10, foot, x, ink, static_cast<std::uint32_t>(foot));
    }
  }

  [[nodiscard]] Raster raster() const { return {width_, height_, 3, pixels_}; }
  [[nodiscard]] Raster grey() const {
    std::vector<std::uint8_t> grey(pixels_.size() / 3);
    for (std::size_t i = 0; i < grey.size(); ++i) {
      grey[i] = static_cast<std::uint8_t>(
          (pixels_[3 * i] * 299 + pixels_[3 * i + 1] * 587 + pixels_[3 * i + 2] * 114 + 500) / 1000);
    }
    return {width_, height_, 1, std::move(grey)};
  }

 private:
  void stain(std::int32_t x, std::int32_t y, Ink ink) {
    if (x < 0 || y < 0 || x >= width_ || y >= height_) return;
    const auto* pixel =
        pixels_.data() +
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)) * 3;
    if (pixel[0] > 100) set(x, y, ink);
  }

  std::int32_t width_;
  std::int32_t height_;
  std::vector<std::uint8_t> pixels_;
};

/// The page turned clockwise by an angle about its middle, nearest pixel, white where nothing was.
inline Raster leaning(const Raster& page, double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  const auto channels = page.channels();
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(page.stride()) * static_cast<std::size_t>(page.height()),
                                   255);
  for (std::int32_t y = 0; y < page.height(); ++y) {
    for (std::int32_t x = 0; x < page.width(); ++x) {
      const double dx = x + 0.5 - page.width() / 2.0;
      const double dy = y + 0.5 - page.height() / 2.0;
      const auto from_x = static_cast<std::int32_t>(std::floor(c * dx + s * dy + page.width() / 2.0));
      const auto from_y = static_cast<std::int32_t>(std::floor(-s * dx + c * dy + page.height() / 2.0));
      if (from_x < 0 || from_y < 0 || from_x >= page.width() || from_y >= page.height()) continue;
      for (std::int32_t k = 0; k < channels; ++k) {
        pixels[static_cast<std::size_t>(y * page.stride() + x * channels + k)] =
            page.row(from_y)[from_x * channels + k];
      }
    }
  }
  return {page.width(), page.height(), channels, std::move(pixels)};
}

/// The page turned clockwise by whole quarters, pixel by pixel.
inline Raster quarters(const Raster& page, int count) {
  if (count == 0) return page;
  const auto channels = page.channels();
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(page.stride()) * static_cast<std::size_t>(page.height()));
  const auto width = page.height();
  for (std::int32_t y = 0; y < page.height(); ++y) {
    for (std::int32_t x = 0; x < page.width(); ++x) {
      const auto to_x = page.height() - 1 - y;
      const auto to_y = x;
      for (std::int32_t k = 0; k < channels; ++k) {
        pixels[(static_cast<std::size_t>(to_y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(to_x)) *
                   static_cast<std::size_t>(channels) +
               static_cast<std::size_t>(k)] = page.row(y)[x * channels + k];
      }
    }
  }
  return quarters(Raster(width, page.width(), channels, std::move(pixels)), count - 1);
}

[[nodiscard]] inline double mean(const Raster& grey, const PixelRect& box) {
  double sum = 0;
  for (auto y = box.y; y < box.bottom(); ++y) {
    for (auto x = box.x; x < box.right(); ++x) sum += grey.row(y)[x];
  }
  return sum / static_cast<double>(box.area());
}

/// How many pixels are darker than the middle.
[[nodiscard]] inline int dark(const Raster& grey, const PixelRect& box) {
  int count = 0;
  for (auto y = box.y; y < box.bottom(); ++y) {
    for (auto x = box.x; x < box.right(); ++x) count += grey.row(y)[x] < 128 ? 1 : 0;
  }
  return count;
}

}  // namespace sohoa::imaging
