#pragma once

#include <string_view>

#include "pipeline/model/recognized_page.hpp"

namespace sohoa::issue {

// The names that results use for the model's enums.
[[nodiscard]] std::string_view name_of(BlockRole role);     ///< "e_signature"
[[nodiscard]] std::string_view name_of(TextSource source);  ///< "born_digital"
[[nodiscard]] std::string_view name_of(ColourKind colour);  ///< "bilevel"
[[nodiscard]] std::string_view name_of(Severity severity);  ///< "warning"
[[nodiscard]] int degrees(Turn turn);                       ///< clockwise: 0, 90, 180, 270

}  // namespace sohoa::issue
