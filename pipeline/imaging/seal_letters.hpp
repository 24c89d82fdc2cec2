#pragma once

#include "pipeline/base/units.hpp"
#include "pipeline/imaging/find_ring.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

inline constexpr int ink_level = 150;  ///< what is darker is ink of a black seal

/// `grey`, from which a seal's rims were taken, without what else lies wholly within its `outline`: the letters around
/// it, star and emblem; but with the type that runs into the seal from beside it. Pixels of `grey`.
[[nodiscard]] Raster without_seal_letters(const Raster& grey, const Ring& outline, Dpi dpi);

}  // namespace sohoa::imaging
