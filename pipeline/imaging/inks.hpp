#pragma once

#include <optional>
#include <vector>

#include "pipeline/base/units.hpp"
#include "pipeline/imaging/find_ring.hpp"
#include "pipeline/model/quality.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// How a place of the page becomes grey, so that coloured ink vanishes and black under it stays.
enum class GreyFrom : std::uint8_t {
  luma = 0,         ///< as the eye sees it
  red = 1,          ///< red ink is to vanish
  blue = 2,         ///< blue or violet ink is to vanish
  red_or_blue = 3,  ///< both are
};

/// Where coloured ink lies that is no text.
struct InkMap {
  Raster grey_from;               ///< GreyFrom for each reduced pixel; empty where there is nothing to take away
  std::uint8_t red_level = 255;   ///< the red channel of red ink: this and above becomes paper
  std::uint8_t blue_level = 255;  ///< the blue channel of blue ink
  std::vector<Seal> seals;        ///< boxes in reduced pixels
  double coloured_part = 0;       ///< 0..1 of the page's pixels that show colour
};

/// Tells seals, stamps and signatures in red or blue from coloured text, which stays. `page` is reduced to about 75 dpi
/// (`dpi`), R G B on white paper.
[[nodiscard]] InkMap separate_inks(const Raster& page, Dpi dpi);

/// A round seal that shows no colour.
struct BlackSeal {
  Ring rim;   ///< the best inked of its rims
  Seal seal;  ///< low confidence (0.5 at most), as it can only be seen by its shape
};

/// The seal of a page without colour, or nothing.
[[nodiscard]] std::optional<BlackSeal> find_black_seal(const Raster& grey, Dpi dpi);

}  // namespace sohoa::imaging
