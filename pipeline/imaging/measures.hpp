#pragma once

#include <vector>

#include "pipeline/base/units.hpp"
#include "pipeline/imaging/glyphs.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// 0 blurred .. 1 crisp: how steep the edges of ink are, from sampled rows of a grey page at its full size. 0 without
/// ink.
[[nodiscard]] float sharpness_of(const Raster& grey);

/// 0..1: paper's level less ink's level, from a reduced grey page as it was scanned (not stretched). 0 without ink.
[[nodiscard]] float contrast_of(const Raster& grey);

/// No ink but dust, show-through and punch holes on a reduced grey page, on white paper, borders painted out. What
/// lies wholly inside one of `imprints` does not count.
[[nodiscard]] bool is_blank(const Raster& grey, Dpi dpi, const std::vector<PixelRect>& imprints = {});

/// Letters touch the edge of the paper.
[[nodiscard]] bool has_cut_edges(const Glyphs& glyphs);

}  // namespace sohoa::imaging
