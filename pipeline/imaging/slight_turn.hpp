#pragma once

#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// As far as `turned_slightly` goes; above it rows are left too often.
inline constexpr double slight_degrees = 5;

/// A grey page turned: a new page of `width` x `height` pixels, of which `back` leads to pixels of `page`. Each pixel
/// is mixed of its four neighbours there; what comes in from outside is white. `back` MUST be a turn by at most
/// `slight_degrees`, at any place, without scale.
[[nodiscard]] Raster turned_slightly(const Raster& page, std::int32_t width, std::int32_t height, const Matrix& back);

}  // namespace sohoa::imaging
