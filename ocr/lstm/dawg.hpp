#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::ocr::lstm {

/// A directed acyclic word graph as it stands in a model: an edge for each letter, the edges of a node side by side.
/// Format: `i16 42`, `i32 letters` (the unicharset's size), `i32 edges`, `u64 edge[edges]`. With b = ceil(log2(letters
/// + 1)) an edge has its letter in bits 0..b-1, "last of its node" in bit b, "backward" in b + 1, "a word may end here"
/// in b + 2, and above them the first edge of the node that it leads to (0: to nothing). Node 0 is the root.
class Dawg {
 public:
  /// The index of an edge: where one stands after a letter. `nowhere` also is the place before the first letter.
  using Edge = std::int32_t;
  static constexpr Edge nowhere = -1;

  /// Errors: invalid_input (damaged: wrong size, an edge out of the array, a node without end).
  static Result<Dawg> parse(ByteView component);

  /// The edge for `letter` out of the root.
  [[nodiscard]] Edge first(std::int32_t letter) const;
  /// The edge for `letter` out of the node that `edge` leads to; out of the root for `nowhere`.
  [[nodiscard]] Edge next(Edge edge, std::int32_t letter) const;
  /// Whether a word may end with `edge`.
  [[nodiscard]] bool ends_word(Edge edge) const { return (edges_[static_cast<std::size_t>(edge)] & end_bit_) != 0; }
  /// Whether an edge for `letter` out of the root ends a word at once.
  [[nodiscard]] bool has_word_of_one(std::int32_t letter) const;

 private:
  [[nodiscard]] bool is_last(std::size_t edge) const { return (edges_[edge] & last_bit_) != 0; }
  [[nodiscard]] std::int32_t letter(std::size_t edge) const {
    return static_cast<std::int32_t>(edges_[edge] & letter_mask_);
  }
  [[nodiscard]] std::uint64_t target(std::size_t edge) const { return edges_[edge] >> target_shift_; }
  Result<void> check();

  std::vector<std::uint64_t> edges_;
  std::size_t root_edges_ = 0;
  int target_shift_ = 0;
  std::uint64_t letter_mask_ = 0;
  std::uint64_t last_bit_ = 0;
  std::uint64_t end_bit_ = 0;
};

}  // namespace sohoa::ocr::lstm
