#pragma once

#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

struct Placement {
  Turn turn = Turn::none;
  double skew_degrees = 0;  ///< to undo, of the page once turned; clockwise positive
  double scale = 1;         ///< of the result to `page`
};

/// A page set upright, and the way back: pixels of `pixels` -> pixels of `page` once turned.
struct PlacedPage {
  Raster pixels;
  Matrix to_turned;
};

/// Turns, deskews and scales a grey page in one resampling; corners that come in are white. Shares the pixels where
/// nothing is to be done.
[[nodiscard]] PlacedPage place_page(const Raster& page, const Placement& placement);

/// Pixels of a `width` x `height` page -> pixels of it once turned.
[[nodiscard]] Matrix turning(Turn turn, double width, double height);

}  // namespace sohoa::imaging
