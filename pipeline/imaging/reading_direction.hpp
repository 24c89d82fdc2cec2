#pragma once

#include "pipeline/base/units.hpp"
#include "pipeline/imaging/glyphs.hpp"
#include "pipeline/imaging/skew.hpp"

namespace sohoa::imaging {

/// Which way up a page's text stands.
struct ReadingDirection {
  Turn turn = Turn::none;  ///< what stands the page upright; none where unsure
  float confidence = 0;    ///< 0..1, of `turn`, or of the best guess where unsure
  Skew skew;               ///< of the lines along the axis they run
};

/// Tells 0, 90, 180 and 270 degrees of a page of Latin letters with or without marks.
[[nodiscard]] ReadingDirection find_direction(const Glyphs& glyphs);

}  // namespace sohoa::imaging
