#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ocr/fields/page_view.hpp"

namespace sohoa::fields {

/// A kind of paper: those of Decree 30/2020 (art. 7, annex III), of laws and decrees, and the common civil papers.
struct PaperType {
  std::string_view code;          ///< "quyet_dinh"
  std::string_view abbreviation;  ///< "QĐ"; "" where there is none
  std::string_view name;          ///< "Quyết định"
  std::string_view heading;       ///< "QUYẾT ĐỊNH"; "" for an official letter, which has none
};
[[nodiscard]] const std::vector<PaperType>& paper_types();
[[nodiscard]] const PaperType& official_letter();

/// All with this abbreviation when marks and case are put aside: "QD" finds "QĐ" and "QyĐ" not; "HD" finds HD and HĐ.
[[nodiscard]] std::vector<const PaperType*> types_abbreviated(std::string_view abbreviation);

/// A heading found in lines that stand one below another.
struct HeadingMatch {
  const PaperType* type = nullptr;
  std::size_t lines = 0;   ///< how many it takes
  double error_share = 0;  ///< letters wrong of all its letters
};
/// Whether a paper's heading begins at lines[first]; of several the longest.
[[nodiscard]] std::optional<HeadingMatch> match_heading(const std::vector<Line>& lines, std::size_t first);

}  // namespace sohoa::fields
