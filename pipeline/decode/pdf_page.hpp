#pragma once

#include "pipeline/base/result.hpp"
#include "pipeline/decode/pdf_file.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/page_image.hpp"

namespace sohoa::decode {

/// One page of a PDF. Errors: not_found, invalid_input (broken), resource_exhausted (pixels, time).
Result<PageImage> decode_pdf_page(PdfFile& file, PageNumber number, const Limits& limits);

}  // namespace sohoa::decode
