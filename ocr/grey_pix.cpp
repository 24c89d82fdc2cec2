#include "ocr/grey_pix.hpp"

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

Raster grey_raster(Pix& pix) {
  const auto width = pixGetWidth(&pix);
  const auto height = pixGetHeight(&pix);
  const auto words = static_cast<std::ptrdiff_t>(pixGetWpl(&pix));
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (std::int32_t y = 0; y < height; ++y) {
    const auto* const row = pixGetData(&pix) + words * y;
    auto* const to = pixels.data() + static_cast<std::ptrdiff_t>(y) * width;
    for (std::int32_t x = 0; x < width; ++x) to[x] = static_cast<std::uint8_t>(GET_DATA_BYTE(row, x));
  }
  return {width, height, 1, std::move(pixels)};
}

}  // namespace sohoa::ocr
