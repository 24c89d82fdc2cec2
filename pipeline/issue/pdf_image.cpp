// Image data pass into the PDF as they came from the scanner: a JPEG, fax or JPEG 2000 stream is a PDF filter's input
// as it is, and flate data keep their predictor. Nothing is decoded here; the page worker, which has decoded the image,
// answers for the measures, and what cannot be true is refused. Colours are device colours, which ISO 19005-2, 6.2.4.3
// allows under the sRGB output intent. /Interpolate stays away (6.2.8.1 forbids true).

#include "pipeline/issue/pdf_image.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace sohoa::issue::pdf {
namespace {

constexpr std::string_view boolean(bool value) {
  return value ? "true" : "false";
}

bool is_one_of(int value, std::initializer_list<int> allowed) {
  return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
}

Error wrong(std::string message) {
  return {ErrorCode::invalid_input, std::move(message)};
}

/// A JPEG 2000 codestream without the JP2 boxes around it says nothing about its colours (ISO 32000-1, 7.4.9).
bool is_bare_codestream(const ImageStream& image) {
  constexpr std::array<std::uint8_t, 4> start = {0xFF, 0x4F, 0xFF, 0x51};
  return image.data.size() >= start.size() && std::equal(start.begin(), start.end(), image.data.begin());
}

Result<void> check_codec(const ImageStream& image) {
  switch (image.codec) {
    case ImageCodec::jpeg:
      if (image.bits != 8) return wrong("a JPEG of " + std::to_string(image.bits) + " bits");
      return {};
    case ImageCodec::ccitt:
      if (image.bits != 1 || image.space == ColourSpace::rgb) return wrong("a fax image that is not bilevel");
      return {};
    case ImageCodec::jpx:
      if (image.inverted || image.space == ColourSpace::indexed) {
        return wrong("a JPEG 2000 image that is inverted or indexed from outside");
      }
      return {};
    case ImageCodec::flate: {
      const int predictor = image.flate_predictor;
      if (predictor > 2 && (predictor < 10 || predictor > 15)) return wrong("predictor " + std::to_string(predictor));
      return {};
    }
  }
  return wrong("an unknown codec");
}

Result<void> check_palette(const ImageStream& image) {
  if (image.space != ColourSpace::indexed) return {};
  if (image.bits > 8) return wrong("an indexed image of 16 bits");
  const auto most = std::size_t{3} << image.bits;
  if (image.palette.empty() || image.palette.size() % 3 != 0 || image.palette.size() > most) {
    return wrong("a palette of " + std::to_string(image.palette.size()) + " bytes");
  }
  return {};
}

std::string colour_space(const ImageStream& image) {
  switch (image.space) {
    case ColourSpace::grey: return "/DeviceGray";
    case ColourSpace::rgb: return "/DeviceRGB";
    case ColourSpace::indexed: break;
  }
  return "[/Indexed/DeviceRGB " + std::to_string(image.palette.size() / 3 - 1) + hex_string(image.palette) + ']';
}

std::string decode_array(const ImageStream& image) {
  if (image.space == ColourSpace::indexed) return '[' + std::to_string((1 << image.bits) - 1) + " 0]";
  return image.space == ColourSpace::rgb ? "[1 0 1 0 1 0]" : "[1 0]";
}

std::string fax_parameters(const ImageStream& image) {
  Dictionary parms;
  parms.add("K", image.ccitt_k).add("Columns", image.width).add("Rows", image.height);
  if (image.ccitt_black_is_1) parms.add("BlackIs1", boolean(true));
  if (image.ccitt_byte_align) parms.add("EncodedByteAlign", boolean(true));
  if (image.ccitt_end_of_line) parms.add("EndOfLine", boolean(true));
  if (!image.ccitt_end_of_block) parms.add("EndOfBlock", boolean(false));
  return parms.text();
}

std::string predictor_parameters(const ImageStream& image) {
  Dictionary parms;
  parms.add("Predictor", image.flate_predictor).add("Colors", image.space == ColourSpace::rgb ? 3 : 1);
  return parms.add("BitsPerComponent", image.bits).add("Columns", image.width).text();
}

void add_filter(Dictionary& dictionary, const ImageStream& image) {
  switch (image.codec) {
    case ImageCodec::jpeg: dictionary.add("Filter", "/DCTDecode"); break;
    case ImageCodec::ccitt:
      dictionary.add("Filter", "/CCITTFaxDecode").add("DecodeParms", fax_parameters(image));
      break;
    case ImageCodec::jpx: dictionary.add("Filter", "/JPXDecode"); break;
    case ImageCodec::flate:
      dictionary.add("Filter", "/FlateDecode");
      if (image.flate_predictor > 1) dictionary.add("DecodeParms", predictor_parameters(image));
      break;
  }
}

}  // namespace

Result<void> check(const PlacedImage& placed) {
  constexpr int largest_side = 1'000'000;    // pixels
  constexpr double largest_placement = 1e6;  // points: far beyond the 14,400 of a page
  const ImageStream& image = placed.image;
  if (image.width < 1 || image.height < 1 || image.width > largest_side || image.height > largest_side) {
    return wrong("an image of " + std::to_string(image.width) + " x " + std::to_string(image.height) + " pixels");
  }
  if (image.data.empty()) return wrong("an image without data");
  if (!is_one_of(image.bits, {1, 2, 4, 8, 16})) return wrong("an image of " + std::to_string(image.bits) + " bits");
  const Matrix& m = placed.placement;
  for (const double value : {m.a, m.b, m.c, m.d, m.e, m.f}) {
    if (!std::isfinite(value) || std::abs(value) > largest_placement) return wrong("an image placed off every page");
  }
  SOHOA_DO(check_codec(image));
  return check_palette(image);
}

Dictionary image_dictionary(const ImageStream& image) {
  Dictionary dictionary;
  dictionary.add("Type", "/XObject").add("Subtype", "/Image").add("Width", image.width).add("Height", image.height);
  const bool says_its_colours = image.codec == ImageCodec::jpx && !is_bare_codestream(image);
  if (!says_its_colours) dictionary.add("ColorSpace", colour_space(image));
  if (image.codec != ImageCodec::jpx) dictionary.add("BitsPerComponent", image.bits);
  if (image.inverted) dictionary.add("Decode", decode_array(image));
  add_filter(dictionary, image);
  return dictionary;
}

}  // namespace sohoa::issue::pdf
