#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sohoa {

/// Where a stack, one file of many papers, is cut into documents.
struct Split {
  enum class At : std::uint8_t {
    nowhere,  ///< a file is a document
    sheets,   ///< at separator and cover sheets, and at Patch-T sheets
    blank,    ///< at blank pages too
    count,    ///< after every `pages` pages too
  };
  At at = At::nowhere;
  std::uint32_t pages = 0;  ///< 1 or more for `count`, else 0

  bool operator==(const Split&) const = default;
};

/// "none", "sheets", "blank", or the number of pages.
[[nodiscard]] std::string text_of(const Split& split);
/// Reads what text_of writes; "" is "none". Nothing where it is no such text, or a number below 1 or above 20,000.
[[nodiscard]] std::optional<Split> split_of(std::string_view text);

/// The pages of a stack that a document is made of.
struct StackPart {
  std::uint32_t number = 1;      ///< of the document in the stack, from 1
  std::uint32_t first_page = 1;  ///< in the stack, from 1
  std::uint32_t pages = 0;
  std::string component;  ///< of the dossier, from the cover sheet; "" where it names none

  bool operator==(const StackPart&) const = default;
};

/// Where the pages of a stack went; together they are all of its pages.
struct StackSums {
  std::uint32_t documents = 0;
  std::uint32_t document_pages = 0;
  std::uint32_t sheets = 0;
  std::uint32_t blank_pages = 0;

  [[nodiscard]] std::uint32_t pages() const { return document_pages + sheets + blank_pages; }
  bool operator==(const StackSums&) const = default;
};

/// "12 pages: 3 documents of 9 pages, 2 sheets, 1 blank page"
[[nodiscard]] std::string text_of(const StackSums& sums);

}  // namespace sohoa
