#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "pipeline/base/bytes.hpp"

/// DER (X.690) from the inside out: each function gives one whole element.
namespace sohoa::sign::der {

enum class Tag : std::uint8_t {
  boolean = 0x01,
  integer = 0x02,
  bit_string = 0x03,
  octet_string = 0x04,
  null = 0x05,
  object_id = 0x06,
  enumerated = 0x0a,
  generalized_time = 0x18,
  sequence = 0x30,
  set = 0x31
};

/// [number], constructed.
[[nodiscard]] constexpr Tag context(unsigned number) {
  return static_cast<Tag>(0xa0U | number);
}
/// [number] IMPLICIT of a primitive type.
[[nodiscard]] constexpr Tag context_primitive(unsigned number) {
  return static_cast<Tag>(0x80U | number);
}

[[nodiscard]] Bytes element(Tag tag, ByteView content);
[[nodiscard]] Bytes element(Tag tag, std::initializer_list<Bytes> parts);
[[nodiscard]] Bytes sequence(std::initializer_list<Bytes> parts);
/// SET OF: its members in the order of their encodings (X.690, 11.6).
[[nodiscard]] Bytes set_of(std::vector<Bytes> members, Tag tag = Tag::set);
[[nodiscard]] Bytes object_id(std::string_view content);
[[nodiscard]] Bytes octet_string(ByteView content);
[[nodiscard]] Bytes integer(std::uint64_t value);
/// From an unsigned number, most significant byte first.
[[nodiscard]] Bytes integer(ByteView magnitude);
[[nodiscard]] Bytes null();
[[nodiscard]] Bytes boolean_true();

}  // namespace sohoa::sign::der
