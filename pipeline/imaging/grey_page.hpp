#pragma once

#include "pipeline/imaging/inks.hpp"
#include "pipeline/imaging/paper.hpp"
#include "pipeline/imaging/shades.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// Levels between which a page is stretched.
struct Tones {
  std::uint8_t black = 0;    ///< this and darker becomes 0
  std::uint8_t white = 255;  ///< this and brighter becomes 255

  [[nodiscard]] bool untouched() const { return black == 0 && white == 255; }
};

/// What turns a page's colours into grey for reading; measured on a reduced page, valid for any size of it.
struct GreyPlan {
  Paper paper;
  InkMap inks;
  Tones tones;
  Raster border;  ///< non-zero where the scanner saw beside the paper: becomes white. May be empty
};

/// The page as one grey channel: black text on white paper. Shares the luma where nothing is to be done.
[[nodiscard]] Raster grey_page(const Shades& page, const GreyPlan& plan);

/// The last two of its steps: the border painted white, the tones stretched. Shares the pixels likewise.
[[nodiscard]] Raster finished(const Raster& grey, const Raster& border, const Tones& tones);

/// How far a grey page may be stretched: ink to black, paper to white; none of it on a page that is so already.
[[nodiscard]] Tones measure_tones(const Raster& grey);

}  // namespace sohoa::imaging
