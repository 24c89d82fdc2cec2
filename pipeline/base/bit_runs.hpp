#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace sohoa {

/// Calls `found(begin, end)` for every run of ones, from left to right, in a row of `words` times 64 bits;
/// `word_at(i)` gives bits 64 i and following, the leftmost lowest.
template <typename WordAt, typename Found>
void for_each_run(std::size_t words, WordAt&& word_at, Found&& found) {
  bool open = false;
  std::int32_t begin = 0;
  for (std::size_t i = 0; i < words; ++i) {
    const std::uint64_t word = word_at(i);
    if (word == 0 && !open) continue;
    std::uint64_t changes = word ^ (word << 1 | std::uint64_t{open});  // against the bit to the left
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

}  // namespace sohoa
