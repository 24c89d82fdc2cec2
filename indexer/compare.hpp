#pragma once

#include <string>
#include <vector>

#include "indexer/follower.hpp"

namespace sohoa::indexer {

struct Disagreement {
  std::string row;
  std::string reason;  ///< "is missing", "is one too many", "holds something else"
};

/// Holds a stored index against one that was made anew from the same entries. At most `limit` disagreements.
Result<std::vector<Disagreement>> compare(const Follower& stored, const Follower& fresh, std::size_t limit);

}  // namespace sohoa::indexer
