#pragma once

#include <cstdint>
#include <optional>

#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::decode {

/// How stored pixels lie on the page: EXIF's orientation (CIPA DC-008, 4.6.4 A), named by where the first stored row
/// and the first stored column are shown.
enum class Orientation : std::uint8_t {
  top_left = 1,
  top_right = 2,
  bottom_right = 3,
  bottom_left = 4,
  left_top = 5,
  right_top = 6,
  right_bottom = 7,
  left_bottom = 8,
};

/// EXIF's number; top_left where it is none of the eight.
[[nodiscard]] Orientation orientation_of(int exif);

[[nodiscard]] inline bool swaps_axes(Orientation orientation) {
  return orientation >= Orientation::left_top;
}

/// The pixels as they are shown.
[[nodiscard]] Raster oriented(const Raster& stored, Orientation orientation);

/// PDF's placement of the stored image, shown over the rectangle (0, 0) .. (width, height) in points.
[[nodiscard]] Matrix placement_of(Orientation orientation, double width, double height);

/// An image's placement with sides along the page's: the orientation and the rectangle that it covers (origin bottom
/// left).
struct UprightPlacement {
  Orientation orientation = Orientation::top_left;
  double x = 0, y = 0, width = 0, height = 0;
};
/// Nothing where the image is turned by other than a multiple of 90 degrees, sheared (by over a pixel in 1000), or
/// flat.
[[nodiscard]] std::optional<UprightPlacement> upright(const Matrix& placement);

}  // namespace sohoa::decode
