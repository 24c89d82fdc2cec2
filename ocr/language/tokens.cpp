#include "ocr/language/tokens.hpp"

#include <cstdint>

#include "ocr/language/letters.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::ocr::language {
namespace {

enum class Kind : std::uint8_t { letter, digit, mark };

Kind kind_of(char32_t c) {
  if (text::is_letter(c)) return Kind::letter;
  return text::is_digit(c) ? Kind::digit : Kind::mark;
}

/// The code point that `text` begins with, and its bytes. What is not well-formed counts as one strange mark a byte.
struct Step {
  char32_t c = 0;
  std::string_view bytes;
};
Step step_of(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  const auto bytes = text.substr(0, size);
  const auto c = only_code_point(bytes);
  return c ? Step{*c, bytes} : Step{0xFFFD, text.substr(0, 1)};
}

}  // namespace

std::vector<std::string> tokens_of(std::string_view word) {
  constexpr std::string_view known_marks = ",.;:()/-";
  std::vector<std::string> tokens;
  auto last = Kind::mark;
  while (!word.empty()) {
    const auto [c, bytes] = step_of(word);
    word.remove_prefix(bytes.size());
    const auto kind = kind_of(c);
    if (kind == Kind::mark) {
      const bool known = known_marks.find(bytes) != std::string_view::npos;
      tokens.emplace_back(known ? bytes : other_mark);
    } else if (kind == Kind::digit) {
      if (last != kind) tokens.emplace_back(number);
    } else {
      if (last != kind) tokens.emplace_back();
      const auto small = text::lower(c);
      tokens.back().append(small == c ? bytes : std::string_view(text::utf8({&small, 1})));
    }
    last = kind;
  }
  return tokens;
}

}  // namespace sohoa::ocr::language
