// Why planes: turned into R G B a page takes twice the bytes, and each step that follows wants its luma (reading) or
// its chroma at a quarter of the resolution (inks). JPEG stores just these two; at 300 dpi A4 that saves 60 ms of 100.

#include "pipeline/decode/planes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/decode/colour.hpp"
#include "pipeline/decode/vips_pixels.hpp"

namespace sohoa::decode {
namespace {

constexpr int none = 128;  // chroma of grey

using Rgb = std::array<std::uint8_t, 3>;

std::uint8_t level(double value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0) + 0.5);
}

/// BT.601, as in JFIF.
Rgb rgb_of(double y, double cb, double cr) {
  return {level(y + 1.402 * (cr - none)), level(y - 0.344136 * (cb - none) - 0.714136 * (cr - none)),
          level(y + 1.772 * (cb - none))};
}

int spread(const Rgb& rgb) {
  const auto [low, high] = std::minmax_element(rgb.begin(), rgb.end());
  return *high - *low;
}

/// Rounding down keeps the last row and column inside.
std::int32_t scaled(std::int32_t at, std::int32_t from, std::int32_t to) {
  return static_cast<std::int32_t>(std::int64_t{at} * to / from);
}

/// Whether a channel may differ by more than channel_difference from another in one of some samples that lie side by
/// side; clipping at black and white makes differences smaller only. In 64ths: they fit 16 bits.
template <int count>
bool may_have_colour(const std::uint8_t* blue, const std::uint8_t* red) {
  std::int16_t most = 0;
  for (int i = 0; i < count; ++i) {
    const int b = blue[i] - none;
    const int r = red[i] - none;
    const auto red_to_green = static_cast<std::int16_t>(135 * r + 22 * b);   // 1.402 + 0.714, 0.344
    const auto blue_to_green = static_cast<std::int16_t>(135 * b + 46 * r);  // 1.772 + 0.344, 0.714
    const auto red_to_blue = static_cast<std::int16_t>(90 * r - 113 * b);    // 1.402, 1.772
    const auto magnitude = [](std::int16_t v) { return std::max(v, static_cast<std::int16_t>(-v)); };
    most = std::max({most, magnitude(red_to_green), magnitude(blue_to_green), magnitude(red_to_blue)});
  }
  return most >= channel_difference * 64;
}

/// A chroma plane's value at a pixel of the luma, between its four neighbours.
double between(const Raster& plane, const Raster& luma, std::int32_t x, std::int32_t y) {
  const double u = std::clamp((x + 0.5) * plane.width() / luma.width() - 0.5, 0.0, plane.width() - 1.0);
  const double v = std::clamp((y + 0.5) * plane.height() / luma.height() - 0.5, 0.0, plane.height() - 1.0);
  const auto column = static_cast<std::int32_t>(u);
  const auto row = static_cast<std::int32_t>(v);
  const auto next = std::min(column + 1, plane.width() - 1);
  const auto* upper = plane.row(row);
  const auto* lower = plane.row(std::min(row + 1, plane.height() - 1));
  const double right = u - column;
  const double down = v - row;
  return (upper[column] * (1 - right) + upper[next] * right) * (1 - down) +
         (lower[column] * (1 - right) + lower[next] * right) * down;
}

/// A chroma plane at the pixels of the luma, a row at a time, in whole numbers: as `between`, five times as fast.
class EnlargedRow {
 public:
  EnlargedRow(const Raster& plane, const Raster& luma)
      : plane_(plane), columns_(places(plane.width(), luma.width())), rows_(places(plane.height(), luma.height())) {}

  void go_to(std::int32_t y) {
    const auto& row = rows_[static_cast<std::size_t>(y)];
    const auto* upper = plane_.row(row.first);
    const auto* lower = plane_.row(row.second);
    line_.resize(static_cast<std::size_t>(plane_.width()));
    for (std::size_t x = 0; x < line_.size(); ++x) line_[x] = upper[x] * (256 - row.share) + lower[x] * row.share;
  }
  /// In 65536ths.
  [[nodiscard]] int operator[](std::int32_t x) const {
    const auto& column = columns_[static_cast<std::size_t>(x)];
    return line_[static_cast<std::size_t>(column.first)] * (256 - column.share) +
           line_[static_cast<std::size_t>(column.second)] * column.share;
  }

 private:
  struct Place {
    std::int32_t first, second, share;  // share of the second in 256ths
  };
  static std::vector<Place> places(std::int32_t from, std::int32_t to) {
    std::vector<Place> all;
    for (std::int32_t i = 0; i < to; ++i) {
      const double at = std::clamp((i + 0.5) * from / to - 0.5, 0.0, from - 1.0);
      const auto first = static_cast<std::int32_t>(at);
      all.push_back({first, std::min(first + 1, from - 1), static_cast<std::int32_t>(std::lround((at - first) * 256))});
    }
    return all;
  }

  const Raster& plane_;
  std::vector<Place> columns_;
  std::vector<Place> rows_;
  std::vector<int> line_;
};

/// A chroma sample's column or row in the luma: pixels [first, end).
struct Span {
  std::int32_t first, end;
};
Span span_of(std::int32_t from, std::int32_t to, std::int32_t chroma_size, std::int32_t luma_size) {
  return {scaled(from, chroma_size, luma_size), scaled(to, chroma_size, luma_size)};
}

