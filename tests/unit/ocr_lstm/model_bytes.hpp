#pragma once

// Components of models, made by hand.

#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/bytes.hpp"

namespace sohoa::ocr::lstm::test {

template <typename T>
void append(Bytes& to, T value) {
  const auto at = to.size();
  to.resize(at + sizeof value);
  std::memcpy(to.data() + at, &value, sizeof value);
}

inline Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

/// A recoder component; each element is the codes of an id.
inline Bytes recoder_bytes(const std::vector<std::vector<std::int32_t>>& codes) {
  Bytes bytes;
  append(bytes, static_cast<std::uint32_t>(codes.size()));
  for (const auto& code : codes) {
    append(bytes, std::int8_t{1});
    append(bytes, static_cast<std::int32_t>(code.size()));
    for (const auto value : code) append(bytes, value);
  }
  return bytes;
}

using Words = std::vector<std::vector<std::int32_t>>;

/// A dawg component that holds `words` of ids below `letters`, as a tree: tails are not shared.
inline Bytes dawg_bytes(const Words& words, std::int32_t letters) {
  struct Edge {
    std::size_t node = 0;
    bool ends_word = false;
  };
  std::vector<std::map<std::int32_t, Edge>> nodes(1);
  for (const auto& word : words) {
    std::size_t node = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
      const bool ends = i + 1 == word.size();
      nodes[node][word[i]].ends_word |= ends;
      if (ends) break;
      if (nodes[node][word[i]].node == 0) {
        nodes[node][word[i]].node = nodes.size();
        nodes.emplace_back();
      }
      node = nodes[node][word[i]].node;
    }
  }
  std::vector<std::uint64_t> first;
  std::uint64_t edges = 0;
  for (const auto& node : nodes) {
    first.push_back(edges);
    edges += node.size();
  }
  int bits = 0;
  while ((std::int64_t{1} << bits) < letters + std::int64_t{1}) ++bits;
  Bytes bytes;
  append(bytes, std::int16_t{42});
  append(bytes, letters);
  append(bytes, static_cast<std::int32_t>(edges));
  for (const auto& node : nodes) {
    for (auto edge = node.begin(); edge != node.end(); ++edge) {
      append(bytes, static_cast<std::uint64_t>(edge->first) |
                        static_cast<std::uint64_t>(std::next(edge) == node.end()) << bits |
                        static_cast<std::uint64_t>(edge->second.ends_word) << (bits + 2) |
                        first[edge->second.node] << (bits + 3));
    }
  }
  return bytes;
}

}  // namespace sohoa::ocr::lstm::test
