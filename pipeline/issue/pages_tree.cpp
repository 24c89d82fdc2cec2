#include "pipeline/issue/pages_tree.hpp"

namespace sohoa::issue::pdf {
namespace {

constexpr std::size_t most_kids = 64;  // two levels hold 4,096 pages, three 262,144

}  // namespace

PagesTree::Node& PagesTree::open_node(std::size_t level) {
  if (level == open_.size()) open_.emplace_back();
  Node& node = open_[level];
  if (node.ref.number == 0) node.ref = writer_->reserve();
  return node;
}

Ref PagesTree::parent_of_next_page() {
  return open_node(0).ref;
}

Result<void> PagesTree::add_page(Ref page) {
  Node& leaf = open_node(0);
  leaf.kids.push_back(page);
  ++leaf.pages;
  // A full node is closed only when it must make room, so that 64 pages need one node.
  for (std::size_t level = 0; level < open_.size() && open_[level].kids.size() == most_kids; ++level) {
    SOHOA_DO(close_node(level));
  }
  return {};
}

Result<void> PagesTree::close_node(std::size_t level) {
  Node& above = open_node(level + 1);  // may move the nodes, so it comes first
  Node& node = open_[level];
  SOHOA_DO(write_node(node, &above.ref));
  above.kids.push_back(node.ref);
  above.pages += node.pages;
  node = {};
  return {};
}

Result<void> PagesTree::write_node(const Node& node, const Ref* parent) {
  std::string kids;
  for (const Ref kid : node.kids) kids += (kids.empty() ? "" : " ") + to_string(kid);
  Dictionary dictionary;
  dictionary.add("Type", "/Pages");
  if (parent != nullptr) dictionary.add("Parent", *parent);
  return writer_->object(node.ref, dictionary.add("Count", node.pages).add("Kids", '[' + kids + ']').text());
}

Result<Ref> PagesTree::finish() {
  for (std::size_t level = 0; level + 1 < open_.size(); ++level) {
    if (!open_[level].kids.empty()) SOHOA_DO(close_node(level));
  }
  const Node& root = open_node(open_.empty() ? 0 : open_.size() - 1);
  SOHOA_DO(write_node(root, nullptr));
  return root.ref;
}

}  // namespace sohoa::issue::pdf
