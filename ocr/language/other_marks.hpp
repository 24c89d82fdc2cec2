#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocr/language/confusion.hpp"
#include "ocr/language/syllable_model.hpp"

namespace sohoa::ocr::language {

/// A syllable of the model that has other marks on one letter.
struct OtherMarks {
  Token token = 0;
  Confusion confusion = Confusion::marks;
  std::size_t at = 0;   ///< which of the code points it is
  char32_t letter = 0;  ///< in lower case
};

/// The model's syllables that differ from `syllable` (NFC, of any case) in the marks of one letter.
[[nodiscard]] std::vector<OtherMarks> with_other_marks(std::u32string_view syllable, const SyllableModel& model);

}  // namespace sohoa::ocr::language
