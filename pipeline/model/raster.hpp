#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <vector>

#include "pipeline/base/units.hpp"

namespace sohoa {

/// 8-bit pixels, immutable, shared: `channels` 1 (grey, 0 black) or 3 (R G B), rows without padding, origin top left.
class Raster {
 public:
  Raster() = default;
  /// `pixels` MUST have width * height * channels bytes.
  Raster(std::int32_t width, std::int32_t height, std::int32_t channels, std::vector<std::uint8_t> pixels)
      : width_(width),
        height_(height),
        channels_(channels),
        pixels_(std::make_shared<const std::vector<std::uint8_t>>(std::move(pixels))) {
    assert(pixels_->size() ==
           static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * static_cast<std::size_t>(channels));
  }

  [[nodiscard]] std::int32_t width() const { return width_; }
  [[nodiscard]] std::int32_t height() const { return height_; }
  [[nodiscard]] std::int32_t channels() const { return channels_; }
  [[nodiscard]] std::int64_t stride() const { return std::int64_t{width_} * channels_; }
  [[nodiscard]] bool empty() const { return !pixels_; }
  [[nodiscard]] const std::uint8_t* row(std::int32_t y) const { return pixels_->data() + y * stride(); }
  [[nodiscard]] PixelRect bounds() const { return {0, 0, width_, height_}; }

 private:
  std::int32_t width_ = 0;
  std::int32_t height_ = 0;
  std::int32_t channels_ = 1;
  std::shared_ptr<const std::vector<std::uint8_t>> pixels_;
};

}  // namespace sohoa
