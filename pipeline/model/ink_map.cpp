#include "pipeline/model/ink_map.hpp"

#include <charconv>

#include "pipeline/base/digest.hpp"

namespace sohoa {

std::string InkMap::hex() const {
  return to_hex(bits);
}

std::optional<InkMap> InkMap::from_hex(std::string_view text) {
  InkMap map;
  if (text.size() != 2 * map.bits.size()) return std::nullopt;
  for (std::size_t i = 0; i < map.bits.size(); ++i) {
    const auto* digits = text.data() + 2 * i;
    if (std::from_chars(digits, digits + 2, map.bits[i], 16).ptr != digits + 2) return std::nullopt;
  }
  return map;
}

}  // namespace sohoa
