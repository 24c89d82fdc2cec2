#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "ocr/lstm/language_scorer.hpp"
#include "ocr/lstm/recoder.hpp"
#include "ocr/lstm/trace.hpp"
#include "ocr/lstm/worst_first_heap.hpp"

namespace sohoa::ocr::lstm {

/// The last character on a path: what a dictionary goes on from.
struct Tail {
  LanguageScorer::State state = 0;
  std::int32_t unichar = no_unichar;
  WordSource source = WordSource::none;
  bool has_state = false;    ///< read within the dictionary, or before a word of it
  bool before_word = false;  ///< `state` is the one before a word
  bool ends_word = false;

  [[nodiscard]] bool exists() const { return unichar != no_unichar; }
};

/// A path's newest step.
struct Node {
  float score = 0;  ///< sum of the path's certainties
  std::int32_t code = -1;
  std::uint64_t path_hash = 0;  ///< of all codes on the path but nulls and repetitions
  Tail tail;
  Trace::Point point;                 ///< what is kept of it when the step is over
  std::uint32_t place = Trace::none;  ///< where it is kept
  bool before_word = false;           ///< a dictionary word begins after it
};

/// The best five nodes of a kind. Nodes with the same codes on their path, source and place before a word are one.
class Beam {
 public:
  [[nodiscard]] int size() const { return heap_.size(); }
  [[nodiscard]] const Node& operator[](int place) const { return nodes_[heap_[place].item]; }
  [[nodiscard]] Node& operator[](int place) { return nodes_[heap_[place].item]; }
  /// The score above which nodes are accepted.
  [[nodiscard]] float floor() const { return floor_; }
  [[nodiscard]] bool accepts(float score) const { return score > floor_; }

  void clear() {
    heap_.clear();
    floor_ = none;
    spare_ = WorstFirstHeap::width;
    kinds_[spare_] = free_kind;
  }
  /// Makes room for a node with this score, which must be accepted; the caller writes all of it. Nothing where its like
  /// with no worse score is there.
  Node* admit(float score, std::int32_t code, std::uint64_t path_hash, WordSource source, bool before_word);

 private:
  static constexpr float none = -std::numeric_limits<float>::infinity();
  /// All but the codes on the path that tells nodes apart; never free_kind.
  static std::uint32_t kind_of(std::int32_t code, WordSource source, bool before_word) {
    return static_cast<std::uint32_t>(code) << 8U | static_cast<std::uint32_t>(source) << 1U | (before_word ? 1U : 0U);
  }
  static constexpr std::uint32_t free_kind = ~std::uint32_t{0};

  float floor_ = none;  ///< of the worst node once there are five
  std::uint32_t spare_ = WorstFirstHeap::width;
  WorstFirstHeap heap_;  ///< items are indices of nodes_
  std::array<std::uint64_t, WorstFirstHeap::width + 1> hashes_{};
  std::array<std::uint32_t, WorstFirstHeap::width + 1> kinds_{};  ///< free_kind: not in the heap
  std::array<Node, WorstFirstHeap::width + 1> nodes_;
};

}  // namespace sohoa::ocr::lstm
