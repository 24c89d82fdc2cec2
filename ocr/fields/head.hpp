#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/fields/number_symbol.hpp"
#include "ocr/fields/page_view.hpp"
#include "ocr/fields/written_date.hpp"

namespace sohoa::fields {

/// The head of a document's first page (Decree 30/2020, annex I, II.1 to II.4).
struct Head {
  bool has_motto = false;  ///< "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" or the Party's was found
  std::vector<Line> parent_agency;
  std::vector<Line> agency;
  std::optional<NumberSymbol> number;
  std::optional<WrittenDate> date;
  std::vector<Line> letter_subject;  ///< "V/v ...", below the number of an official letter
  double bottom = 0;                 ///< units: what follows stands below
};
[[nodiscard]] Head read_head(const PageView& page);

/// Whether a page begins a document of its own: it carries the motto at its top.
[[nodiscard]] bool begins_document(const PageView& page);

}  // namespace sohoa::fields
