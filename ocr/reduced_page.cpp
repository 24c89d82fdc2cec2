#include "ocr/reduced_page.hpp"

namespace sohoa::ocr {

ReducedPage reduced_page(Pix& grey, double dpi) {
  // Evened-out pages have paper near 255 and ink below 128; 160 keeps thin and pale strokes.
  constexpr int threshold = 160;
  PixHandle pix(pixThresholdToBinary(&grey, threshold));
  double factor = 1;
  for (double at = dpi; pix && at > 220; at /= 2) {
    pix.reset(pixReduceRankBinary2(pix.get(), 1, nullptr));
    factor *= 2;
  }
  return {std::move(pix), factor};
}

}  // namespace sohoa::ocr
