#pragma once

#include <optional>

#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// A circle drawn on the page, in pixels of the raster it was found on.
struct Ring {
  Point center;
  double radius = 0;
  float coverage = 0;  ///< 0..1: the part of the circumference that is ink
};

/// Bounds of a search, in pixels.
struct RingSearch {
  double least_radius = 0;
  double greatest_radius = 0;
  float least_coverage = 0;  ///< what covers less is no ring
};

/// The best covered circle among the ink (non-zero pixels) of `mask`, or nothing. Circles may leave the page by a
/// third.
[[nodiscard]] std::optional<Ring> best_ring(const Raster& mask, const RingSearch& search);

/// Seals have several rims around one centre, and an inner one is often the best inked: the largest well covered circle
/// around `inner` bounds the imprint. `inner` itself where there is none.
[[nodiscard]] Ring outermost_ring(const Raster& mask, const Ring& inner, const RingSearch& search);

/// The outermost circle around the best one.
[[nodiscard]] std::optional<Ring> find_ring(const Raster& mask, const RingSearch& search);

}  // namespace sohoa::imaging
