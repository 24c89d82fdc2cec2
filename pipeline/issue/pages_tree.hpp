#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/issue/pdf_stream_writer.hpp"

namespace sohoa::issue::pdf {

/// A page tree (ISO 32000-1, 7.7.3) that is written while its pages come: nodes of at most 64 children, each written
/// when it is full, so that memory grows with the tree's depth alone. One thread.
class PagesTree {
 public:
  explicit PagesTree(StreamWriter& writer) : writer_(&writer) {}

  /// The number that the next page must name as its parent; then add_page() is called with the page's own.
  [[nodiscard]] Ref parent_of_next_page();
  Result<void> add_page(Ref page);
  /// Writes what is open. Returns the root.
  Result<Ref> finish();

 private:
  struct Node {
    Ref ref;
    std::vector<Ref> kids;
    std::uint32_t pages = 0;
  };
  Node& open_node(std::size_t level);
  Result<void> close_node(std::size_t level);
  Result<void> write_node(const Node& node, const Ref* parent);

  StreamWriter* writer_;
  std::vector<Node> open_;  ///< the open node of each level, from the leaves up; number 0 where none is open
};

}  // namespace sohoa::issue::pdf
