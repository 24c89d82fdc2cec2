#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sohoa::text {

/// Unicode NFC of UTF-8; malformed sequences become U+FFFD, control characters other than '\n' and '\t' are dropped.
[[nodiscard]] std::string nfc(std::string_view utf8);

/// The letters without their marks, đ as d: "Quyết định" -> "Quyet dinh".
[[nodiscard]] std::string without_marks(std::string_view utf8);

/// Code points of well-formed UTF-8 (malformed sequences give U+FFFD).
[[nodiscard]] std::u32string code_points(std::string_view utf8);
[[nodiscard]] std::string utf8(std::u32string_view code_points);

/// Runs of white space as one space, none at the ends.
[[nodiscard]] std::string folded_spaces(std::string_view utf8);

[[nodiscard]] bool is_letter(char32_t c);
[[nodiscard]] bool is_upper(char32_t c);
[[nodiscard]] bool is_digit(char32_t c);
/// Itself where the other case has no one code point.
[[nodiscard]] char32_t lower(char32_t c);
[[nodiscard]] char32_t upper(char32_t c);

}  // namespace sohoa::text
