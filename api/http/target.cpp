#include "api/http/target.hpp"

#include <algorithm>

namespace sohoa::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

Result<std::string> form_decoded(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decoded(spaced);
}

/// Calls `use` with each piece of `text` between `separator`s.
template <typename Use>
Result<void> for_each_piece(std::string_view text, char separator, Use use) {
  while (true) {
    const auto end = text.find(separator);
    SOHOA_DO(use(text.substr(0, end)));
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
}

}  // namespace

Result<std::string> percent_decoded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\0') return Error{ErrorCode::invalid_input, "a zero byte is not allowed"};
    if (text[i] != '%') {
      result.push_back(text[i]);
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) return Error{ErrorCode::invalid_input, "broken %-escape"};
    if (high == 0 && low == 0) return Error{ErrorCode::invalid_input, "%00 is not allowed"};
    result.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return result;
}

std::string percent_encoded(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    if (is_unreserved(c)) {
      result.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return result;
}

Result<Target> parse_target(std::string_view target) {
  if (!target.starts_with('/')) return Error{ErrorCode::invalid_input, "the request target is not a path"};
  Target result;
  const auto question = target.find('?');
  result.path = target.substr(0, question);
  SOHOA_DO(for_each_piece(std::string_view(result.path).substr(1), '/', [&](std::string_view piece) -> Result<void> {
    SOHOA_TRY(auto segment, percent_decoded(piece));
    result.segments.push_back(std::move(segment));
    return {};
  }));
  if (question == std::string_view::npos) return result;
  SOHOA_DO(for_each_piece(target.substr(question + 1), '&', [&](std::string_view piece) -> Result<void> {
    if (piece.empty()) return {};
    const auto equals = piece.find('=');
    SOHOA_TRY(auto name, form_decoded(piece.substr(0, equals)));
    SOHOA_TRY(auto value, form_decoded(equals == std::string_view::npos ? "" : piece.substr(equals + 1)));
    result.query.emplace_back(std::move(name), std::move(value));
    return {};
  }));
  return result;
}

}  // namespace sohoa::http