/// The pixels of a sample lie between it and its eight neighbours.
bool may_have_colour_around(const Chroma& chroma, std::int32_t column, std::int32_t row) {
  const auto first = std::clamp(column - 1, 0, std::max(0, chroma.red.width() - 3));
  if (chroma.red.width() < 3) return true;
  for (auto y = std::max(0, row - 1); y <= std::min(row + 1, chroma.red.height() - 1); ++y) {
    if (may_have_colour<3>(chroma.blue.row(y) + first, chroma.red.row(y) + first)) return true;
  }
  return false;
}

/// Of the pixels that belong to one sample of chroma, those that have colour.
std::int64_t coloured_pixels(const Planes& planes, std::int32_t column, std::int32_t row) {
  const auto& [blue, red] = planes.chroma;
  const auto rows = span_of(row, row + 1, red.height(), planes.pixels.height());
  const auto columns = span_of(column, column + 1, red.width(), planes.pixels.width());
  std::int64_t count = 0;
  for (auto v = rows.first; v < rows.end; ++v) {
    for (auto u = columns.first; u < columns.end; ++u) {
      const auto rgb =
          rgb_of(planes.pixels.row(v)[u], between(blue, planes.pixels, u, v), between(red, planes.pixels, u, v));
      count += spread(rgb) > channel_difference ? 1 : 0;
    }
  }
  return count;
}

/// Whether more than `most` pixels have colour.
bool more_coloured_than(double most, const Planes& planes) {
  constexpr std::int32_t stretch = 32;  // samples looked over at once
  const auto& [blue, red] = planes.chroma;
  std::int64_t count = 0;
  for (std::int32_t row = 0; row < red.height(); ++row) {
    for (std::int32_t x = 0; x < red.width(); x += stretch) {
      const auto end = std::min(x + stretch, red.width());
      if (end - x == stretch && !may_have_colour<stretch>(blue.row(row) + x, red.row(row) + x)) continue;
      for (auto column = x; column < end; ++column) {
        if (may_have_colour_around(planes.chroma, column, row)) count += coloured_pixels(planes, column, row);
      }
      if (static_cast<double>(count) > most) return true;
    }
  }
  return false;
}

/// `value(rgb, channel)` in the place of the samples of `plane` that lie on `part` of a page of `size`.
template <typename Value>
Raster painted(const Raster& plane, const PixelRect& size, const PixelRect& part, const Raster& rgb, Value&& value) {
  const int channels = plane.channels();
  std::vector<std::uint8_t> samples(plane.row(0), plane.row(0) + plane.stride() * plane.height());
  for (std::int32_t y = 0; y < plane.height(); ++y) {
    const auto from_y = scaled(y, plane.height(), size.height) - part.y;
    if (from_y < 0 || from_y >= part.height) continue;
    for (std::int32_t x = 0; x < plane.width(); ++x) {
      const auto from_x = scaled(x, plane.width(), size.width) - part.x;
      if (from_x < 0 || from_x >= part.width) continue;
      const auto* pixel = rgb.row(from_y) + std::int64_t{from_x} * 3;
      auto* to = samples.data() + y * plane.stride() + std::int64_t{x} * channels;
      for (int c = 0; c < channels; ++c) to[c] = level(value(pixel, c));
    }
  }
  return {plane.width(), plane.height(), channels, std::move(samples)};
}

}  // namespace

ColourKind colour_of(const Planes& planes) {
  const double most = coloured_share * static_cast<double>(planes.pixels.bounds().area());
  if (!planes.chroma.empty() && more_coloured_than(most, planes)) return ColourKind::colour;
  return colour_of(planes.pixels);
}

Raster part_of(const PageImage& page, const PixelRect& part) {
  auto pixels = cropped(page.pixels, part);
  if (page.chroma.empty()) return pixels;
  std::vector<std::uint8_t> rgb(static_cast<std::size_t>(part.area()) * 3);
  auto* to = rgb.data();
  EnlargedRow blue(page.chroma.blue, page.pixels);
  EnlargedRow red(page.chroma.red, page.pixels);
  for (auto y = part.y; y < part.bottom(); ++y) {
    const auto* luma = page.pixels.row(y);
    blue.go_to(y);
    red.go_to(y);
    for (auto x = part.x; x < part.right(); ++x, to += 3) {
      constexpr float sample = 1 / 65536.0F;
      const float cb = static_cast<float>(blue[x]) * sample - none;
      const float cr = static_cast<float>(red[x]) * sample - none;
      const auto level_of = [&](float colour) {
        return static_cast<std::uint8_t>(std::clamp(static_cast<float>(luma[x]) + colour, 0.0F, 255.0F) + 0.5F);
      };
      to[0] = level_of(1.402F * cr);
      to[1] = level_of(-0.344136F * cb - 0.714136F * cr);
      to[2] = level_of(1.772F * cb);
    }
  }
  return {part.width, part.height, 3, std::move(rgb)};
}

void replace_part(PageImage& page, const PixelRect& part, const Raster& rgb) {
  const auto size = page.pixels.bounds();
  const bool colour = page.pixels.channels() == 3;
  page.pixels = painted(page.pixels, size, part, rgb, [&](const std::uint8_t* p, int channel) {
    return colour ? p[channel] : 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
  });
  if (page.chroma.empty()) return;
  page.chroma.blue = painted(page.chroma.blue, size, part, rgb, [](const std::uint8_t* p, int /*channel*/) {
    return none - 0.168736 * p[0] - 0.331264 * p[1] + 0.5 * p[2];
  });
  page.chroma.red = painted(page.chroma.red, size, part, rgb, [](const std::uint8_t* p, int /*channel*/) {
    return none + 0.5 * p[0] - 0.418688 * p[1] - 0.081312 * p[2];
  });
}

}  // namespace sohoa::decode
