#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::ocr::lstm {

/// The id of the space in every unicharset.
inline constexpr std::int32_t space_unichar = 0;

/// The characters (UTF-8 strings, mostly one code point each) that a model can write, by id.
/// Text format: a line with their count, then for each `utf8 properties ranges script ...`, blank separated, where
/// `properties` is hexadecimal (1 alphabetic, 2 lower case, 4 upper case, 8 digit, 10 punctuation), `ranges` (five
/// comma-joined measures) may be left out, and "NULL" stands for the space.
class Unicharset {
 public:
  /// Errors: invalid_input (damaged, an id missing or a character twice, id 0 not the space).
  static Result<Unicharset> parse(ByteView component);

  [[nodiscard]] std::int32_t size() const { return static_cast<std::int32_t>(characters_.size()); }
  /// What is written for `id`, which must be in [0, size()).
  [[nodiscard]] std::string_view utf8(std::int32_t id) const { return at(id).utf8; }
  [[nodiscard]] bool is_alphabetic(std::int32_t id) const { return (at(id).properties & 1) != 0; }
  [[nodiscard]] bool is_lower(std::int32_t id) const { return (at(id).properties & 2) != 0; }
  [[nodiscard]] bool is_upper(std::int32_t id) const { return (at(id).properties & 4) != 0; }
  [[nodiscard]] bool is_digit(std::int32_t id) const { return (at(id).properties & 8) != 0; }
  [[nodiscard]] bool is_punctuation(std::int32_t id) const { return (at(id).properties & 16) != 0; }

  /// False for characters of a script that writes no spaces between words (Han, Thai, kana; Hangul counts as one).
  [[nodiscard]] bool is_space_delimited(std::int32_t id) const { return at(id).space_delimited; }
  /// False where the set has Han, katakana or Thai characters.
  [[nodiscard]] bool is_language_space_delimited() const { return language_space_delimited_; }

 private:
  struct Character {
    std::string utf8;
    std::uint32_t properties = 0;
    bool space_delimited = true;
  };
  [[nodiscard]] const Character& at(std::int32_t id) const { return characters_[static_cast<std::size_t>(id)]; }

  std::vector<Character> characters_;
  bool language_space_delimited_ = true;
};

}  // namespace sohoa::ocr::lstm
