#pragma once

#include <string>
#include <vector>

#include "pipeline/base/result.hpp"

namespace sohoa::sheets {

/// A QR code's modules, row by row from the top left, without its quiet zone of 4.
struct QrCode {
  int side = 0;
  std::vector<bool> dark;
};

/// At error correction level H, which stands the loss of 30 % of the code (ISO/IEC 18004).
/// Errors: invalid_input (too long: 1,273 bytes at most), resource_exhausted (memory).
[[nodiscard]] Result<QrCode> qr_code(const std::string& text);

}  // namespace sohoa::sheets
