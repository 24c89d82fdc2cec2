#pragma once

#include <string>
#include <string_view>

#include "pipeline/issue/glyphless_font.hpp"
#include "pipeline/model/recognized_page.hpp"

namespace sohoa::issue {

/// How a page's pixels (origin top left) lie on its points (origin bottom left).
struct PixelsToPoints {
  double x = 1;  ///< points a pixel
  double y = 1;
  double width = 0;  ///< of the page, in points
  double height = 0;
};

/// The content stream of a page's invisible text, with the font `font` ("/F1"); "" where there is no word. Each word
/// spans its box along the line's baseline, a space fills the gap to the next one, and a viewer's selection covers the
/// line's height. Words outside the page are moved to its edge, so that no text is lost.
[[nodiscard]] std::string text_layer(const RecognizedPage& page, const PixelsToPoints& scale, std::string_view font,
                                     GlyphCodes& codes);

}  // namespace sohoa::issue
