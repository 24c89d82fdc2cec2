#pragma once

#include <optional>

#include "pipeline/model/page_hash.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// What an upright page looks like: grey, or R G B, or the luma of a page, at any resolution. Nothing where next to
/// nothing is written on it. Any thread, no state.
[[nodiscard]] std::optional<PageHash> page_hash(const Raster& upright);

}  // namespace sohoa::imaging
