#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

namespace sohoa::http {

struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  bool operator==(const ByteRange&) const = default;
};
/// Send everything: no Range, one in another unit, a malformed one, or several ranges (RFC 9110, 14.2 allows it).
struct WholeBody {
  bool operator==(const WholeBody&) const = default;
};
/// 416: the range lies behind the end.
struct Unsatisfiable {
  bool operator==(const Unsatisfiable&) const = default;
};
using RangeChoice = std::variant<WholeBody, ByteRange, Unsatisfiable>;

/// What `range`, a Range header's value, asks of a body of `size` bytes.
[[nodiscard]] RangeChoice choose_range(std::string_view range, std::uint64_t size);

enum class Comparison { strong, weak };  ///< RFC 9110, 8.8.3.2

/// Whether `list` ("*" or entity tags, as in If-None-Match) names `etag`, a strong tag with its quotation marks.
[[nodiscard]] bool names_etag(std::string_view list, std::string_view etag, Comparison comparison);

}  // namespace sohoa::http
