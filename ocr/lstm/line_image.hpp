#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pipeline/model/raster.hpp"

namespace sohoa::ocr::lstm {

/// A text line's pixels made fit for a network: its height, its contrast stretched, column by column, black -127.
struct LineImage {
  std::int32_t width = 0;
  std::vector<std::int8_t> values;  ///< [width][height]
  double scale = 1;                 ///< pixels of this for one of the crop
};

enum class Polarity : std::uint8_t { dark_on_light, light_on_dark };

/// The text line of `crop` (8-bit grey), as Tesseract prepares it. Nothing where it is too small to be text or there is
/// no memory. `light_on_dark` exchanges black and white.
[[nodiscard]] std::optional<LineImage> prepare_line(const Raster& crop, std::int32_t height,
                                                    Polarity polarity = Polarity::dark_on_light);

}  // namespace sohoa::ocr::lstm
