#pragma once

#include <cstdint>
#include <optional>

#include "pipeline/base/bytes.hpp"

namespace sohoa::decode {

/// A Group 4 fax strip (ITU-T T.6) unpacked to rows of whole bytes, high bits first, 1 for black. Rows that the strip
/// lacks are filled with `missing`, but the first of them may be white. Nothing where the strip is none, or has no row.
[[nodiscard]] std::optional<Bytes> unpack_group4(ByteView strip, std::int32_t width, std::int32_t height,
                                                 std::uint8_t missing);

}  // namespace sohoa::decode
