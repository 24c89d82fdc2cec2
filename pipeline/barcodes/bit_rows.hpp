#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pipeline/model/raster.hpp"

namespace sohoa::barcodes {

/// Sampled rows of a page as bits: 1 is dark. Bit x % 64 of word x / 64 is pixel x; bits beyond the width are 0.
class BitRows {
 public:
  /// Every `step`-th row of a page of one channel, from row step / 2.
  BitRows(const Raster& grey, std::int32_t step);

  [[nodiscard]] std::int32_t count() const { return count_; }
  [[nodiscard]] std::int32_t words() const { return words_; }
  [[nodiscard]] std::int32_t y_of(std::int32_t index) const { return step_ / 2 + index * step_; }
  [[nodiscard]] std::span<const std::uint64_t> row(std::int32_t index) const {
    return {bits_.data() + static_cast<std::size_t>(index) * words_, static_cast<std::size_t>(words_)};
  }

 private:
  std::int32_t step_;
  std::int32_t count_;
  std::int32_t words_;
  std::vector<std::uint64_t> bits_;
};

/// Grey below this is dark. Pages come with their tones stretched: ink near 0, paper near 255.
inline constexpr std::uint8_t dark_below = 128;

/// Where a row's pixels change between light and dark, ascending; the first change is to dark. Always an even number.
void edges_of(std::span<const std::uint64_t> row, std::vector<std::int32_t>& edges);

}  // namespace sohoa::barcodes
