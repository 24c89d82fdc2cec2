#pragma once

#include <cstdint>

namespace sohoa::pdf {

/// The character that a code stands for (ISO 32000-1, D.2); 0xFFFD where the encoding has none.
[[nodiscard]] char32_t win_ansi(std::uint8_t code);
[[nodiscard]] char32_t mac_roman(std::uint8_t code);

}  // namespace sohoa::pdf
