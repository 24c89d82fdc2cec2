#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/model/paper_facts.hpp"

namespace sohoa::rules {

/// What the page numbers printed on a paper say about its images.
struct PageOrder {
  std::vector<std::uint32_t> out_of_order;  ///< images whose number is smaller than the one before
  std::vector<std::uint32_t> repeated;  ///< images with the number of the one before, beyond those with sticky notes
  std::vector<std::uint32_t> missing;   ///< printed numbers that should be there and are not
};

/// `sticky_notes`: so many pages were scanned twice. Pure.
[[nodiscard]] PageOrder page_order(const PaperFacts& facts, std::uint32_t sticky_notes);

}  // namespace sohoa::rules
