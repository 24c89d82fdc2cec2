#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "pipeline/pdf/file.hpp"

namespace sohoa::pdf {

/// What a signature's ByteRange covers (ISO 32000-1, 12.8.1).
struct ByteRange {
  std::array<std::uint64_t, 4> range{};
  std::string fault;           ///< PdfSignature::byte_range_fault
  std::uint32_t revision = 0;  ///< the one it ends, from 1; 0: none
  bool covers_file = false;
};

/// Holds the ByteRange of a signature dictionary against the bytes of the file: it must leave out its own Contents and
/// nothing else, and end where a revision ends.
[[nodiscard]] ByteRange byte_range_of(const View& view, const Object& signature);

}  // namespace sohoa::pdf
