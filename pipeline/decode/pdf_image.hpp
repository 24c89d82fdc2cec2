#pragma once

#include <poppler/XRef.h>

#include <optional>

#include "pipeline/base/result.hpp"
#include "pipeline/decode/page_probe.hpp"
#include "pipeline/decode/planes.hpp"
#include "pipeline/model/image_stream.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::decode {

/// A plain image or a black stencil out of a PDF, as it is stored (not turned), 8-bit grey or RGB.
/// Errors: resource_exhausted (limits), invalid_input (broken).
Result<Raster> decode_pdf_image(XRef& xref, const DrawnImage& image, const Limits& limits);

/// The same of a JPEG in grey or R G B as its planes; nothing where it is stored otherwise, or broken.
[[nodiscard]] std::optional<Planes> decode_pdf_planes(XRef& xref, const DrawnImage& image, const Limits& limits);

/// Its compressed bytes as they stand, where PDF/A-2 and our image streams can hold them.
[[nodiscard]] std::optional<::sohoa::ImageStream> carry_pdf_image(XRef& xref, const DrawnImage& image);

/// The same pixels encoded anew: bilevel as Group 4, a former JPEG as JPEG, else without loss. Errors: internal.
Result<::sohoa::ImageStream> encode_pdf_image(XRef& xref, const DrawnImage& image, const Raster& pixels);

}  // namespace sohoa::decode
