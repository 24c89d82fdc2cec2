#pragma once

#include <cstddef>
#include <cstdint>

#include "pipeline/base/bit_runs.hpp"

namespace sohoa::ocr::layout {

/// Calls `found(begin, end)` for every run of ones in a row of `words` words, from left to right.
template <typename Found>
void for_each_run(const std::uint64_t* row, std::size_t words, Found&& found) {
  sohoa::for_each_run(words, [row](std::size_t i) { return row[i]; }, found);
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
