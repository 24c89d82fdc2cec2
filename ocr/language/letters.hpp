#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sohoa::ocr::language {

/// In the order of the rows below.
enum class Tone : std::uint8_t { level, grave, hook, tilde, acute, dot };

/// A letter taken apart: "ẩ" is "a", the vowel "â" and a hook. What is no Vietnamese letter is its own base.
struct Letter {
  char32_t base = 0;   ///< without any mark, its case kept; đ as d
  char32_t vowel = 0;  ///< without its tone
  Tone tone = Tone::level;
};

namespace letters {

inline constexpr std::array<std::u32string_view, 24> rows{
    U"aàảãáạ", U"ăằẳẵắặ", U"âầẩẫấậ", U"eèẻẽéẹ", U"êềểễếệ", U"iìỉĩíị", U"oòỏõóọ", U"ôồổỗốộ",
    U"ơờởỡớợ", U"uùủũúụ", U"ưừửữứự", U"yỳỷỹýỵ", U"AÀẢÃÁẠ", U"ĂẰẲẴẮẶ", U"ÂẦẨẪẤẬ", U"EÈẺẼÉẸ",
    U"ÊỀỂỄẾỆ", U"IÌỈĨÍỊ", U"OÒỎÕÓỌ", U"ÔỒỔỖỐỘ", U"ƠỜỞỠỚỢ", U"UÙỦŨÚỤ", U"ƯỪỬỮỨỰ", U"YỲỶỸÝỴ"};
inline constexpr std::u32string_view bases = U"aaaeeiooouuyAAAEEIOOOUUY";  // of the rows

// Unicode has them in two places.
inline constexpr char32_t first_end = 0x1B1, second_begin = 0x1EA0, second_end = 0x1EFA;

constexpr std::size_t place_of(char32_t c) {
  return c < first_end ? c : first_end + (c - second_begin);
}

inline constexpr auto table = [] {
  std::array<Letter, first_end + (second_end - second_begin)> all{};
  for (char32_t c = 0; c < first_end; ++c) all[place_of(c)] = {c, c, Tone::level};
  for (char32_t c = second_begin; c < second_end; ++c) all[place_of(c)] = {c, c, Tone::level};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t tone = 0; tone < rows[row].size(); ++tone) {
      all[place_of(rows[row][tone])] = {bases[row], rows[row].front(), static_cast<Tone>(tone)};
    }
  }
  all[U'đ'].base = U'd';
  all[U'Đ'].base = U'D';
  return all;
}();

}  // namespace letters

[[nodiscard]] constexpr Letter letter_of(char32_t c) {
  const bool known = c < letters::first_end || (c >= letters::second_begin && c < letters::second_end);
  return known ? letters::table[letters::place_of(c)] : Letter{c, c, Tone::level};
}

/// The vowels and tones that a letter may have with its base; "d" and "đ" for these; empty for others.
[[nodiscard]] constexpr std::u32string_view same_base(char32_t c) {
  switch (letter_of(c).base) {
    case U'a': return U"aàảãáạăằẳẵắặâầẩẫấậ";
    case U'e': return U"eèẻẽéẹêềểễếệ";
    case U'i': return U"iìỉĩíị";
    case U'o': return U"oòỏõóọôồổỗốộơờởỡớợ";
    case U'u': return U"uùủũúụưừửữứự";
    case U'y': return U"yỳỷỹýỵ";
    case U'd': return U"dđ";
    default: return {};
  }
}

/// The capital of a letter of Vietnamese with marks; others as they are.
[[nodiscard]] constexpr char32_t capital_of(char32_t c) {
  if (c == U'đ') return U'Đ';
  const auto letter = letter_of(c);
  constexpr std::size_t of_capitals = letters::rows.size() / 2;
  for (std::size_t row = 0; row < of_capitals; ++row) {
    if (letters::rows[row].front() == letter.vowel) {
      return letters::rows[row + of_capitals][static_cast<std::size_t>(letter.tone)];
    }
  }
  return c == U'd' ? U'D' : c;
}

/// Puts a letter of Vietnamese at the end of `utf8`.
constexpr void append_letter(std::string& utf8, char32_t c) {
  const auto byte = [&](char32_t bits) { utf8.push_back(static_cast<char>(bits)); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | c >> 6U);
    byte(0x80 | (c & 0x3FU));
  } else {
    byte(0xE0 | c >> 12U);
    byte(0x80 | (c >> 6U & 0x3FU));
    byte(0x80 | (c & 0x3FU));
  }
}

/// The code point that `utf8` (well-formed) consists of; none where it is empty or has several.
[[nodiscard]] constexpr std::optional<char32_t> only_code_point(std::string_view utf8) {
  const auto bits = [&](std::size_t i, unsigned mask) {
    return static_cast<char32_t>(static_cast<unsigned char>(utf8[i]) & mask);
  };
  if (utf8.size() == 1 && bits(0, 0x80) == 0) return bits(0, 0x7F);
  if (utf8.size() == 2 && bits(0, 0xE0) == 0xC0) return bits(0, 0x1F) << 6U | bits(1, 0x3F);
  if (utf8.size() == 3 && bits(0, 0xF0) == 0xE0) return bits(0, 0x0F) << 12U | bits(1, 0x3F) << 6U | bits(2, 0x3F);
  if (utf8.size() == 4 && bits(0, 0xF8) == 0xF0) {
    return bits(0, 0x07) << 18U | bits(1, 0x3F) << 12U | bits(2, 0x3F) << 6U | bits(3, 0x3F);
  }
  return {};
}

}  // namespace sohoa::ocr::language
