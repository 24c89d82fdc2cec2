#pragma once

#include <cstdint>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::decode {

struct BmpHeader {
  std::int32_t width = 0;
  std::int32_t height = 0;
  double dpi_x = 0;  ///< 0: not stated
  double dpi_y = 0;
};

/// Errors: invalid_input (cut off, sizes that cannot be), unsupported (a JPEG or PNG inside).
Result<BmpHeader> read_bmp_header(ByteView bytes);

/// Decodes a Windows bitmap: 1, 4, 8 (also run-length), 16, 24, 32 bits, top-down too. Missing rows are white.
/// The caller MUST have held the header's size against its limits. Errors: as read_bmp_header.
Result<Raster> decode_bmp(ByteView bytes);

}  // namespace sohoa::decode
