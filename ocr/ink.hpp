#pragma once

#include <cstdint>

namespace sohoa::ocr {

/// Grey below this is ink: pages come evened out, with paper near 255 and ink below 128; thin and pale strokes lie
/// between.
inline constexpr std::uint8_t ink_below = 160;

}  // namespace sohoa::ocr
