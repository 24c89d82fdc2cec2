// Images out of a PDF.
//
// JPEG goes from its raw stream through libjpeg-turbo, three times as fast as Poppler's row by row reading;
// all other filters through Poppler's stream decoders and the image's own colour map. Samples of one component of up to
// 8 bits are mapped by a table of at most 256 entries. Carrying over follows ISO 19005-2, 6.2.8: DeviceGray, DeviceRGB,
// their calibrated and ICC forms (shown as sRGB by the output intent) and palettes over these; what has four or more
// inks, Lab, or JBIG2 (which evidence rules reject, BSI TR-03138) is decoded and encoded anew.

#include "pipeline/decode/pdf_image.hpp"

#include <poppler/Object.h>
#include <poppler/Stream.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>

#include "pipeline/decode/carry_over.hpp"
#include "pipeline/decode/colour.hpp"
#include "pipeline/decode/encode.hpp"
#include "pipeline/decode/fax.hpp"
#include "pipeline/decode/jpeg_planes.hpp"
#include "pipeline/decode/picture.hpp"

namespace sohoa::decode {
namespace {

/// What a sample means, without Poppler's types.
struct SampleMeaning {
  ColourSpace space = ColourSpace::grey;
  bool inverted = false;
  Bytes palette;
};

bool is_rgb(GfxColorSpace* space) {
  return space->getNComps() == 3 &&
         (space->getMode() == csDeviceRGB || space->getMode() == csCalRGB || space->getMode() == csICCBased);
}
bool is_grey(GfxColorSpace* space) {
  return space->getNComps() == 1 &&
         (space->getMode() == csDeviceGray || space->getMode() == csCalGray || space->getMode() == csICCBased);
}

bool decodes(GfxImageColorMap& colours, double low, double high) {
  for (int i = 0; i < colours.getNumPixelComps(); ++i) {
    if (std::abs(colours.getDecodeLow(i) - low) > 1e-3 || std::abs(colours.getDecodeHigh(i) - high) > 1e-3)
      return false;
  }
  return true;
}

std::optional<SampleMeaning> indexed_meaning(GfxImageColorMap& colours) {
  auto* indexed = static_cast<GfxIndexedColorSpace*>(colours.getColorSpace());
  GfxColorSpace* base = indexed->getBase();
  if (!decodes(colours, 0, (1 << colours.getBits()) - 1)) return std::nullopt;
  SampleMeaning meaning{ColourSpace::indexed, false, {}};
  const auto entries = std::min(indexed->getIndexHigh() + 1, 1 << std::min(colours.getBits(), 8));
  const unsigned char* lookup = indexed->getLookup();
  for (int i = 0; i < entries; ++i) {
    if (is_rgb(base))
      meaning.palette.insert(meaning.palette.end(), lookup + 3 * i, lookup + 3 * i + 3);
    else if (is_grey(base))
      meaning.palette.insert(meaning.palette.end(), 3, lookup[i]);
    else
      return std::nullopt;
  }
  return meaning;
}

std::optional<SampleMeaning> meaning_of(const DrawnImage& image) {
  if (image.kind == DrawnImage::Kind::stencil) return SampleMeaning{ColourSpace::grey, image.inverted, {}};
  GfxImageColorMap& colours = *image.colours;
  GfxColorSpace* space = colours.getColorSpace();
  if (space->getMode() == csIndexed) return indexed_meaning(colours);
  if (is_rgb(space) && decodes(colours, 0, 1)) return SampleMeaning{ColourSpace::rgb, false, {}};
  if (is_grey(space) && decodes(colours, 0, 1)) return SampleMeaning{ColourSpace::grey, false, {}};
  if (is_grey(space) && decodes(colours, 1, 0)) return SampleMeaning{ColourSpace::grey, true, {}};
  return std::nullopt;
}

int bits_of(const DrawnImage& image) {
  return image.kind == DrawnImage::Kind::stencil ? 1 : image.colours->getBits();
}

/// The bytes below the last filter: a JPEG, a fax strip, a zlib stream.
Bytes undecoded(Stream& stream) {
  Stream* below = stream.getNextStream();
  if (below == nullptr) return {};
  below->reset();
  Bytes bytes;
  std::array<unsigned char, 65536> buffer{};
  int count = 0;
  while ((count = below->doGetChars(static_cast<int>(buffer.size()), buffer.data())) > 0) {
    bytes.insert(bytes.end(), buffer.begin(), buffer.begin() + count);
  }
  return bytes;
}

/// The parameters of the last filter; a null object where it has none.
Object filter_parameters(Stream& stream) {
  Object parameters = stream.getDict()->lookup("DecodeParms");
  if (parameters.isNull()) parameters = stream.getDict()->lookup("DP");
  if (!parameters.isArray()) return parameters;
  return parameters.arrayGetLength() > 0 ? parameters.arrayGet(parameters.arrayGetLength() - 1) : Object(objNull);
}

int int_of(const Object& parameters, const char* key, int fallback) {
  if (!parameters.isDict()) return fallback;
  const Object value = parameters.dictLookup(key);
  return value.isInt() ? value.getInt() : fallback;
}
bool bool_of(const Object& parameters, const char* key, bool fallback) {
  if (!parameters.isDict()) return fallback;
  const Object value = parameters.dictLookup(key);
  return value.isBool() ? value.getBool() : fallback;
}

std::optional<sohoa::ImageStream> carry_fax(Stream& stream, const DrawnImage& image) {
  const Object parameters = filter_parameters(stream);
  if (bits_of(image) != 1 || int_of(parameters, "Columns", 1728) != image.width) return std::nullopt;
  sohoa::ImageStream result;
  result.codec = ImageCodec::ccitt;
  result.ccitt_k = int_of(parameters, "K", 0);
  result.ccitt_black_is_1 = bool_of(parameters, "BlackIs1", false);
  result.ccitt_byte_align = bool_of(parameters, "EncodedByteAlign", false);
  result.ccitt_end_of_line = bool_of(parameters, "EndOfLine", false);
  result.ccitt_end_of_block = bool_of(parameters, "EndOfBlock", true);
  result.data = undecoded(stream);
  return result;
}

std::optional<sohoa::ImageStream> carry_flate(Stream& stream, const DrawnImage& image, int components) {
  const Object parameters = filter_parameters(stream);
  const int predictor = int_of(parameters, "Predictor", 1);
  const int bits = bits_of(image);
  if (predictor > 1 &&
      (int_of(parameters, "Colors", 1) != components || int_of(parameters, "BitsPerComponent", 8) != bits ||
       int_of(parameters, "Columns", 1) != image.width)) {
    return std::nullopt;
  }
  sohoa::ImageStream result;
  result.codec = ImageCodec::flate;
  result.flate_predictor = static_cast<std::uint8_t>(std::clamp(predictor, 1, 15));
  result.data = undecoded(stream);
  const std::uint64_t row =
      (static_cast<std::uint64_t>(image.width) * static_cast<std::uint64_t>(components * bits) + 7) / 8;
  const std::uint64_t whole = (row + (predictor >= 10 ? 1 : 0)) * static_cast<std::uint64_t>(image.height);
  if (!flate_holds(result.data, whole)) return std::nullopt;
  return result;
}

constexpr std::uint8_t missing = 0xFF;  // what Poppler gives for bytes that a stream lacks

using Colour = std::array<std::uint8_t, 3>;

/// Group 4 without Poppler, where its parameters are plain. Rows as the stream would give them.
std::optional<Bytes> fax_rows(Stream& stream, const DrawnImage& image) {
  if (stream.getKind() != strCCITTFax) return std::nullopt;
  const Object parameters = filter_parameters(stream);
  if (int_of(parameters, "K", 0) >= 0 || int_of(parameters, "Columns", 1728) != image.width ||
      bool_of(parameters, "EncodedByteAlign", false)) {
    return std::nullopt;
  }
  const bool black_is_1 = bool_of(parameters, "BlackIs1", false);
  auto rows = unpack_group4(undecoded(stream), image.width, image.height, black_is_1 ? missing : ~missing);
  if (rows && !black_is_1) std::transform(rows->begin(), rows->end(), rows->begin(), std::bit_not<std::uint8_t>());
  return rows;
}

/// Samples of one bit as bytes, eight at a time by a table.
class Bits {
 public:
  Bits(std::uint8_t zero, std::uint8_t one) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      for (std::size_t bit = 0; bit < 8; ++bit) eight_[byte][bit] = (byte >> (7 - bit) & 1) != 0 ? one : zero;
    }
  }

