#include "ocr/reduced_page.hpp"

#include <algorithm>
#include <cstring>

namespace sohoa::ocr {

PixHandle grey_pix(const Raster& raster) {
  PixHandle pix(pixCreateNoInit(raster.width(), raster.height(), 8));
  if (!pix) return pix;
  const auto stride = static_cast<std::ptrdiff_t>(pixGetWpl(pix.get())) * 4;
  auto* const data = reinterpret_cast<std::uint8_t*>(pixGetData(pix.get()));
  const auto width = static_cast<std::size_t>(raster.width());
  for (std::int32_t y = 0; y < raster.height(); ++y) {
    auto* const row = data + y * stride;
    std::memcpy(row, raster.row(y), width);
    std::memset(row + width, 255, static_cast<std::size_t>(stride) - width);
  }
  pixEndianByteSwap(pix.get());  // Leptonica keeps the leftmost pixel in a word's highest byte
  return pix;
}

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
