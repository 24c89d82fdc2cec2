#include "ocr/lstm/beam.hpp"

namespace sohoa::ocr::lstm {

Node* Beam::admit(float score, std::int32_t code, std::uint64_t path_hash, WordSource source, bool before_word) {
  const auto kind = kind_of(code, source, before_word);
  const bool full = heap_.size() == WorstFirstHeap::width;
  // Until the beam is full its nodes are the first ones; then all but the spare one.
  const auto used = static_cast<std::uint32_t>(full ? WorstFirstHeap::width + 1 : heap_.size());
  for (std::uint32_t item = 0; item < used; ++item) {
    if (hashes_[item] != path_hash || kinds_[item] != kind) continue;
    if (!(score > nodes_[item].score)) return nullptr;
    heap_.change_key(item, score);
    if (full) floor_ = heap_[0].key;
    return &nodes_[item];
  }
  const auto item = full ? spare_ : used;
  hashes_[item] = path_hash;
  kinds_[item] = kind;
  heap_.push({.key = score, .item = item});
  if (full) {
    spare_ = heap_.pop().item;
    kinds_[spare_] = free_kind;
  }
  if (heap_.size() == WorstFirstHeap::width) floor_ = heap_[0].key;
  return &nodes_[item];
}

}  // namespace sohoa::ocr::lstm
