#include "pipeline/issue/xml_text.hpp"

namespace sohoa::issue {

std::string xml_escaped(std::string_view utf8) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  std::string result;
  result.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const char c = utf8[i];
    const auto next_three = utf8.substr(i, 3);
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else if (c == '"') {
      result += "&quot;";
    } else if (c == '\n' || c == '\t') {
      result += c == '\n' ? "&#10;" : "&#9;";  // kept from being turned into a space in attributes
    } else if (static_cast<unsigned char>(c) < 0x20) {
      result += replacement;
    } else if (next_three == "\xEF\xBF\xBE" || next_three == "\xEF\xBF\xBF") {  // U+FFFE, U+FFFF
      result += replacement;
      i += 2;
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace sohoa::issue
