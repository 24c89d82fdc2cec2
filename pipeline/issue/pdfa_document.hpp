#pragma once

#include <optional>

#include "pipeline/issue/glyphless_font.hpp"
#include "pipeline/issue/pages_tree.hpp"
#include "pipeline/issue/pdf_stream_writer.hpp"
#include "pipeline/issue/xmp.hpp"
#include "pipeline/model/image_stream.hpp"
#include "pipeline/model/recognized_page.hpp"

namespace sohoa::issue {

/// Whether a page can be shown as it is. Errors: invalid_input, naming what is wrong.
Result<void> check(const PageCanvas& canvas);

/// A searchable PDF/A-2b (ISO 19005-2) that is written page by page: begin(), the pages in order, finish(). Memory
/// holds one page. The same input gives the same bytes. One thread. Errors: what the sink returns; the file is then
/// lost.
class PdfaDocument {
 public:
  PdfaDocument(ByteSink sink, PdfMetadata metadata)
      : metadata_(std::move(metadata)), writer_(std::move(sink)), pages_(writer_) {}
  PdfaDocument(const PdfaDocument&) = delete;
  PdfaDocument& operator=(const PdfaDocument&) = delete;

  Result<void> begin();
  /// The images of `canvas`, which has passed check(), and the invisible text of `page` over them.
  Result<void> add_page(const PageCanvas& canvas, const RecognizedPage& page);
  /// In place of a page that could not be read: an A4 page with a crossed frame, so that pages keep their numbers.
  Result<void> add_unread_page();
  /// `permanent_id` names the document through all its later versions.
  Result<void> finish(const pdf::FileId& permanent_id);

 private:
  Result<void> add(double width, double height, std::string_view resources, std::string_view content);
  Result<void> write_font();

  PdfMetadata metadata_;
  pdf::StreamWriter writer_;
  pdf::PagesTree pages_;
  pdf::Ref info_, xmp_, output_intent_;
  std::optional<pdf::Ref> font_;  ///< from the first page that has text
  GlyphCodes codes_;
};

}  // namespace sohoa::issue
