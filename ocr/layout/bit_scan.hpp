#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace sohoa::ocr::layout {

/// Calls `found(begin, end)` for every run of ones in a row of `words` words, from left to right.
template <typename Found>
void for_each_run(const std::uint64_t* row, std::size_t words, Found&& found) {
  bool open = false;
  std::int32_t begin = 0;
  for (std::size_t i = 0; i < words; ++i) {
    // Bits where the colour changes, against the pixel to the left.
    const std::uint64_t word = row[i];
    if (word == 0 && !open) continue;
    std::uint64_t changes = word ^ (word << 1 | std::uint64_t{open});
    const auto base = static_cast<std::int32_t>(i * 64);
    while (changes != 0) {
      const auto at = base + std::countr_zero(changes);
      changes &= changes - 1;
      if (open) {
        found(begin, at);
      } else {
        begin = at;
      }
      open = !open;
    }
  }
  if (open) found(begin, static_cast<std::int32_t>(words * 64));
}

/// Sets the bits [begin, end) of a row.
inline void set_bits(std::uint64_t* row, std::int32_t begin, std::int32_t end) {
  for (auto x = begin; x < end;) {
    const auto bit = static_cast<unsigned>(x % 64);
    const auto count = end - x < static_cast<std::int32_t>(64 - bit) ? end - x : static_cast<std::int32_t>(64 - bit);
    const auto ones = count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    row[static_cast<std::size_t>(x / 64)] |= ones << bit;
    x += count;
  }
}

}  // namespace sohoa::ocr::layout
