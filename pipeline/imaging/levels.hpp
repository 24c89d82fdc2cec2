#pragma once

#include <array>
#include <cstdint>

#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// How many pixels of a grey page have each level.
using Levels = std::array<std::int32_t, 256>;
[[nodiscard]] Levels levels_of(const Raster& grey);

}  // namespace sohoa::imaging
