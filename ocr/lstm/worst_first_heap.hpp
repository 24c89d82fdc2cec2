#pragma once

#include <array>
#include <cstdint>

namespace sohoa::ocr::lstm {

/// A binary heap of at most five items (and a sixth in passing) with the least key on top.
/// Equal keys make the order in which items lie, and so which of them is dropped, depend on each move of the sifting:
/// these are the oracle's, move for move.
class WorstFirstHeap {
 public:
  static constexpr int width = 5;
  struct Entry {
    float key = 0;
    std::uint32_t item = 0;
  };

  [[nodiscard]] int size() const { return size_; }
  void clear() { size_ = 0; }
  [[nodiscard]] const Entry& operator[](int place) const { return entries_[static_cast<std::size_t>(place)]; }
  [[nodiscard]] bool accepts(float key) const { return size_ < width || key > entries_[0].key; }

  void push(Entry entry) {
    const int hole = sift_up(size_++, entry.key);
    at(hole) = entry;
  }
  /// Takes the least; there must be one.
  Entry pop() {
    const auto top = entries_[0];
    const auto moved = at(--size_);
    if (size_ > 0) at(sift_down(0, moved.key)) = moved;
    return top;
  }
  /// Gives `item`, which must be there, another key.
  void change_key(std::uint32_t item, float key) {
    int place = 0;
    while (at(place).item != item) ++place;
    at(sift_up(sift_down(place, key), key)) = {.key = key, .item = item};
  }

 private:
  Entry& at(int place) { return entries_[static_cast<std::size_t>(place)]; }

  /// Moves the hole at `hole` to where `key` belongs; entries on the way fill it.
  int sift_up(int hole, float key) {
    while (hole > 0) {
      const int parent = (hole - 1) / 2;
      if (!(key < at(parent).key)) break;
      at(hole) = at(parent);
      hole = parent;
    }
    return hole;
  }
  int sift_down(int hole, float key) {
    for (int child = 2 * hole + 1; child < size_; child = 2 * hole + 1) {
      if (child + 1 < size_ && at(child + 1).key < at(child).key) ++child;
      if (!(at(child).key < key)) break;
      at(hole) = at(child);
      hole = child;
    }
    return hole;
  }

  int size_ = 0;
  std::array<Entry, width + 1> entries_;
};

}  // namespace sohoa::ocr::lstm
