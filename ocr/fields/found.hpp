#pragma once

#include <string>
#include <vector>

#include "ocr/fields/page_view.hpp"
#include "pipeline/model/fields.hpp"

namespace sohoa::fields {

/// Below this a word is no proof: of the recogniser's words above it more than 99.5 % are right on office scans.
inline constexpr float sure_word = 0.85F;
/// What a value is worth that an officer must look at.
inline constexpr float doubtful = 0.5F;

/// A field with the evidence of `lines` (not empty) on `page`: raw text, box, and the confidence of its least sure
/// word.
[[nodiscard]] Field field_of(FieldName name, std::string value, const PageView& page, const std::vector<Line>& lines,
                             std::string rule);

/// Whether the reader doubts one of the line's words itself (pipeline/model/review.hpp).
[[nodiscard]] bool has_doubt(const Line& line);
[[nodiscard]] bool has_doubt(const std::vector<Line>& lines);

/// Sends a field to review for `reason`; a field already sent keeps its first one.
void send_to_review(Field& field, std::string reason);

}  // namespace sohoa::fields
