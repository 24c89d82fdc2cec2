#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pipeline/model/recognized_page.hpp"
#include "pipeline/model/sheet.hpp"
#include "pipeline/model/stack.hpp"

namespace sohoa::flow {

/// What decides of a page in a stack.
struct PageFacts {
  std::optional<Sheet> sheet;  ///< it is no paper but a sheet between papers; Patch-T alone is a separator
  bool blank = false;
};
[[nodiscard]] PageFacts facts_of(const RecognizedPage& page);

/// One document of a stack.
struct CutPart {
  std::uint32_t first_page = 1;
  std::uint32_t pages = 0;
  std::string dossier;
  std::string component;

  bool operator==(const CutPart&) const = default;
};

/// Where a stack's pages go: each into one part, or it is counted as a sheet or a blank page.
struct Cut {
  std::vector<CutPart> parts;  ///< in the order of their pages
  std::uint32_t sheets = 0;
  std::uint32_t blank_pages = 0;

  [[nodiscard]] StackSums sums() const;
  /// The file is one document and nothing else.
  [[nodiscard]] bool is_whole() const { return parts.size() == 1 && sheets == 0 && blank_pages == 0; }
};

/// Cuts a stack. Sheets are taken out and cut in every way of cutting; a cover's dossier and component hold for all
/// that follows, up to the next cover, `dossier` for what comes before.
/// - sheets: blank pages at a document's ends (backs of sheets and of papers, scanned on both sides) are taken out,
/// those
///   inside it stay. Without any sheet the stack stays whole.
/// - blank: blank pages cut, and are taken out.
/// - count: every split.pages pages, and again from 1 after a sheet; blank pages are pages.
[[nodiscard]] Cut cut(std::span<const PageFacts> pages, const Split& split, const std::string& dossier);

}  // namespace sohoa::flow
