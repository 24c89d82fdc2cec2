#include "ocr/reduced_page.hpp"

#include "ocr/ink.hpp"

namespace sohoa::ocr {

ReducedPage reduced_page(Pix& grey, double dpi) {
  PixHandle pix(pixThresholdToBinary(&grey, ink_below));
  double factor = 1;
  for (double at = dpi; pix && at > 220; at /= 2) {
    pix.reset(pixReduceRankBinary2(pix.get(), 1, nullptr));
    factor *= 2;
  }
  return {std::move(pix), factor};
}

}  // namespace sohoa::ocr