  void append(std::vector<std::uint8_t>& pixels, const std::uint8_t* row, std::size_t width) {
    line_.resize((width + 7) / 8 * 8);
    for (std::size_t i = 0; i < line_.size() / 8; ++i) std::memcpy(line_.data() + 8 * i, eight_[row[i]].data(), 8);
    pixels.insert(pixels.end(), line_.begin(), line_.begin() + static_cast<std::ptrdiff_t>(width));
  }

 private:
  std::array<std::array<std::uint8_t, 8>, 256> eight_{};
  std::vector<std::uint8_t> line_;
};

/// One bit a sample: Poppler's row by row reading takes three times as long. Rows that are cut off are filled up with
/// ones, as Poppler does.
Raster read_bits(Stream& stream, const DrawnImage& image, std::uint8_t zero, std::uint8_t one) {
  Bits bits(zero, one);
  const auto width = static_cast<std::size_t>(image.width);
  const auto height = static_cast<std::size_t>(image.height);
  const auto row_bytes = (width + 7) / 8;
  std::vector<std::uint8_t> pixels;
  pixels.reserve(width * height);
  if (const auto rows = fax_rows(stream, image)) {
    for (std::size_t y = 0; y < height; ++y) bits.append(pixels, rows->data() + y * row_bytes, width);
  } else {
    std::vector<unsigned char> row(row_bytes);
    stream.reset();
    for (std::size_t y = 0; y < height; ++y) {
      const int count = std::max(0, stream.doGetChars(static_cast<int>(row_bytes), row.data()));
      std::fill(row.begin() + count, row.end(), missing);
      bits.append(pixels, row.data(), width);
    }
    stream.close();
  }
  return {image.width, image.height, 1, std::move(pixels)};
}

