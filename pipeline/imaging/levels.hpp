#pragma once

#include <array>
#include <cstdint>

#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// How many pixels of a grey page have each level; of a large page, how many in some of its rows.
using Levels = std::array<std::int32_t, 256>;
[[nodiscard]] Levels levels_of(const Raster& grey);

/// All pixels counted in `levels`.
[[nodiscard]] std::int64_t count_of(const Levels& levels);

}  // namespace sohoa::imaging
