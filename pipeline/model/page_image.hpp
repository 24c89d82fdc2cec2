#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/model/image_stream.hpp"
#include "pipeline/model/quality.hpp"
#include "pipeline/model/raster.hpp"
#include "pipeline/model/text.hpp"

namespace sohoa {

/// Where a page's text comes from.
enum class TextSource : std::uint8_t {
  recognized,    ///< the page is an image and was read
  born_digital,  ///< the source's own text was kept
  none,          ///< blank, or reading failed
};

/// The colour that goes with a page's luma, as JPEG stores it: Cb and Cr of BT.601 in full range, 128 for none. Each
/// covers the whole page at a size of its own, mostly half of the luma's.
struct Chroma {
  Raster blue;
  Raster red;
  [[nodiscard]] bool empty() const { return red.empty(); }
};

/// A decoded page. Text boxes are pixels of `pixels`.
struct PageImage {
  Raster pixels;  ///< what is read: the scan without what was laid over it. Grey, or R G B, or with `chroma` the luma
  Chroma chroma;  ///< not empty: the page has colour, and this is it
  Dpi dpi;        ///< of `pixels`, the same in both directions
  bool dpi_estimated = false;
  ColourKind colour = ColourKind::bilevel;
  TextSource text_source = TextSource::recognized;
  std::vector<Block>
      own_text;       ///< born-digital text in reading order, and text of stamps laid over a scan (role e_signature)
  PageCanvas canvas;  ///< what the finished page shows, not yet turned
  std::vector<Finding> findings;
};

/// The page made fit for reading. `to_page` maps its pixels to those of the page as it is shown.
struct UprightPage {
  Raster pixels;  ///< grey: turned, deskewed, evened out, coloured ink taken away
  Dpi dpi;
  Matrix to_page;  ///< pixels here -> pixels of the turned, not deskewed page at page_dpi
  std::int32_t page_width = 0;
  std::int32_t page_height = 0;
  Dpi page_dpi;
  QualityReport quality;
  std::vector<Finding> findings;
};

template <>
inline constexpr int wire::enum_last<TextSource> = static_cast<int>(TextSource::none);

}  // namespace sohoa
