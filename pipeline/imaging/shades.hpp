#pragma once

#include "pipeline/model/page_image.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// A page's luma, and its colours in the form that its source has them.
struct Shades {
  Raster luma;
  Raster rgb;     ///< as large as the luma; or empty
  Chroma chroma;  ///< of any size; or empty

  [[nodiscard]] bool coloured() const { return !rgb.empty() || !chroma.empty(); }
};

/// `pixels` grey, R G B, or with `chroma` the luma.
[[nodiscard]] Shades shades_of(const Raster& pixels, const Chroma& chroma = {});

/// Shrunk by a whole factor (reduce.hpp).
[[nodiscard]] Shades reduced(const Shades& page, int factor);

/// R G B, or grey on a page without colour.
[[nodiscard]] Raster colours_of(const Shades& page);

}  // namespace sohoa::imaging
