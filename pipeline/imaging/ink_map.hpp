#pragma once

#include "pipeline/model/ink_map.hpp"
#include "pipeline/model/quality.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// The ink of a page as it was decoded, grey or R G B, that is shown turned by `turn`. Any thread, no state.
[[nodiscard]] InkMap ink_map(const Raster& page, Turn turn);

}  // namespace sohoa::imaging
