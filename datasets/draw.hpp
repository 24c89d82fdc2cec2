#pragma once

#include <cstdint>

#include "datasets/document.hpp"
#include "datasets/random.hpp"
#include "datasets/truth.hpp"
#include "datasets/typeset.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::datasets {

/// Where the red seal goes.
enum class SealPlace : std::uint8_t {
  beside_text,  ///< on the signature's left third, between title and name
  as_stamped,   ///< on the left third of signature and name, as high and low as offices stamp it
  over_text,    ///< across the signer's title and name
};

struct DrawOptions {
  double dpi = 300;
  PageNumber page;  ///< stamps stand on page 1
  SealPlace seal = SealPlace::beside_text;
};

struct DrawnPage {
  Raster pixels;  ///< RGB on white
  TruePage truth;
};

/// Draws one typeset page: text, rules, pen-written blanks, signature and seal, and on the first page the stamps.
[[nodiscard]] DrawnPage draw_page(const PlacedPage& page, const DocumentText& document, const PageStyle& style,
                                  const DrawOptions& options, Random& random);

}  // namespace sohoa::datasets
