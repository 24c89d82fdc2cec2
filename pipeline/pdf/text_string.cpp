#include "pipeline/pdf/text_string.hpp"

#include <array>
#include <cstdio>

#include "pipeline/text/unicode.hpp"

namespace sohoa::pdf {
namespace {

/// PDFDocEncoding where it is not Latin-1 (ISO 32000-1, D.2): 0x18..0x1F and 0x80..0xA0.
constexpr std::array<char16_t, 8> accents = {0x02D8, 0x02C7, 0x02C6, 0x02D9, 0x02DD, 0x02DB, 0x02DA, 0x02DC};
constexpr std::array<char16_t, 33> upper = {0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039,
                                            0x203A, 0x2212, 0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A,
                                            0x2122, 0xFB01, 0xFB02, 0x0141, 0x0152, 0x0160, 0x0178, 0x017D, 0x0131,
                                            0x0142, 0x0153, 0x0161, 0x017E, 0xFFFD, 0x20AC};

std::u32string from_utf16(std::string_view bytes) {
  std::u32string result;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto unit = [&](std::size_t at) -> char32_t {
      return static_cast<char32_t>(static_cast<unsigned char>(bytes[at]) << 8 |
                                   static_cast<unsigned char>(bytes[at + 1]));
    };
    char32_t c = unit(i);
    if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.size()) {
      const char32_t low = unit(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    result.push_back(c >= 0xD800 && c < 0xE000 ? U'\xFFFD' : c);
  }
  return result;
}

std::u32string from_doc_encoding(std::string_view bytes) {
  std::u32string result;
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    if (c >= 0x18 && c < 0x20) {
      result.push_back(accents[c - 0x18u]);
    } else if (c >= 0x80 && c <= 0xA0) {
      result.push_back(upper[c - 0x80u]);
    } else {
      result.push_back(c);
    }
  }
  return result;
}

/// Many writers put UTF-8 without its mark; nothing else looks like it.
bool is_utf8(std::string_view bytes) {
  return text::code_points(bytes).find(U'\xFFFD') == std::u32string::npos;
}

}  // namespace

std::string text_of(const Object& string) {
  if (!string.is_string()) return "";
  const std::string_view bytes = string.text;
  if (bytes.starts_with("\xFE\xFF")) return text::nfc(text::utf8(from_utf16(bytes.substr(2))));
  if (bytes.starts_with("\xEF\xBB\xBF")) return text::nfc(bytes.substr(3));
  return text::nfc(is_utf8(bytes) ? std::string(bytes) : text::utf8(from_doc_encoding(bytes)));
}

std::string iso_date_of(const Object& string) {
  if (!string.is_string()) return "";
  std::string_view rest = string.text;
  if (rest.starts_with("D:")) rest.remove_prefix(2);
  const auto take = [&](std::size_t digits, int least, int most, int missing) {
    if (rest.empty() || rest[0] < '0' || rest[0] > '9') return missing;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (i >= rest.size() || rest[i] < '0' || rest[i] > '9') return -1;
      value = 10 * value + (rest[i] - '0');
    }
    rest.remove_prefix(digits);
    return value < least || value > most ? -1 : value;
  };
  const int year = take(4, 1900, 9999, -1), month = take(2, 1, 12, 1), day = take(2, 1, 31, 1);
  const int hour = take(2, 0, 23, 0), minute = take(2, 0, 59, 0), second = take(2, 0, 59, 0);
  for (const int part : {year, month, day, hour, minute, second}) {
    if (part < 0) return "";
  }
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute, second);
  std::string result = text.data();
  if (rest.empty()) return result;
  const char sign = rest[0];
  rest.remove_prefix(1);
  if (sign == 'Z') return result + 'Z';
  if (sign != '+' && sign != '-') return "";
  const int offset_hour = take(2, 0, 23, -1);
  if (rest.starts_with("'")) rest.remove_prefix(1);
  const int offset_minute = take(2, 0, 59, 0);
  if (offset_hour < 0 || offset_minute < 0) return "";
  std::snprintf(text.data(), text.size(), "%c%02d:%02d", sign, offset_hour, offset_minute);
  return result + text.data();
}

}  // namespace sohoa::pdf
