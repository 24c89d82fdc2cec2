#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/text.hpp"

namespace sohoa::fields {

/// Words made comparable: in `plain` each code point is one char: a small letter without its marks, a digit,
/// punctuation, '?' for anything else; one blank stands between words. `printed` and `word` have the same length.
struct Folded {
  std::string plain;
  std::u32string printed;         ///< what stands there
  std::vector<std::size_t> word;  ///< whose it is; a blank's is the word before it

  /// What is printed from `begin` to `end`, outer blanks left out.
  [[nodiscard]] std::string raw(std::size_t begin, std::size_t end) const;
  [[nodiscard]] std::string raw_from(std::size_t begin) const { return raw(begin, plain.size()); }
};
[[nodiscard]] Folded fold(const std::vector<Word>& words);

/// The letters and digits of `text`, small and without marks: "ỦY BAN" is "uyban".
[[nodiscard]] std::string letters_of(std::string_view text);

struct Match {
  std::size_t begin = 0;  ///< in `plain`
  std::size_t end = 0;    ///< exclusive
  std::size_t errors = 0;
};
/// The best place of `anchor` (small letters without marks and blanks) in `plain`, blanks ignored, at most
/// `most_errors` letters wrong, missing or added; of equals the first.
[[nodiscard]] std::optional<Match> find_anchor(std::string_view plain, std::string_view anchor,
                                               std::size_t most_errors);

/// Whether the Levenshtein distance is at most a `share` of the longer one's length.
[[nodiscard]] bool alike(std::string_view a, std::string_view b, double share);

}  // namespace sohoa::fields