Result<Raster> read_samples(Stream& stream, const DrawnImage& image) {
  const bool stencil = image.kind == DrawnImage::Kind::stencil;
  const int components = stencil ? 1 : image.colours->getNumPixelComps();
  const int bits = bits_of(image);
  const auto width = static_cast<std::size_t>(image.width);
  const bool table = components == 1 && bits <= 8;
  std::array<Colour, 256> colours{};
  bool grey = stencil;
  if (table) {
    grey = true;
    for (int i = 0; i < 1 << bits; ++i) {
      auto& entry = colours[static_cast<std::size_t>(i)];
      if (stencil) {
        entry.fill((i == 1) == image.inverted ? 0 : 255);
        continue;
      }
      const auto sample = static_cast<unsigned char>(i);
      GfxRGB rgb{};
      image.colours->getRGB(&sample, &rgb);
      entry = {colToByte(rgb.r), colToByte(rgb.g), colToByte(rgb.b)};
      grey = grey && entry[0] == entry[1] && entry[1] == entry[2];
    }
  }
  if (bits == 1 && grey) return read_bits(stream, image, colours[0][0], colours[1][0]);
  const std::size_t channels = grey ? 1 : 3;
  std::vector<std::uint8_t> pixels(width * static_cast<std::size_t>(image.height) * channels, 255);
  ::ImageStream samples(&stream, image.width, components, bits);
  samples.reset();
  for (int y = 0; y < image.height; ++y) {
    unsigned char* line = samples.getLine();
    if (line == nullptr) break;  // cut off: the rest stays white
    auto* to = pixels.data() + static_cast<std::size_t>(y) * width * channels;
    if (table) {
      for (std::size_t x = 0; x < width; ++x) {
        const auto& colour = colours[line[x]];
        if (grey)
          *to++ = colour[0];
        else
          to = std::copy(colour.begin(), colour.end(), to);
      }
    } else if (image.colours->useRGBLine()) {
      image.colours->getRGBLine(line, to, image.width);
    } else {
      for (std::size_t x = 0; x < width; ++x, line += components) {
        GfxRGB rgb{};
        image.colours->getRGB(line, &rgb);
        *to++ = colToByte(rgb.r);
        *to++ = colToByte(rgb.g);
        *to++ = colToByte(rgb.b);
      }
    }
  }
  samples.close();
  return Raster(image.width, image.height, static_cast<std::int32_t>(channels), std::move(pixels));
}

