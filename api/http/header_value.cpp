#include "api/http/header_value.hpp"

#include <algorithm>

#include "api/http/message.hpp"
#include "api/http/target.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::http {
namespace {

constexpr std::size_t max_parameters = 16;        // real headers have 1 to 3
constexpr std::size_t max_file_name_bytes = 255;  // NAME_MAX of the usual file systems

Error malformed(std::string what) {
  return {ErrorCode::invalid_input, std::move(what)};
}

void skip_spaces(std::string_view& rest) {
  const auto first = rest.find_first_not_of(" \t");
  rest.remove_prefix(std::min(first, rest.size()));
}

/// Takes a quoted string, whose opening quotation mark is the first of `rest`.
Result<std::string> take_quoted(std::string_view& rest) {
  std::string value;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      return value;
    }
    if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) ++i;
    value.push_back(rest[i]);
  }
  return malformed("quoted string without end");
}

std::string from_latin1(std::string_view text) {
  std::u32string code_points;
  for (const char c : text) code_points.push_back(static_cast<unsigned char>(c));
  return text::utf8(code_points);
}

/// charset'language'percent-encoded (RFC 8187, 3.2).
std::optional<std::string> decode_extended(std::string_view text) {
  const auto first = text.find('\'');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = text.find('\'', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  auto decoded = percent_decoded(text.substr(second + 1));
  if (!decoded) return std::nullopt;
  const auto charset = text.substr(0, first);
  if (equal_ignoring_case(charset, "UTF-8")) return *decoded;
  if (equal_ignoring_case(charset, "ISO-8859-1")) return from_latin1(*decoded);
  return std::nullopt;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

std::optional<std::string_view> HeaderValue::parameter(std::string_view name) const {
  for (const auto& [key, text] : parameters)
    if (key == name) return text;
  return std::nullopt;
}

Result<HeaderValue> parse_header_value(std::string_view text) {
  const auto semicolon = text.find(';');
  HeaderValue result;
  result.value = lower_case(trimmed(text.substr(0, semicolon)));
  if (result.value.empty()) return malformed("header without a value");
  auto rest = text.substr(std::min(semicolon, text.size()));
  while (true) {
    skip_spaces(rest);
    if (rest.empty()) return result;
    if (rest.front() != ';') return malformed("text after a quoted string");
    rest.remove_prefix(1);
    skip_spaces(rest);
    if (rest.empty()) return result;  // a closing ';' is common
    if (result.parameters.size() == max_parameters) return malformed("too many parameters");
    const auto equals = rest.find_first_of("=;");
    if (equals == std::string_view::npos || rest[equals] != '=') return malformed("parameter without '='");
    auto name = lower_case(trimmed(rest.substr(0, equals)));
    if (name.empty()) return malformed("parameter without a name");
    rest.remove_prefix(equals + 1);
    skip_spaces(rest);
    if (rest.starts_with('"')) {
      SOHOA_TRY(auto value, take_quoted(rest));
      result.parameters.emplace_back(std::move(name), std::move(value));
    } else {
      const auto end = std::min(rest.find(';'), rest.size());
      result.parameters.emplace_back(std::move(name), trimmed(rest.substr(0, end)));
      rest.remove_prefix(end);
    }
  }
}

std::optional<std::string> stated_file_name(const HeaderValue& disposition) {
  if (const auto extended = disposition.parameter("filename*"))
    if (auto decoded = decode_extended(*extended)) return decoded;
  const auto plain = disposition.parameter("filename");
  if (!plain) return std::nullopt;
  std::string name(*plain);
  replace_all(name, "%22", "\"");
  return name;
}

std::string clean_file_name(std::string_view name) {
  const auto folder = name.find_last_of("/\\");
  if (folder != std::string_view::npos) name.remove_prefix(folder + 1);
  auto clean = text::folded_spaces(text::nfc(name));
  if (clean.size() > max_file_name_bytes) {
    std::size_t end = max_file_name_bytes;
    while (end > 0 && (static_cast<unsigned char>(clean[end]) & 0xC0) == 0x80) --end;  // not inside a character
    clean.resize(end);
    while (clean.ends_with(' ')) clean.pop_back();  // the cut fell behind a word
  }
  return clean == "." || clean == ".." ? "" : clean;
}

std::string inline_disposition(std::string_view file_name) {
  std::string ascii;
  for (const char c : text::without_marks(file_name)) {
    const bool plain = c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '%';
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ascii.push_back(plain ? c : '_');
  }
  return "inline; filename=\"" + ascii + "\"; filename*=UTF-8''" + percent_encoded(file_name);
}

}  // namespace sohoa::http
