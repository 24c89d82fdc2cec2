#pragma once

#include <string>
#include <vector>

#include "pipeline/base/result.hpp"

namespace sohoa::issue {

/// A QR code's modules, row by row from the top left, without its quiet zone of 4.
struct QrCode {
  int side = 0;
  std::vector<bool> dark;
};

/// How much of a code may be lost (ISO/IEC 18004): L 7 %, H 30 %.
enum class QrLevel { low, high };

/// Errors: invalid_input (too long: 2,953 bytes at most at level L, 1,273 at H), resource_exhausted (memory).
[[nodiscard]] Result<QrCode> qr_code(const std::string& text, QrLevel level = QrLevel::high);

/// Its dark modules as PDF rectangles, filled, `side` wide; (x, y) is the lower left corner, points.
[[nodiscard]] std::string drawn(const QrCode& code, double x, double y, double side);

}  // namespace sohoa::issue
