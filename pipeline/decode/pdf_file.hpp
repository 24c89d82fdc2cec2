#pragma once

#include <poppler/GfxState.h>
#include <poppler/OutputDev.h>
#include <poppler/PDFDoc.h>
#include <poppler/Page.h>

#include <memory>
#include <set>
#include <utility>
#include <vector>

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

/// Colour spaces by ICC profiles that a document's pages use. Each of Poppler's output devices would work out a
/// profile's transforms anew, on every page, which takes 1 to 10 ms. One thread.
class ColourProfiles {
 public:
  /// To a device that is about to run a page.
  void lend(OutputDev& device) const;
  /// What a device that has run a page knows of `profile`.
  void keep(OutputDev& device, Ref profile);
  /// The plain R G B that `space` is within 2 levels of by its profile, as nearly all are; or nullptr.
  [[nodiscard]] GfxColorSpace* plain(GfxColorSpace& space) const;

 private:
  struct Known {
    Ref profile;
    std::unique_ptr<GfxICCBasedColorSpace> space;
    bool plain;
  };
  std::vector<Known> known_;
};

/// An open PDF and the bytes that it reads from. One thread.
class PdfFile {
 public:
  /// Errors: unsupported (a password is needed), invalid_input (damaged, or without pages), resource_exhausted (pages).
  static Result<std::unique_ptr<PdfFile>> open(SourceBytes bytes, const Limits& limits);

  [[nodiscard]] PDFDoc& document() { return *document_; }
  [[nodiscard]] std::uint32_t pages() const { return pages_; }
  [[nodiscard]] ColourProfiles& profiles() { return profiles_; }
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
  ColourProfiles profiles_;
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
