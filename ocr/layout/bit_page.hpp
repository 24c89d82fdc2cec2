#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pipeline/model/raster.hpp"

namespace sohoa::ocr::layout {

/// A page in black and white, one bit a pixel, 1 = ink. The lowest bit of a word is its leftmost pixel; bits beyond the
/// width are 0.
class BitPage {
 public:
  BitPage(std::int32_t width, std::int32_t height)
      : width_(width),
        height_(height),
        stride_((static_cast<std::size_t>(width) + 63) / 64),
        words_(stride_ * static_cast<std::size_t>(height)) {}

  [[nodiscard]] std::int32_t width() const { return width_; }
  [[nodiscard]] std::int32_t height() const { return height_; }
  [[nodiscard]] std::size_t words_per_row() const { return stride_; }
  [[nodiscard]] const std::uint64_t* row(std::int32_t y) const { return words_.data() + stride_ * index(y); }
  [[nodiscard]] std::uint64_t* row(std::int32_t y) { return words_.data() + stride_ * index(y); }

  /// Outside the page there is no ink.
  [[nodiscard]] bool ink(std::int32_t x, std::int32_t y) const {
    if (x < 0 || y < 0 || x >= width_ || y >= height_) return false;
    return (row(y)[index(x) / 64] >> (index(x) % 64) & 1U) != 0;
  }
  /// Ink pixels in a part of the page.
  [[nodiscard]] std::int64_t ink_in(const PixelRect& part) const;
  void clear(std::int32_t x, std::int32_t y) { row(y)[index(x) / 64] &= ~(std::uint64_t{1} << (index(x) % 64)); }

 private:
  static std::size_t index(std::int32_t v) { return static_cast<std::size_t>(v); }

  std::int32_t width_;
  std::int32_t height_;
  std::size_t stride_;
  std::vector<std::uint64_t> words_;
};

/// What is darker than `threshold`. `grey` has one channel.
[[nodiscard]] BitPage binarised(const Raster& grey, std::uint8_t threshold);

/// Half as wide and high: a pixel is ink where any of its four was.
[[nodiscard]] BitPage halved(const BitPage& page);

/// Only ink that is part of an unbroken run of at least `length` pixels from left to right.
[[nodiscard]] BitPage long_across(const BitPage& page, std::int32_t length);

/// Only ink that is part of an unbroken run of at least `length` pixels from top to bottom.
[[nodiscard]] BitPage long_upright(const BitPage& page, std::int32_t length);

}  // namespace sohoa::ocr::layout
