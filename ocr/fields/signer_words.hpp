#pragma once

#include <optional>
#include <string>

#include "ocr/fields/page_view.hpp"

namespace sohoa::fields {

/// A line of authority and title as it is written: "KT. CHÚ TỊCH" -> "KT. CHỦ TỊCH". Nothing where no title is like it.
struct KnownTitle {
  std::string text;
  double error_share = 0;  ///< letters misread of all; up to half of them
};
inline constexpr double sure_title = 0.2;  ///< below this it can be no other one
[[nodiscard]] std::optional<KnownTitle> known_title(const Line& line);
/// A person's name: two to six capitalised words at the line's end, which may begin with what OCR made of a signature.
/// Academic titles ("ThS.", "TS.") are left out; the family name's marks are put right where it can be one only.
struct PersonName {
  std::string text;
  std::size_t first_word = 0;    ///< of the line: where the name begins
  bool clean = false;            ///< nothing was cut away before it
  bool family_known = false;     ///< it begins with a family name of Vietnam
  bool family_proposed = false;  ///< or with the one that is nearest to what was hardly read there
};
[[nodiscard]] std::optional<PersonName> person_name(const Line& line);

}  // namespace sohoa::fields
