#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "pipeline/base/digest.hpp"

namespace sohoa {

/// What a page looks like, in 2 x 256 bits: pages that look alike differ in few bits. As text 128 lower-case
/// hexadecimal digits, `by_sheet` first. How it is made, and how far apart pages stand: imaging/page_hash.cpp.
struct PageHash {
  using Bits = std::array<std::uint8_t, 32>;
  Bits by_sheet{};    ///< the sheet as the scanner framed it
  Bits by_content{};  ///< the same, moved so that what is written stands in the middle

  auto operator<=>(const PageHash&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.by_sheet, self.by_content); };

  [[nodiscard]] std::string hex() const { return Digest{by_sheet}.hex() + Digest{by_content}.hex(); }
  [[nodiscard]] static std::optional<PageHash> from_hex(std::string_view text) {
    if (text.size() != 128) return std::nullopt;
    const auto sheet = Digest::from_hex(text.substr(0, 64));
    const auto content = Digest::from_hex(text.substr(64));
    if (!sheet || !content) return std::nullopt;
    return PageHash{sheet->bytes, content->bytes};
  }
};

/// Bits that differ, 0..256, by the view in which the pages are more alike. Pages that have nothing to do with each
/// other differ in 90 to 140.
[[nodiscard]] inline int distance(const PageHash& one, const PageHash& other) {
  const auto differing = [](const PageHash::Bits& a, const PageHash::Bits& b) {
    int bits = 0;
    for (std::size_t i = 0; i < a.size(); ++i) bits += std::popcount(static_cast<std::uint8_t>(a[i] ^ b[i]));
    return bits;
  };
  const int by_sheet = differing(one.by_sheet, other.by_sheet);
  const int by_content = differing(one.by_content, other.by_content);
  return by_sheet < by_content ? by_sheet : by_content;
}

/// Of 130 pages scanned again, another way, 97.7 to 99.2 % differ in no more; so do 1 % of pages of two papers of one
/// kind.
inline constexpr int alike_pages_differ = 56;

}  // namespace sohoa
