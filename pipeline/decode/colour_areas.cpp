// Where a page drawn from a word processor's file has colour: stamps, emblems, links. The rest is packed as grey, which
// takes half the bytes at 1.5 times the resolution of a JPEG of the whole. Cells with a coloured pixel are joined to
// rectangles until none touch each other. Drawn pixels have no noise, so any difference between the channels counts.

#include "pipeline/decode/colour_areas.hpp"

#include <algorithm>

namespace sohoa::decode {
namespace {

constexpr std::int32_t cell = 32;
constexpr int difference = 6;  // under what an eye sees on paper, above rounding in colour conversion

bool has_colour(const Raster& page, const PixelRect& part) {
  for (std::int32_t y = part.y; y < part.bottom(); ++y) {
    const auto* p = page.row(y) + std::int64_t{part.x} * 3;
    for (std::int32_t x = 0; x < part.width; ++x, p += 3) {
      if (std::max({p[0], p[1], p[2]}) - std::min({p[0], p[1], p[2]}) > difference) return true;
    }
  }
  return false;
}

bool touch(const PixelRect& a, const PixelRect& b) {
  return a.x <= b.right() && b.x <= a.right() && a.y <= b.bottom() && b.y <= a.bottom();
}

void join(std::vector<PixelRect>& areas, PixelRect area) {
  for (std::size_t i = 0; i < areas.size();) {
    if (touch(areas[i], area)) {
      area = united(areas[i], area);
      areas.erase(areas.begin() + static_cast<std::ptrdiff_t>(i));
      i = 0;  // the larger one may touch those that were passed
    } else {
      ++i;
    }
  }
  areas.push_back(area);
}

}  // namespace

std::vector<PixelRect> colour_areas(const Raster& page) {
  std::vector<PixelRect> areas;
  if (page.channels() != 3) return areas;
  for (std::int32_t y = 0; y < page.height(); y += cell) {
    for (std::int32_t x = 0; x < page.width(); x += cell) {
      const auto part = intersection({x, y, cell, cell}, page.bounds());
      if (has_colour(page, part)) join(areas, part);
    }
  }
  return areas;
}

}  // namespace sohoa::decode
