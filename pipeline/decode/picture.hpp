#pragma once

#include <cstdint>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/decode/orientation.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/raster.hpp"
#include "pipeline/model/source.hpp"

namespace sohoa::decode {

/// What a picture file's header says of one of its pages; nothing is decoded for it.
struct PictureHeader {
  std::int32_t width = 0;  ///< as stored
  std::int32_t height = 0;
  std::uint32_t pages = 1;
  Orientation orientation = Orientation::top_left;
  double dpi_x = 0;  ///< as stored; 0 or 25.4: not stated
  double dpi_y = 0;
};

/// Errors: invalid_input (broken), unsupported (no loader), resource_exhausted (pixels or pages over the limits),
/// not_found (no such page). `format` is a picture's.
Result<PictureHeader> read_header(ByteView bytes, SourceFormat format, PageNumber page, const Limits& limits);

/// The page's pixels as they are stored, not yet turned. Errors: as read_header.
Result<Raster> decode_picture(ByteView bytes, SourceFormat format, PageNumber page, const Limits& limits);

/// A JPEG or JPEG 2000 that lies in a PDF. Errors: as read_header.
Result<Raster> decode_jpeg(ByteView bytes, const Limits& limits);
Result<Raster> decode_jpeg2000(ByteView bytes, const Limits& limits);

/// Errors: resource_exhausted where width x height is over limits.page_pixels; invalid_input where it is nothing.
Result<void> check_size(std::int64_t width, std::int64_t height, const Limits& limits);

}  // namespace sohoa::decode
