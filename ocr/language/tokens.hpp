#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sohoa::ocr::language {

inline constexpr std::string_view line_start = "<s>";
inline constexpr std::string_view line_end = "</s>";
inline constexpr std::string_view number = "#";
inline constexpr std::string_view other_mark = "<p>";

/// A word (NFC) as the model sees it: runs of letters in lower case, runs of digits as `number`, each of , . ; : ( ) /
/// - by itself, every other mark as `other_mark`. "(Chi" -> "(", "chi".
[[nodiscard]] std::vector<std::string> tokens_of(std::string_view word);

}  // namespace sohoa::ocr::language
