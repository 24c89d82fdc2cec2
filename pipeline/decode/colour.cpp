#include "pipeline/decode/colour.hpp"

#include <algorithm>

namespace sohoa::decode {
namespace {

constexpr int bilevel_margin = 16;       // what JPEG adds around black and white
constexpr double bilevel_share = 0.995;  // antialiased text has 3 to 8 % of samples in between

std::int64_t coloured_pixels(const Raster& raster) {
  std::int64_t count = 0;
  for (std::int32_t y = 0; y < raster.height(); ++y) {
    const auto* p = raster.row(y);
    std::int64_t in_row = 0;
    for (std::int32_t x = 0; x < raster.width(); ++x, p += 3) {
      const int high = std::max({p[0], p[1], p[2]});
      const int low = std::min({p[0], p[1], p[2]});
      in_row += high - low > channel_difference ? 1 : 0;
    }
    count += in_row;
  }
  return count;
}

/// Of up to 255 samples, those that are neither black nor white.
std::uint8_t greys_among(const std::uint8_t* samples, int count) {
  std::uint8_t greys = 0;
  for (int i = 0; i < count; ++i) {
    // From just above black to just below white, 0 being the first of them.
    const auto above = static_cast<std::uint8_t>(samples[i] - bilevel_margin - 1);
    greys = static_cast<std::uint8_t>(greys + (above < 255 - 2 * bilevel_margin - 1 ? 1 : 0));
  }
  return greys;
}

/// Whether more than `most` samples are neither black nor white.
bool more_greys_than(double most, const Raster& raster) {
  constexpr int stretch = 240;  // fits a byte, and SIMD registers
  std::int64_t count = 0;
  for (std::int32_t y = 0; y < raster.height(); ++y) {
    const auto* row = raster.row(y);
    auto left = raster.stride();
    for (; left >= stretch; left -= stretch, row += stretch) count += greys_among(row, stretch);
    count += greys_among(row, static_cast<int>(left));
    if (static_cast<double>(count) > most) return true;
  }
  return false;
}

}  // namespace

ColourKind colour_of(const Raster& raster) {
  const auto pixels = static_cast<double>(raster.bounds().area());
  if (raster.channels() == 3 && static_cast<double>(coloured_pixels(raster)) > coloured_share * pixels) {
    return ColourKind::colour;
  }
  const double most_greys = (1 - bilevel_share) * pixels * raster.channels();
  return more_greys_than(most_greys, raster) ? ColourKind::grey : ColourKind::bilevel;
}

Raster without_needless_channels(const Raster& raster, ColourKind kind) {
  if (raster.channels() == 1 || kind == ColourKind::colour) return raster;
  std::vector<std::uint8_t> grey(static_cast<std::size_t>(raster.bounds().area()));
  const auto* p = raster.row(0);
  for (auto& value : grey) {
    value = static_cast<std::uint8_t>((p[0] * 77 + p[1] * 150 + p[2] * 29 + 128) >> 8);  // BT.601 luma in 256ths
    p += 3;
  }
  return {raster.width(), raster.height(), 1, std::move(grey)};
}

}  // namespace sohoa::decode
