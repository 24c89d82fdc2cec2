#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/fields/page_view.hpp"
#include "ocr/fields/signer_words.hpp"

namespace sohoa::fields {

struct Recipient {
  std::string name;  ///< without its dash and closing mark
  std::vector<Line> lines;
};

/// Who signed and who gets it (Decree 30/2020, annex I, II.7 to II.9).
struct Foot {
  std::vector<Line> title;      ///< authority and title
  std::string title_text;       ///< a line each, put right by the closed list of titles
  bool title_is_known = false;  ///< every line of it is in the list, and none is lacking
  std::vector<Line> name;       ///< one line, or none
  PersonName person;            ///< what it says
  double name_off_axis = 0;     ///< units: how far the name's middle stands right of the title's
  std::vector<Recipient> recipients;
  double score = 0;  ///< how much of a foot it is; a document's is the first above `strong_foot`, else the best
};
inline constexpr double strong_foot = 3;
[[nodiscard]] std::optional<Foot> read_foot(const PageView& page);

}  // namespace sohoa::fields
