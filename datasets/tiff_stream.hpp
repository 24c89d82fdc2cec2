#pragma once

#include "datasets/output.hpp"

namespace sohoa::datasets {

/// One channel whose every pixel is 0 or 255.
[[nodiscard]] bool is_black_and_white(const Raster& pixels);

/// The page as a bare CCITT group 4 stream (ITU-T T.6), most significant bit first. The page MUST be black and white.
Result<Bytes> group4_stream(const ScanPage& page);

}  // namespace sohoa::datasets
