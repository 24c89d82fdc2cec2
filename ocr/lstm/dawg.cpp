// A node's edges are few (2 to 3 on average) and unordered, so that a plain walk over them is the fastest search; only
// the root has one for nearly every letter, sorted, and is searched by halves. Both orders of search are the oracle's:
// where a node has two edges for one letter they decide which is taken. All edges are checked once, when the graph is
// read, so that no search needs a bound.

#include "ocr/lstm/dawg.hpp"

#include <bit>
#include <cstring>
#include <string>

#include "ocr/lstm/byte_reader.hpp"

namespace sohoa::ocr::lstm {
namespace {

constexpr std::int16_t magic = 42;
constexpr int flag_bits = 3;

Error damaged(std::string_view what) {
  return {ErrorCode::invalid_input, "dawg: " + std::string(what)};
}

}  // namespace

Result<Dawg> Dawg::parse(ByteView component) {
  ByteReader in(component);
  SOHOA_TRY(const auto mark, in.read<std::int16_t>());
  SOHOA_TRY(const auto letters, in.read<std::int32_t>());
  SOHOA_TRY(const auto count, in.read<std::int32_t>());
  if (mark != magic || letters <= 0 || count <= 0) return damaged("no such component");
  SOHOA_TRY(const auto bytes, in.bytes(static_cast<std::size_t>(count) * sizeof(std::uint64_t)));

  Dawg dawg;
  dawg.edges_.resize(static_cast<std::size_t>(count));
  std::memcpy(dawg.edges_.data(), bytes.data(), bytes.size());
  // bit_width(n) is ceil(log2(n + 1)) for every n above 0.
  const int letter_bits = std::bit_width(static_cast<std::uint32_t>(letters));
  dawg.target_shift_ = letter_bits + flag_bits;
  dawg.letter_mask_ = (std::uint64_t{1} << letter_bits) - 1;
  dawg.last_bit_ = std::uint64_t{1} << letter_bits;
  dawg.end_bit_ = std::uint64_t{4} << letter_bits;
  SOHOA_DO(dawg.check());
  return dawg;
}

Result<void> Dawg::check() {
  if (!is_last(edges_.size() - 1)) return damaged("the last node has no end");
  for (std::size_t edge = 0; edge < edges_.size(); ++edge) {
    if (target(edge) >= edges_.size()) return damaged("an edge leads nowhere");
  }
  const std::uint64_t backward_bit = last_bit_ << 1;
  if ((edges_[0] & backward_bit) != 0) return damaged("the root has no letters");
  while (!is_last(root_edges_++)) {
  }
  return {};
}

Dawg::Edge Dawg::first(std::int32_t wanted) const {
  std::size_t begin = 0;
  std::size_t end = root_edges_;
  while (begin < end) {
    const auto middle = (begin + end - 1) / 2;
    const auto found = letter(middle);
    if (found == wanted) return static_cast<Edge>(middle);
    if (wanted > found) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return nowhere;
}

Dawg::Edge Dawg::next(Edge edge, std::int32_t wanted) const {
  if (edge == nowhere) return first(wanted);
  auto candidate = static_cast<std::size_t>(target(static_cast<std::size_t>(edge)));
  if (candidate == 0) return nowhere;
  do {
    if (letter(candidate) == wanted) return static_cast<Edge>(candidate);
  } while (!is_last(candidate++));
  return nowhere;
}

bool Dawg::has_word_of_one(std::int32_t wanted) const {
  // As `first`, except that an edge for the letter that does not end a word counts as too large.
  std::size_t begin = 0;
  std::size_t end = root_edges_;
  while (begin < end) {
    const auto middle = (begin + end - 1) / 2;
    if (letter(middle) == wanted && ends_word(static_cast<Edge>(middle))) return true;
    if (wanted > letter(middle)) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return false;
}

}  // namespace sohoa::ocr::lstm
