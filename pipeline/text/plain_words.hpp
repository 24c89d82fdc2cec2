#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sohoa::text {

/// Words as texts are compared by: split at white space, small letters without marks and digits alone; what has neither
/// is left out. "Số: 47/QĐ-UBND," gives "so", "47qdubnd". Letters of other scripts stay as they are.
[[nodiscard]] std::vector<std::string> plain_words(std::string_view utf8);

}  // namespace sohoa::text
