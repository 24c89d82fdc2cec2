#pragma once

#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// The colour of the bare paper all over the page, ink thought away.
struct Paper {
  Raster colour;         ///< as large, and with as many channels, as the raster it was measured on
  bool even = true;      ///< bright and the same everywhere: evening it out would change nothing
  float confidence = 1;  ///< 0..1: the part of the page where bare paper was seen
};

/// Measures on a reduced page (about 75 dpi; 1 or 3 channels).
[[nodiscard]] Paper measure_paper(const Raster& reduced_page);

/// `page` divided by its paper's colour, so that bare paper is white; any size of the same page. Shares the pixels of
/// an even page.
[[nodiscard]] Raster on_white_paper(const Raster& page, const Paper& paper);

}  // namespace sohoa::imaging
