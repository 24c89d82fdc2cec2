#pragma once

#include <cstdint>

namespace sohoa::ocr {

/// When Tesseract's layout is not asked. Counted at about 150 dpi. A page of text has 1,500 to 6,000 connected
/// components and below 100 specks; our own layout has read the fuller ones before these limits matter.
struct LayoutLimits {
  /// Larger than a speck, on A4 or less; on larger sheets in proportion, up to 5 times. Above: halftone, photographs,
  /// noise: the page is not read. 15,000 on a sheet of 4 A4 (10,000 words) take Tesseract's layout 3 s.
  std::int32_t components = 8'000;
  double ink = 0.4;             ///< part of the page that is ink; above: no text (which has 0.02 to 0.2)
  std::int32_t specks = 2'000;  ///< above: the page is read without them
};

}  // namespace sohoa::ocr
