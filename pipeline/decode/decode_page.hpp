#pragma once

#include <memory>

#include "pipeline/base/result.hpp"
#include "pipeline/base/units.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/page_image.hpp"
#include "pipeline/model/source.hpp"

namespace sohoa {

/// Turns a page of a source file into pixels, text of its own, and what the finished page shows. CPU only; no file but
/// the descriptor's is read (and system fonts, for PDFs that do not bring theirs). initialise_decoders() MUST have been
/// called. Keeps the last document open, known by its digest, because a worker reads many pages of one file. Boxes of
/// own_text are pixels of `pixels`, which covers the page as canvas does: points = pixels * canvas.width /
/// pixels.width() across, and likewise down; dpi agrees with that within 0.15 %.
/// Thread: one.
class PageDecoder {
 public:
  PageDecoder();
  ~PageDecoder();
  PageDecoder(const PageDecoder&) = delete;
  PageDecoder& operator=(const PageDecoder&) = delete;

  /// Errors: invalid_input (broken), unsupported (encrypted), not_found (no such page), resource_exhausted (limits,
  /// time). After any of them the decoder can be used on.
  Result<PageImage> decode(int fd, const SourceFile& source, PageNumber number, const Limits& limits);

 private:
  struct Open;
  std::unique_ptr<Open> open_;
};

}  // namespace sohoa
