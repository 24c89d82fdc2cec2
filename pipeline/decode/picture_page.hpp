#pragma once

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/page_image.hpp"
#include "pipeline/model/source.hpp"

namespace sohoa::decode {

/// One page of a picture file: upright pixels, and a canvas that carries the file's own bytes where PDF can hold them.
/// Errors: as read_header.
Result<PageImage> decode_picture_page(ByteView bytes, SourceFormat format, PageNumber page, const Limits& limits);

}  // namespace sohoa::decode
