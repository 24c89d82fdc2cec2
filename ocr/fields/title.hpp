#pragma once

#include <optional>
#include <vector>

#include "ocr/fields/head.hpp"
#include "ocr/fields/paper_types.hpp"

namespace sohoa::fields {

/// The heading in the page's middle and what stands below it (Decree 30/2020, annex I, II.5).
struct Title {
  const PaperType* type = nullptr;
  double error_share = 0;      ///< letters of the heading misread
  std::vector<Line> heading;   ///< "QUYẾT ĐỊNH"
  std::vector<Line> abstract;  ///< "Về việc ...", lines below; may be empty
};
/// Nothing where no heading of a known kind of paper stands in the upper part of the page.
[[nodiscard]] std::optional<Title> read_title(const PageView& page, const Head& head);

/// The addressees' lines and what they say, each name by itself (annex I, II.9: "Kính gửi:").
struct Addressee {
  std::string name;
  std::vector<Line> lines;
};
[[nodiscard]] std::vector<Addressee> read_addressees(const PageView& page, const Head& head);

}  // namespace sohoa::fields
