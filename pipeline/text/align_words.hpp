#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sohoa::text {

/// A place where two texts differ: `one_count` words from `one_begin` stand where the other has `other_count` words
/// from `other_begin`; one of the counts may be 0.
struct WordDifference {
  std::size_t one_begin = 0, one_count = 0;
  std::size_t other_begin = 0, other_count = 0;
  bool operator==(const WordDifference&) const = default;
};

/// Where two texts differ, in order; all words between the places are equal. Exact (a longest common subsequence) for
/// stretches of up to a thousand words; longer ones are first cut at words that stand once in each, so that time grows
/// like n log n. Pure.
[[nodiscard]] std::vector<WordDifference> differences(const std::vector<std::string>& one,
                                                      const std::vector<std::string>& other);

}  // namespace sohoa::text
