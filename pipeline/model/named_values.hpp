#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace sohoa {

/// An enumeration's values with the names they bear in files, read both ways.
template <typename E, std::size_t size>
struct NamedValues {
  std::array<std::pair<E, std::string_view>, size> all;

  [[nodiscard]] constexpr std::string_view name(E value) const {
    for (const auto& [one, name] : all) {
      if (one == value) return name;
    }
    return all.front().second;
  }
  [[nodiscard]] constexpr std::optional<E> value(std::string_view name) const {
    for (const auto& [one, text] : all) {
      if (text == name) return one;
    }
    return std::nullopt;
  }
};

}  // namespace sohoa
