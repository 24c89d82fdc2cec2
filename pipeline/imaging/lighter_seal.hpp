#pragma once

#include <optional>

#include "pipeline/base/units.hpp"
#include "pipeline/imaging/find_ring.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// `grey` without the seal within `outline`, whose rims are about as dark as `rim_level`, where the type around it is
/// so much darker that ink alone tells both apart; nothing where it is not (a page of two levels, a well inked seal).
[[nodiscard]] std::optional<Raster> without_lighter_seal(const Raster& grey, const Ring& outline, int rim_level,
                                                         Dpi dpi);

}  // namespace sohoa::imaging
