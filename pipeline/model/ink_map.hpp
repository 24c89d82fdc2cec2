#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "pipeline/base/bytes.hpp"

namespace sohoa {

/// Where there is ink in the upper part of a page as it is shown: what marks must not cover. A grid of 96 columns and
/// 96 rows over the page, of which the uppermost 38 rows are kept; as text 912 hexadecimal digits.
struct InkMap {
  static constexpr int side = 96, rows = 38;
  std::array<std::uint8_t, static_cast<std::size_t>(side) * rows / 8> bits{};

  auto operator<=>(const InkMap&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.bits); };

  [[nodiscard]] bool at(int row, int column) const {
    const auto i = static_cast<std::size_t>(row) * side + static_cast<std::size_t>(column);
    return (bits[i / 8] >> (7 - i % 8) & 1) != 0;
  }
  void set(int row, int column) {
    const auto i = static_cast<std::size_t>(row) * side + static_cast<std::size_t>(column);
    bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1 << (7 - i % 8));
  }

  [[nodiscard]] std::string hex() const;
  [[nodiscard]] static std::optional<InkMap> from_hex(std::string_view text);
};

}  // namespace sohoa
