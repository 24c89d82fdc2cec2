#include "pipeline/sign/der_reader.hpp"

namespace sohoa::sign::der {
namespace {

constexpr int deepest = 32;  // a CMS with timestamps within nests some 20 deep
constexpr std::uint8_t constructed = 0x20;

struct Length {
  std::size_t header = 0;  ///< tag and length, bytes
  std::size_t content = 0;
  bool indefinite = false;
};

std::optional<Length> length_of(ByteView input) {
  if (input.size() < 2 || (input[0] & 0x1fU) == 0x1f) return std::nullopt;
  const std::uint8_t first = input[1];
  if (first < 0x80) return Length{2, first, false};
  if (first == 0x80) return Length{2, 0, true};
  const std::size_t digits = first & 0x7fU;
  if (digits > 4 || input.size() < 2 + digits || input[2] == 0) return std::nullopt;
  std::size_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) value = value << 8U | input[2 + i];
  if (value < 0x80) return std::nullopt;
  return Length{2 + digits, value, false};
}

bool is_end_of_contents(ByteView input) {
  return input.size() >= 2 && input[0] == 0 && input[1] == 0;
}

}  // namespace

/// Bytes of `content` before its end-of-contents (X.690, 8.1.5).
std::optional<std::size_t> Reader::length_of_indefinite(ByteView content, int depth) const {
  Reader within(content);
  while (within.ok_ && !is_end_of_contents(within.rest_)) {
    if (!within.take(depth + 1)) return std::nullopt;
  }
  if (!within.ok_) return std::nullopt;
  return content.size() - within.rest_.size();
}

std::optional<Element> Reader::take(int depth) {
  const auto length = ok_ && depth < deepest ? length_of(rest_) : std::nullopt;
  if (!length) {
    fail();
    return std::nullopt;
  }
  std::size_t content = length->content;
  std::size_t trailer = 0;
  if (length->indefinite) {
    const auto found = (rest_[0] & constructed) != 0 ? length_of_indefinite(rest_.subspan(2), depth) : std::nullopt;
    if (!found) {
      fail();
      return std::nullopt;
    }
    content = *found;
    trailer = 2;
  }
  if (content > rest_.size() - length->header - trailer) {
    fail();
    return std::nullopt;
  }
  const Element element{rest_[0], rest_.subspan(length->header, content),
                        rest_.first(length->header + content + trailer)};
  rest_ = rest_.subspan(element.whole.size());
  return element;
}

Element Reader::next() {
  return take(0).value_or(Element{});
}

Element Reader::next(Tag tag) {
  if (!sees(tag)) fail();
  return next();
}

std::optional<Element> Reader::next_if(Tag tag) {
  if (!sees(tag)) return std::nullopt;
  return take(0);
}

std::uint64_t Reader::number() {
  const auto element = next(Tag::integer);
  if (!ok_ || element.content.empty() || element.content.size() > 8 || (element.content[0] & 0x80U) != 0) {
    fail();
    return 0;
  }
  std::uint64_t value = 0;
  for (const auto byte : element.content) value = value << 8U | byte;
  return value;
}

std::optional<Bytes> octets(const Element& element) {
  if (element.is(Tag::octet_string)) return Bytes(element.content.begin(), element.content.end());
  if (element.tag != (static_cast<std::uint8_t>(Tag::octet_string) | constructed)) return std::nullopt;
  Bytes joined;
  Reader pieces(element.content);
  while (pieces.ok() && !pieces.at_end()) {
    const auto piece = pieces.next(Tag::octet_string);
    joined.insert(joined.end(), piece.content.begin(), piece.content.end());
  }
  if (!pieces.ok()) return std::nullopt;
  return joined;
}

}  // namespace sohoa::sign::der
