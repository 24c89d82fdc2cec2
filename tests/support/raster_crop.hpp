#pragma once

#include <vector>

#include "pipeline/model/raster.hpp"

namespace sohoa::testing_support {

/// The part of a grey page in `area`, which must lie within it.
[[nodiscard]] inline Raster cropped(const Raster& page, const PixelRect& area) {
  std::vector<std::uint8_t> pixels;
  pixels.reserve(static_cast<std::size_t>(area.area()));
  for (auto y = area.y; y < area.bottom(); ++y) {
    pixels.insert(pixels.end(), page.row(y) + area.x, page.row(y) + area.right());
  }
  return {area.width, area.height, 1, std::move(pixels)};
}

}  // namespace sohoa::testing_support
