#pragma once

#include "pipeline/model/page_image.hpp"
#include "pipeline/model/quality.hpp"

namespace sohoa::decode {

/// An image, its colour apart where JPEG keeps it so: as PageImage's pixels and chroma.
struct Planes {
  Raster pixels;
  Chroma chroma;
};

/// As colour_of the same pixels in R G B.
[[nodiscard]] ColourKind colour_of(const Planes& planes);

/// A part of a page's pixels, R G B where the page has colour; `part` MUST lie within them.
[[nodiscard]] Raster part_of(const PageImage& page, const PixelRect& part);

/// Puts R G B pixels in the place of a part of the page's, in whatever form the page has them. `part` MUST lie within
/// the page, and `rgb` MUST have its size.
void replace_part(PageImage& page, const PixelRect& part, const Raster& rgb);

}  // namespace sohoa::decode
