// The models were trained on lines prepared in one way: scaled by Leptonica (area map and a slight sharpening when made
// smaller, linear and sharpening when larger) and stretched between the dark and the light quartile of the extremes
// along the middle row, which passes through the letters of any line of text. Another way, however good, reads worse.

#include "ocr/lstm/line_image.hpp"

#include <allheaders.h>

#include <algorithm>
#include <array>

#include "ocr/grey_pix.hpp"
#include "ocr/lstm/network.hpp"
#include "ocr/lstm/rounding.hpp"

namespace sohoa::ocr::lstm {
namespace {

/// How often each grey value occurs.
class Histogram {
 public:
  void add(std::uint8_t value) {
    ++counts_[value];
    ++total_;
  }
  [[nodiscard]] bool empty() const { return total_ == 0; }

  /// The grey value below which `part` of the values lie, interpolated within a value's count.
  [[nodiscard]] double quantile(double part) const {
    const double target = std::clamp(part * total_, 1.0, static_cast<double>(total_));
    std::int32_t sum = 0;
    std::size_t end = 0;
    while (end < counts_.size() && sum < target) sum += counts_[end++];
    return static_cast<double>(end) - (sum - target) / counts_[end - 1];
  }

 private:
  std::array<std::int32_t, 256> counts_{};
  std::int32_t total_ = 0;
};

/// Grey values at `black` become -127, those at black + 2 * half_range 127.
struct Contrast {
  float black = 0;
  float half_range = 1;
};

Contrast contrast_of(const l_uint32* row, std::int32_t width) {
  Histogram dark, light;
  const auto at = [&](std::int32_t x) { return static_cast<std::uint8_t>(GET_DATA_BYTE(row, x)); };
  for (std::int32_t x = 1; x + 1 < width; ++x) {
    const auto before = at(x - 1), here = at(x), after = at(x + 1);
    if ((here < before && here <= after) || (here <= before && here < after)) dark.add(here);
    if ((here > before && here >= after) || (here >= before && here > after)) light.add(here);
  }
  if (dark.empty()) dark.add(0);
  if (light.empty()) light.add(255);
  const auto black = static_cast<float>(dark.quantile(0.25));
  const auto white = static_cast<float>(light.quantile(0.75));
  const float half_range = (white - black) / 2.0F;
  return {black, half_range <= 0.0F ? 1.0F : half_range};
}

std::array<std::int8_t, 256> stretched(Contrast contrast) {
  std::array<std::int8_t, 256> table{};
  for (std::size_t pixel = 0; pixel < table.size(); ++pixel) {
    // 128 here, though every other activation is in units of 1/127.
    const float value = 128.0F * ((static_cast<float>(pixel) - contrast.black) / contrast.half_range - 1.0F);
    table[pixel] = static_cast<std::int8_t>(std::clamp(rounded(value), -127, 127));
  }
  return table;
}

PixHandle at_height(PixHandle pix, std::int32_t height) {
  for (int pass = 0; pass < 2 && pix && pixGetHeight(pix.get()) != height; ++pass) {
    const float factor = static_cast<float>(height) / static_cast<float>(pixGetHeight(pix.get()));
    pix.reset(pixScale(pix.get(), factor, factor));
  }
  return pix && pixGetHeight(pix.get()) == height ? std::move(pix) : nullptr;
}

}  // namespace

std::optional<LineImage> prepare_line(const Raster& crop, std::int32_t height, Polarity polarity) {
  if (crop.empty() || crop.width() < 1 || crop.height() < 1) return std::nullopt;
  auto pix = at_height(grey_pix(crop), height);
  if (!pix || pixGetWidth(pix.get()) < pool) return std::nullopt;
  if (polarity == Polarity::light_on_dark) pix.reset(pixInvert(nullptr, pix.get()));
  if (!pix) return std::nullopt;

  LineImage line;
  line.width = pixGetWidth(pix.get());
  line.scale = static_cast<float>(height) / static_cast<float>(crop.height());
  line.values.resize(static_cast<std::size_t>(line.width) * static_cast<std::size_t>(height));
  const auto* const data = pixGetData(pix.get());
  const auto words = static_cast<std::ptrdiff_t>(pixGetWpl(pix.get()));
  const auto table = stretched(contrast_of(data + words * (height / 2), line.width));
  for (std::int32_t y = 0; y < height; ++y) {
    const auto* const row = data + words * y;
    auto* to = line.values.data() + y;
    for (std::int32_t x = 0; x < line.width; ++x, to += height) *to = table[GET_DATA_BYTE(row, x)];
  }
  return line;
}

}  // namespace sohoa::ocr::lstm
