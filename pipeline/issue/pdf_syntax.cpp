#include "pipeline/issue/pdf_syntax.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "pipeline/base/digest.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::issue::pdf {
namespace {

bool is_plain_in_names(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' ||
         c == '_' || c == '+';
}

std::string ascii_string(std::string_view text) {
  std::string result = "(";
  for (const char c : text) {
    if (c == '(' || c == ')' || c == '\\') result += '\\';
    result += c;
  }
  return result + ')';
}

void append_utf16(Bytes& bytes, char32_t c) {
  const auto unit = [&](std::uint32_t value) {
    bytes.push_back(static_cast<std::uint8_t>(value >> 8));
    bytes.push_back(static_cast<std::uint8_t>(value));
  };
  if (c < 0x10000) return unit(c);
  unit(0xD800 + ((c - 0x10000) >> 10));
  unit(0xDC00 + ((c - 0x10000) & 0x3FF));
}

}  // namespace

std::string to_string(Ref ref) {
  return std::to_string(ref.number) + " 0 R";
}

std::string number(double value, int decimals) {
  constexpr double largest = 1e7;  // far beyond any page, and within what every reader takes
  if (!std::isfinite(value)) return "0";
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::clamp(value, -largest, largest),
                                 std::chars_format::fixed, decimals)
                       .ptr;
  std::string text(buffer, end);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string name(std::string_view text) {
  constexpr std::size_t longest = 127;
  std::string result = "/";
  for (const char c : text.substr(0, longest)) {
    if (is_plain_in_names(c)) {
      result += c;
    } else {
      const auto byte = static_cast<std::uint8_t>(c);
      result += '#' + to_hex({&byte, 1});
    }
  }
  return result;
}

std::string text_string(std::string_view utf8) {
  if (std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= 0x20 && c < 0x7F; })) return ascii_string(utf8);
  Bytes bytes{0xFE, 0xFF};
  for (const char32_t c : text::code_points(utf8)) append_utf16(bytes, c);
  return hex_string(bytes);
}

std::string hex_string(ByteView bytes) {
  return '<' + to_hex(bytes) + '>';
}

std::string date(WallTime time) {
  const std::string iso = iso8601(time);  // 2026-11-22T22:15:03.120+07:00
  std::string digits;
  std::copy_if(iso.begin(), iso.begin() + 19, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return "(D:" + digits + "+07'00')";
}

std::string rectangle(double x, double y, double width, double height) {
  return number(x) + ' ' + number(y) + ' ' + number(width) + ' ' + number(height) + " re\n";
}

std::string table_entry(std::uint64_t offset) {
  const auto digits = std::to_string(offset);
  return std::string(10 - std::min<std::size_t>(10, digits.size()), '0') + digits + " 00000 n \n";
}

std::string matrix(const Matrix& m) {
  std::string text;
  for (const double value : {m.a, m.b, m.c, m.d, m.e, m.f}) text += (text.empty() ? "" : " ") + number(value, 4);
  return text;
}

Dictionary& Dictionary::add(std::string_view key, std::string_view value) {
  entries_ += name(key);
  // A delimiter separates by itself (7.2.2).
  if (value.empty() || std::string_view("/<([").find(value.front()) == std::string_view::npos) entries_ += ' ';
  entries_ += value;
  return *this;
}

}  // namespace sohoa::issue::pdf
