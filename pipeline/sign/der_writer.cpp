#include "pipeline/sign/der_writer.hpp"

#include <algorithm>

namespace sohoa::sign::der {
namespace {

void append(Bytes& to, ByteView bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const auto& part : parts) append(all, part);
  return all;
}

void append_length(Bytes& to, std::size_t length) {
  if (length < 0x80) return to.push_back(static_cast<std::uint8_t>(length));
  Bytes digits;
  for (; length > 0; length >>= 8U) digits.push_back(static_cast<std::uint8_t>(length));
  to.push_back(static_cast<std::uint8_t>(0x80U | digits.size()));
  to.insert(to.end(), digits.rbegin(), digits.rend());
}

}  // namespace

Bytes element(Tag tag, ByteView content) {
  Bytes whole{static_cast<std::uint8_t>(tag)};
  append_length(whole, content.size());
  append(whole, content);
  return whole;
}

Bytes element(Tag tag, std::initializer_list<Bytes> parts) {
  return element(tag, joined(parts));
}

Bytes sequence(std::initializer_list<Bytes> parts) {
  return element(Tag::sequence, parts);
}

Bytes set_of(std::vector<Bytes> members, Tag tag) {
  std::sort(members.begin(), members.end());
  Bytes content;
  for (const auto& member : members) append(content, member);
  return element(tag, content);
}

Bytes object_id(std::string_view content) {
  return element(Tag::object_id, as_bytes(content));
}

Bytes octet_string(ByteView content) {
  return element(Tag::octet_string, content);
}

Bytes integer(std::uint64_t value) {
  Bytes digits;
  for (; value > 0; value >>= 8U) digits.insert(digits.begin(), static_cast<std::uint8_t>(value));
  return integer(digits);
}

Bytes integer(ByteView magnitude) {
  const auto first = std::find_if(magnitude.begin(), magnitude.end(), [](std::uint8_t byte) { return byte != 0; });
  Bytes content(first, magnitude.end());
  if (content.empty() || (content.front() & 0x80U) != 0) content.insert(content.begin(), 0);
  return element(Tag::integer, content);
}

Bytes null() {
  return {static_cast<std::uint8_t>(Tag::null), 0};
}

Bytes boolean_true() {
  return {static_cast<std::uint8_t>(Tag::boolean), 1, 0xff};
}

}  // namespace sohoa::sign::der
