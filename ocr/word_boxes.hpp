#pragma once

#include <vector>

#include "ocr/lstm/line_reader.hpp"
#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::ocr {

/// Where the words of a line stand in its crop: tightly around their ink, marks included. One box for each word of
/// `reading`, in its order; where there is no ink, the place that the recogniser gave, as high as the crop.
[[nodiscard]] std::vector<PixelRect> word_boxes(const Raster& crop, const lstm::LineReading& reading);

}  // namespace sohoa::ocr
