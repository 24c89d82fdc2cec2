#include "pipeline/decode/orientation.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace sohoa::decode {

Orientation orientation_of(int exif) {
  return exif >= 1 && exif <= 8 ? static_cast<Orientation>(exif) : Orientation::top_left;
}

Raster oriented(const Raster& stored, Orientation orientation) {
  if (orientation == Orientation::top_left) return stored;
  const bool swapped = swaps_axes(orientation);
  const auto width = swapped ? stored.height() : stored.width();
  const auto height = swapped ? stored.width() : stored.height();
  const auto channels = stored.channels();
  // Steps in the stored image, in bytes, for one pixel to the right and one down in the result.
  const std::int64_t column = channels;
  const std::int64_t row = stored.stride();
  const bool rows_back = orientation == Orientation::bottom_right || orientation == Orientation::bottom_left ||
                         orientation == Orientation::right_top || orientation == Orientation::right_bottom;
  const bool columns_back = orientation == Orientation::top_right || orientation == Orientation::bottom_right ||
                            orientation == Orientation::right_bottom || orientation == Orientation::left_bottom;
  const std::int64_t start =
      (rows_back ? (stored.height() - 1) * row : 0) + (columns_back ? (stored.width() - 1) * column : 0);
  const std::int64_t row_step = rows_back ? -row : row;
  const std::int64_t column_step = columns_back ? -column : column;
  const std::int64_t right = swapped ? row_step : column_step;
  const std::int64_t down = swapped ? column_step : row_step;

  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                                   static_cast<std::size_t>(channels));
  const auto* base = stored.row(0) + start;
  // Tiles of 64 x 64 keep both the read and the written lines in the first cache where the axes are swapped.
  constexpr std::int32_t tile = 64;
  for (std::int32_t top = 0; top < height; top += tile) {
    for (std::int32_t left = 0; left < width; left += tile) {
      for (std::int32_t y = top; y < std::min(top + tile, height); ++y) {
        auto* to = pixels.data() +
                   (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(left)) *
                       static_cast<std::size_t>(channels);
        const auto* from = base + y * down + left * right;
        for (std::int32_t x = left; x < std::min(left + tile, width); ++x, from += right) {
          for (std::int32_t c = 0; c < channels; ++c) *to++ = from[c];
        }
      }
    }
  }
  return {width, height, channels, std::move(pixels)};
}

Matrix placement_of(Orientation orientation, double w, double h) {
  switch (orientation) {
    case Orientation::top_left: return {w, 0, 0, h, 0, 0};
    case Orientation::top_right: return {-w, 0, 0, h, w, 0};
    case Orientation::bottom_right: return {-w, 0, 0, -h, w, h};
    case Orientation::bottom_left: return {w, 0, 0, -h, 0, h};
    case Orientation::left_top: return {0, -h, -w, 0, w, h};
    case Orientation::right_top: return {0, -h, w, 0, 0, h};
    case Orientation::right_bottom: return {0, h, w, 0, 0, 0};
    case Orientation::left_bottom: return {0, h, -w, 0, w, 0};
  }
  return {w, 0, 0, h, 0, 0};
}

std::optional<UprightPlacement> upright(const Matrix& m) {
  const double straight = std::min(std::abs(m.a), std::abs(m.d));
  const double crossed = std::min(std::abs(m.b), std::abs(m.c));
  constexpr double shear = 0.001;
  UprightPlacement result;
  if (straight > 0 && std::max(std::abs(m.b), std::abs(m.c)) <= shear * straight) {
    result.orientation = m.a > 0 ? (m.d > 0 ? Orientation::top_left : Orientation::bottom_left)
                                 : (m.d > 0 ? Orientation::top_right : Orientation::bottom_right);
    result.width = std::abs(m.a);
    result.height = std::abs(m.d);
  } else if (crossed > 0 && std::max(std::abs(m.a), std::abs(m.d)) <= shear * crossed) {
    result.orientation = m.b < 0 ? (m.c > 0 ? Orientation::right_top : Orientation::left_top)
                                 : (m.c > 0 ? Orientation::right_bottom : Orientation::left_bottom);
    result.width = std::abs(m.c);
    result.height = std::abs(m.b);
  } else {
    return std::nullopt;
  }
  result.x = m.e + std::min(0.0, m.a) + std::min(0.0, m.c);
  result.y = m.f + std::min(0.0, m.b) + std::min(0.0, m.d);
  return result;
}

}  // namespace sohoa::decode
