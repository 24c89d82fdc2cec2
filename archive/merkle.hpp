#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "pipeline/base/digest.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::merkle {

/// Names a complete subtree of an append-only tree: 2^level leaves, from leaf index * 2^level on.
struct NodeId {
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  auto operator<=>(const NodeId&) const = default;
};

struct Node {
  NodeId id;
  Digest hash;
};

/// Looks a stored node up. Only complete subtrees of the tree are asked for. Errors are passed on.
using ReadNode = std::function<Result<Digest>(NodeId)>;

/// RFC 6962, 2.1: SHA-256(0x00 || data), SHA-256(0x01 || left || right), and SHA-256() for the tree without leaves.
[[nodiscard]] Digest leaf_hash(ByteView data);
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right);
[[nodiscard]] Digest empty_root();

/// The complete subtrees that end with leaf number `index` (from 0), that leaf first, which must be stored once it is
/// appended to a tree of `index` leaves. Reads one node for each but the first.
Result<std::vector<Node>> completed_by(std::uint64_t index, const Digest& leaf, const ReadNode& read);

/// The tree hash (RFC 6962, 2.1) over the first `size` leaves. Reads at most 64 nodes.
Result<Digest> root(std::uint64_t size, const ReadNode& read);

}  // namespace sohoa::merkle
