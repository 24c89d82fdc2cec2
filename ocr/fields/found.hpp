#pragma once

#include <string>
#include <vector>

#include "ocr/fields/page_view.hpp"
#include "pipeline/model/fields.hpp"

namespace sohoa::fields {

/// Below this a word is no proof: of the recogniser's words above it more than 99.5 % are right on office scans.
inline constexpr float sure_confidence = 0.85F;
/// What a value is worth that an officer must look at.
inline constexpr float doubtful = 0.5F;

/// A field with the evidence of `lines` (not empty) on `page`: raw text, box, and the confidence of its least sure
/// word.
[[nodiscard]] Field field_of(FieldName name, std::string value, const PageView& page, const std::vector<Line>& lines,
                             std::string rule);

/// Whether the reader doubts one of the line's words itself (pipeline/model/review.hpp).
[[nodiscard]] bool has_doubt(const Line& line);
[[nodiscard]] bool has_doubt(const std::vector<Line>& lines);
/// The same for words in small letters alone: abbreviations and names are in no language.
[[nodiscard]] bool has_doubt_in_small_letters(const std::vector<Line>& lines);
/// Whether each word of a person's name is read so that its marks can be trusted. No language knows names, so that the
/// reader is less sure of them than it might be: of 897 words of names 5 % are below
/// this, and all that were wrong but for family names, which a list mends.
[[nodiscard]] bool is_sure_name(const Line& name);
[[nodiscard]] bool is_sure_name(const Word& word);

/// Sends a field to review for `reason`; a field already sent keeps its first one.
void send_to_review(Field& field, std::string reason);

}  // namespace sohoa::fields
