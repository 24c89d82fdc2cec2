// RFC 6962's tree over n leaves splits at the largest power of two below n, so it consists of complete subtrees of
// falling size, one for each 1 bit of n. Complete subtrees never change while the tree grows: each is stored once,
// under (level, index), when its last leaf comes. Appending stores 2 nodes and reads 1 on average; a root is folded
// from the right over at most 64 subtrees.
#include "archive/merkle.hpp"

#include <bit>

namespace sohoa::merkle {
namespace {

constexpr std::uint8_t leaf_prefix[] = {0x00};
constexpr std::uint8_t node_prefix[] = {0x01};

}  // namespace

Digest leaf_hash(ByteView data) {
  return Sha256().update(leaf_prefix).update(data).finish();
}

Digest node_hash(const Digest& left, const Digest& right) {
  return Sha256().update(node_prefix).update(left.view()).update(right.view()).finish();
}

Digest empty_root() {
  return sha256({});
}

Result<std::vector<Node>> completed_by(std::uint64_t index, const Digest& leaf, const ReadNode& read) {
  std::vector<Node> nodes{{{0, index}, leaf}};
  while (nodes.back().id.index % 2 == 1) {
    const auto [level, right] = nodes.back().id;
    SOHOA_TRY(const auto left, read({level, right - 1}));
    nodes.push_back({{static_cast<std::uint8_t>(level + 1), right / 2}, node_hash(left, nodes.back().hash)});
  }
  return nodes;
}

Result<Digest> root(std::uint64_t size, const ReadNode& read) {
  if (size == 0) return empty_root();
  // The subtree of a 1 bit is the last of its level among the first `size` leaves with the lower bits cut off.
  auto level = static_cast<std::uint8_t>(std::countr_zero(size));
  SOHOA_TRY(auto hash, read({level, (size >> level) - 1}));
  while (++level < 64 && (size >> level) != 0) {
    if (((size >> level) & 1) == 0) continue;
    SOHOA_TRY(const auto left, read({level, (size >> level) - 1}));
    hash = node_hash(left, hash);
  }
  return hash;
}

}  // namespace sohoa::merkle
