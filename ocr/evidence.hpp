#pragma once

#include <string>
#include <string_view>

#include "pipeline/model/text.hpp"

namespace sohoa::ocr {

/// Lower case without marks, for comparing what may be misread: "ĐẾN" and "ĐỀN" are both "den".
[[nodiscard]] std::string folded(std::string_view text);

/// Only the letters and digits of folded(text): "Chuyển:" is "chuyen".
[[nodiscard]] std::string letters_of(std::string_view text);

[[nodiscard]] std::size_t count_alphanumeric(std::string_view text);
[[nodiscard]] bool is_all_upper(std::string_view text);  ///< has letters, none of them small

/// Confidence of a line, 0..100: its words' by their length.
[[nodiscard]] double confidence_of(const TextLine& line);

}  // namespace sohoa::ocr
