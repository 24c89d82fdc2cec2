#include "ocr/language/other_marks.hpp"

#include "ocr/language/letters.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::ocr::language {

std::vector<OtherMarks> with_other_marks(std::u32string_view syllable, const SyllableModel& model) {
  std::vector<OtherMarks> found;
  std::u32string small;
  for (const auto c : syllable) small.push_back(text::lower(c));
  std::string piece;
  for (std::size_t at = 0; at < small.size(); ++at) {
    const auto others = same_base(small[at]);
    if (others.empty()) continue;
    const auto before = text::utf8(std::u32string_view(small).substr(0, at));
    const auto after = text::utf8(std::u32string_view(small).substr(at + 1));
    for (const auto other : others) {
      if (other == small[at]) continue;
      piece = before;
      append_letter(piece, other);
      piece += after;
      const auto token = model.token(piece);
      if (token != model.unknown()) found.push_back({token, confusion_of(small[at], other), at, other});
    }
  }
  return found;
}

}  // namespace sohoa::ocr::language