Raster inverted(const Raster& raster) {
  std::vector<std::uint8_t> pixels(raster.row(0), raster.row(0) + raster.stride() * raster.height());
  for (auto& value : pixels) value = static_cast<std::uint8_t>(255 - value);
  return {raster.width(), raster.height(), raster.channels(), std::move(pixels)};
}

}  // namespace

Result<Raster> decode_pdf_image(XRef& xref, const DrawnImage& image, const Limits& limits) {
  SOHOA_DO(check_size(image.width, image.height, limits));
  Object object = xref.fetch(image.ref);
  if (!object.isStream()) return Error{ErrorCode::invalid_input, "the page's image is not there"};
  Stream& stream = *object.getStream();
  const auto meaning = meaning_of(image);
  if (stream.getKind() == strDCT && meaning && meaning->space != ColourSpace::indexed) {
    const auto bytes = undecoded(stream);
    auto pixels = decode_jpeg(bytes, limits);
    const int channels = meaning->space == ColourSpace::rgb ? 3 : 1;
    if (pixels && pixels->width() == image.width && pixels->height() == image.height &&
        pixels->channels() == channels) {
      return meaning->inverted ? inverted(*pixels) : std::move(pixels);
    }
  }
  return read_samples(stream, image);
}

std::optional<Planes> decode_pdf_planes(XRef& xref, const DrawnImage& image, const Limits& limits) {
  if (!check_size(image.width, image.height, limits)) return std::nullopt;
  Object object = xref.fetch(image.ref);
  if (!object.isStream() || object.getStream()->getKind() != strDCT) return std::nullopt;
  const auto meaning = meaning_of(image);
  if (!meaning || meaning->space == ColourSpace::indexed || meaning->inverted) return std::nullopt;
  const auto bytes = undecoded(*object.getStream());
  auto planes = decode_jpeg_planes(bytes, limits);
  if (!planes || planes->pixels.width() != image.width || planes->pixels.height() != image.height ||
      planes->chroma.empty() != (meaning->space == ColourSpace::grey)) {
    return std::nullopt;
  }
  return *std::move(planes);
}

std::optional<sohoa::ImageStream> carry_pdf_image(XRef& xref, const DrawnImage& image) {
  Object object = xref.fetch(image.ref);
  const auto meaning = meaning_of(image);
  if (!object.isStream() || !meaning) return std::nullopt;
  Stream& stream = *object.getStream();
  std::optional<sohoa::ImageStream> result;
  switch (stream.getKind()) {
    case strDCT: result = carry_jpeg(undecoded(stream)); break;
    case strJPX: result = carry_jpeg2000(undecoded(stream)); break;
    case strCCITTFax: result = carry_fax(stream, image); break;
    case strFlate: result = carry_flate(stream, image, meaning->space == ColourSpace::rgb ? 3 : 1); break;
    default: break;
  }
  if (!result || result->data.empty()) return std::nullopt;
  const bool has_own_space = stream.getKind() == strDCT || stream.getKind() == strJPX;
  if (has_own_space &&
      (result->space != meaning->space || result->width != image.width || result->height != image.height)) {
    return std::nullopt;
  }
  if (stream.getKind() == strJPX && meaning->inverted) return std::nullopt;
  result->width = image.width;
  result->height = image.height;
  result->bits = static_cast<std::uint8_t>(bits_of(image));
  result->space = meaning->space;
  result->palette = meaning->palette;
  result->inverted = meaning->inverted;
  result->original = true;
  return result;
}

Result<sohoa::ImageStream> encode_pdf_image(XRef& xref, const DrawnImage& image, const Raster& pixels) {
  Object object = xref.fetch(image.ref);
  const bool lossy =
      object.isStream() && (object.getStream()->getKind() == strDCT || object.getStream()->getKind() == strJPX);
  if (!lossy) return encode_lossless(pixels);
  return encode_jpeg(without_needless_channels(pixels, colour_of(pixels)), 92);
}

}  // namespace sohoa::decode
