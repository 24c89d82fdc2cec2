#include "pipeline/decode/decode_page.hpp"

#include <exception>
#include <new>

#include "pipeline/decode/pdf_file.hpp"
#include "pipeline/decode/pdf_page.hpp"
#include "pipeline/decode/picture_page.hpp"
#include "pipeline/decode/source_bytes.hpp"

namespace sohoa {

using namespace decode;

struct PageDecoder::Open {
  Digest digest;
  SourceBytes picture;           // a picture file
  std::unique_ptr<PdfFile> pdf;  // or a PDF, which owns its bytes
};

PageDecoder::PageDecoder() = default;
PageDecoder::~PageDecoder() = default;

Result<PageImage> PageDecoder::decode(int fd, const SourceFile& source, PageNumber number, const Limits& limits) {
  if (source.format == SourceFormat::zip) return Error{ErrorCode::unsupported, "an archive has no pages"};
  if (number.value < 1) return Error{ErrorCode::not_found, "pages are counted from 1"};
  try {
    if (!open_ || open_->digest != source.digest) {
      open_.reset();
      SOHOA_TRY(auto bytes, SourceBytes::map(fd, limits));
      auto opened = std::make_unique<Open>();
      opened->digest = source.digest;
      if (source.format == SourceFormat::pdf) {
        SOHOA_TRY(opened->pdf, PdfFile::open(std::move(bytes), limits));
      } else {
        opened->picture = std::move(bytes);
      }
      open_ = std::move(opened);
    }
    if (open_->pdf) return decode_pdf_page(*open_->pdf, number, limits);
    return decode_picture_page(open_->picture.view(), source.format, number, limits);
  } catch (const std::bad_alloc&) {
    open_.reset();
    return Error{ErrorCode::resource_exhausted, "not enough memory for the page"};
  } catch (const std::exception& error) {
    open_.reset();
    return Error{ErrorCode::internal, std::string("decoding: ") + error.what()};
  }
}

}  // namespace sohoa
