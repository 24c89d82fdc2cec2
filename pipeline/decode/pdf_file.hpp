#pragma once

#include <poppler/PDFDoc.h>
#include <poppler/Page.h>

#include <memory>
#include <set>

#include "pipeline/base/result.hpp"
#include "pipeline/base/units.hpp"
#include "pipeline/decode/source_bytes.hpp"
#include "pipeline/model/limits.hpp"

namespace sohoa::decode {

/// CPU time that one page may take here, so that a page cannot use up its worker's time before it is read.
class Deadline {
 public:
  explicit Deadline(double seconds);
  [[nodiscard]] bool passed() const;
  /// Poppler's abort callback; `data` is a Deadline.
  static bool check(void* data) { return static_cast<Deadline*>(data)->passed(); }

 private:
  double end_;
};

/// An open PDF and the bytes that it reads from. One thread.
class PdfFile {
 public:
  /// Errors: unsupported (a password is needed), invalid_input (damaged, or without pages), resource_exhausted (pages).
  static Result<std::unique_ptr<PdfFile>> open(SourceBytes bytes, const Limits& limits);

  [[nodiscard]] PDFDoc& document() { return *document_; }
  [[nodiscard]] std::uint32_t pages() const { return pages_; }
  /// Errors: not_found (beyond the last page), invalid_input (the page tree has no such page, or a size that cannot
  /// be).
  Result<::Page*> page(PageNumber number);

  /// A signature field that holds a signature.
  [[nodiscard]] bool carries_signature();

 private:
  PdfFile() = default;

  SourceBytes bytes_;  // outlives the document
  std::unique_ptr<PDFDoc> document_;
  std::uint32_t pages_ = 0;
};

/// The page's visible size in points, as it is shown (its /Rotate done).
struct PageSize {
  double width = 0;
  double height = 0;
};
[[nodiscard]] PageSize shown_size(::Page& page);

/// Widgets of signature fields on the page; they live as long as the page.
[[nodiscard]] std::set<const Annot*> signature_widgets(::Page& page);

}  // namespace sohoa::decode
