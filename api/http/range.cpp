#include "api/http/range.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "api/http/message.hpp"

namespace sohoa::http {
namespace {

/// A decimal number; one that is too big is as good as infinite. Nothing where `text` is not all digits.
std::optional<std::uint64_t> number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    value = value > (most - digit) / 10 ? most : value * 10 + digit;
  }
  return value;
}

}  // namespace

RangeChoice choose_range(std::string_view range, std::uint64_t size) {
  const auto equals = range.find('=');
  if (equals == std::string_view::npos || !equal_ignoring_case(trimmed(range.substr(0, equals)), "bytes"))
    return WholeBody{};
  const auto spec = trimmed(range.substr(equals + 1));
  const auto dash = spec.find('-');
  if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos) return WholeBody{};
  const auto first = number(trimmed(spec.substr(0, dash)));
  const auto last = number(trimmed(spec.substr(dash + 1)));
  if (!first) {
    if (dash != 0 || !last) return WholeBody{};
    if (*last == 0 || size == 0) return Unsatisfiable{};
    const auto count = std::min(*last, size);
    return ByteRange{size - count, count};
  }
  const bool open_ended = trimmed(spec.substr(dash + 1)).empty();
  if (!open_ended && (!last || *last < *first)) return WholeBody{};
  if (*first >= size) return Unsatisfiable{};
  const auto end = open_ended ? size - 1 : std::min(*last, size - 1);
  return ByteRange{*first, end - *first + 1};
}

bool names_etag(std::string_view list, std::string_view etag, Comparison comparison) {
  if (trimmed(list) == "*") return true;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());  // our own tags have no comma
    auto tag = trimmed(list.substr(0, comma));
    if (comparison == Comparison::weak && tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

}  // namespace sohoa::http
