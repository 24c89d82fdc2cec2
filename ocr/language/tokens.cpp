#include "ocr/language/tokens.hpp"

#include "pipeline/text/unicode.hpp"

namespace sohoa::ocr::language {
namespace {

enum class Kind { letter, digit, mark };

Kind kind_of(char32_t c) {
  if (text::is_letter(c)) return Kind::letter;
  return text::is_digit(c) ? Kind::digit : Kind::mark;
}

}  // namespace

std::vector<std::string> tokens_of(std::string_view word) {
  constexpr std::u32string_view known_marks = U",.;:()/-";
  std::vector<std::string> tokens;
  const auto points = text::code_points(word);
  for (std::size_t i = 0; i < points.size();) {
    const auto kind = kind_of(points[i]);
    if (kind == Kind::mark) {
      const auto mark = points[i++];
      tokens.emplace_back(known_marks.find(mark) == std::u32string_view::npos
                              ? std::string(other_mark)
                              : std::string(1, static_cast<char>(mark)));
      continue;
    }
    std::u32string run;
    for (; i < points.size() && kind_of(points[i]) == kind; ++i) run.push_back(text::lower(points[i]));
    tokens.push_back(kind == Kind::digit ? std::string(number) : text::utf8(run));
  }
  return tokens;
}

}  // namespace sohoa::ocr::language
