#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/units.hpp"
#include "pipeline/base/wire.hpp"

namespace sohoa {

/// How an image's bytes are packed; each is a stream filter of PDF (ISO 32000-1, 7.4).
enum class ImageCodec : std::uint8_t { jpeg, ccitt, jpx, flate };
enum class ColourSpace : std::uint8_t { grey, rgb, indexed };

/// One image as a PDF can embed it without decoding it.
struct ImageStream {
  ImageCodec codec = ImageCodec::flate;
  std::int32_t width = 0;
  std::int32_t height = 0;
  std::uint8_t bits = 8;  ///< a component: 1, 2, 4, 8, 16; not used by jpx
  ColourSpace space = ColourSpace::grey;
  Bytes palette;                     ///< indexed: R G B for each entry
  bool inverted = false;             ///< sample 0 is the brightest (PDF: /Decode [1 0 ...])
  std::int32_t ccitt_k = -1;         ///< PDF's /K: -1 Group 4, 0 Group 3 1-D, > 0 Group 3 2-D
  bool ccitt_black_is_1 = false;     ///< PDF's /BlackIs1
  bool ccitt_byte_align = false;     ///< PDF's /EncodedByteAlign
  bool ccitt_end_of_line = false;    ///< PDF's /EndOfLine
  bool ccitt_end_of_block = true;    ///< PDF's /EndOfBlock
  std::uint8_t flate_predictor = 1;  ///< PDF's /Predictor; colors, bits and columns are the image's
  bool original = false;             ///< the source's own bytes, not encoded anew
  Bytes data;

  static constexpr auto fields = [](auto& self) {
    return std::tie(self.codec, self.width, self.height, self.bits, self.space, self.palette, self.inverted,
                    self.ccitt_k, self.ccitt_black_is_1, self.ccitt_byte_align, self.ccitt_end_of_line,
                    self.ccitt_end_of_block, self.flate_predictor, self.original, self.data);
  };
};

/// An image and where it lies: `placement` maps the unit square (origin bottom left, the image's top at y = 1) to
/// points on the page (origin bottom left), as PDF's cm operator does.
struct PlacedImage {
  ImageStream image;
  Matrix placement;

  static constexpr auto fields = [](auto& self) { return std::tie(self.image, self.placement); };
};

/// What the finished page shows, in points (1/72 inch), painted in order. Upright: what a viewer sees.
struct PageCanvas {
  double width = 0;
  double height = 0;
  std::vector<PlacedImage> images;

  static constexpr auto fields = [](auto& self) { return std::tie(self.width, self.height, self.images); };
};

/// The canvas after its content was turned clockwise.
[[nodiscard]] PageCanvas turned(PageCanvas canvas, Turn turn);

template <>
inline constexpr int wire::enum_last<ImageCodec> = static_cast<int>(ImageCodec::flate);
template <>
inline constexpr int wire::enum_last<ColourSpace> = static_cast<int>(ColourSpace::indexed);

}  // namespace sohoa
