#pragma once

#include "pipeline/base/result.hpp"
#include "pipeline/decode/handles.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::decode {

/// libvips' last messages as an Error of `code`, and clears them: its buffer is global and would grow.
[[nodiscard]] Error vips_failure(ErrorCode code, std::string_view doing);

/// Any libvips picture as 8-bit grey or RGB: CMYK and others converted, 16 bits cut to 8, alpha laid on white.
/// Errors: invalid_input (broken pixels).
Result<Raster> to_raster(VipsImagePtr image);

/// Resampled with a triangle kernel to the given size. Errors: internal.
Result<Raster> resized(const Raster& raster, std::int32_t width, std::int32_t height);

/// The pixels inside `part`; what lies outside the raster gets the level `outside`.
[[nodiscard]] Raster cropped(const Raster& raster, const PixelRect& part, std::uint8_t outside = 255);

}  // namespace sohoa::decode
