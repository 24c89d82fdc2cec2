// The formats' outer shells are parsed here only as far as PDF needs to know: size, depth, colour space, and that
// nothing in them (alpha, palettes with transparency, CMYK, arithmetic coding) asks for more than PDF/A-2 allows (ISO
// 19005-2, 6.2.8). What is broken is not carried: a PNG's rows are unpacked once to see that they are all there (300
// MB/s), a JPEG must have its end marker. The pixels were or will be decoded by libvips for reading in any case.

#include "pipeline/decode/carry_over.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "pipeline/decode/memory_tiff.hpp"

namespace sohoa::decode {
namespace {

std::uint32_t big_endian(ByteView bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | bytes[at + i];
  return value;
}

bool is_rgb_by_ids(ByteView segment) {
  return segment.size() >= 15 && segment[6] == 'R' && segment[9] == 'G' && segment[12] == 'B';
}

/// The frame header, where it is one that every PDF reader decodes.
std::optional<ImageStream> jpeg_frame(ByteView segment) {
  if (segment.size() < 6) return std::nullopt;
  ImageStream stream;
  stream.codec = ImageCodec::jpeg;
  stream.bits = segment[0];
  stream.height = static_cast<std::int32_t>(big_endian(segment, 1, 2));
  stream.width = static_cast<std::int32_t>(big_endian(segment, 3, 2));
  const int components = segment[5];
  if (stream.bits != 8 || stream.height == 0 || stream.width == 0) return std::nullopt;
  if (components != 1 && (components != 3 || is_rgb_by_ids(segment))) return std::nullopt;
  stream.space = components == 3 ? ColourSpace::rgb : ColourSpace::grey;
  return stream;
}

bool ends_as_jpeg(ByteView file) {
  // Cameras append padding or a second picture, so the marker is looked for in the last part, not at the very end.
  const auto tail = file.last(std::min<std::size_t>(file.size(), 65536));
  for (std::size_t i = tail.size(); i >= 2; --i) {
    if (tail[i - 2] == 0xFF && tail[i - 1] == 0xD9) return true;
  }
  return false;
}

// --- JPEG 2000
// -----------------------------------------------------------------------------------------------------------

struct Box {
  std::uint32_t type = 0;
  ByteView content;
};

std::optional<Box> next_box(ByteView& rest) {
  if (rest.size() < 8) return std::nullopt;
  std::uint64_t length = big_endian(rest, 0, 4);
  std::size_t header = 8;
  if (length == 1) {
    if (rest.size() < 16) return std::nullopt;
    length = std::uint64_t{big_endian(rest, 8, 4)} << 32 | big_endian(rest, 12, 4);
    header = 16;
  }
  if (length == 0) length = rest.size();
  if (length < header || length > rest.size()) return std::nullopt;
  const Box box{big_endian(rest, 4, 4), rest.subspan(header, length - header)};
  rest = rest.subspan(length);
  return box;
}

constexpr std::uint32_t tag(const char (&name)[5]) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<std::uint8_t>(name[i]);
  return value;
}

/// jp2h: the image header and exactly one colour specification, sRGB, grey or a restricted ICC profile.
std::optional<ImageStream> jp2_header(ByteView rest) {
  ImageStream stream;
  stream.codec = ImageCodec::jpx;
  int colours = 0;
  std::uint32_t components = 0;
  while (const auto box = next_box(rest)) {
    if (box->type == tag("ihdr") && box->content.size() >= 14) {
      stream.height = static_cast<std::int32_t>(big_endian(box->content, 0, 4));
      stream.width = static_cast<std::int32_t>(big_endian(box->content, 4, 4));
      components = big_endian(box->content, 8, 2);
      if (box->content[10] != 7) return std::nullopt;  // 8 bits without sign
    } else if (box->type == tag("colr") && box->content.size() >= 3) {
      ++colours;
      const bool named = box->content[0] == 1 && box->content.size() >= 7;
      const auto space = named ? big_endian(box->content, 3, 4) : 0;
      if (named ? space != 16 && space != 17 : box->content[0] != 2) return std::nullopt;
    } else if (box->type == tag("pclr") || box->type == tag("cdef") || box->type == tag("cmap")) {
      return std::nullopt;
    }
  }
  if (colours != 1 || (components != 1 && components != 3) || stream.width <= 0 || stream.height <= 0)
    return std::nullopt;
  stream.space = components == 3 ? ColourSpace::rgb : ColourSpace::grey;
  return stream;
}

// --- PNG
// -----------------------------------------------------------------------------------------------------------------

std::optional<ImageStream> png_header(ByteView content) {
  if (content.size() != 13 || content[10] != 0 || content[11] != 0 || content[12] != 0) return std::nullopt;
  ImageStream stream;
  stream.codec = ImageCodec::flate;
  stream.flate_predictor = 15;
  stream.width = static_cast<std::int32_t>(big_endian(content, 0, 4));
  stream.height = static_cast<std::int32_t>(big_endian(content, 4, 4));
  stream.bits = content[8];
  if (stream.width <= 0 || stream.height <= 0) return std::nullopt;
  switch (content[9]) {
    case 0: stream.space = ColourSpace::grey; return stream;
    case 2: stream.space = ColourSpace::rgb; return stream;
    case 3: stream.space = ColourSpace::indexed; return stream;
    default: return std::nullopt;  // 4 and 6 have alpha
  }
}

// --- TIFF
// ----------------------------------------------------------------------------------------------------------------

Bytes raw_strip(TIFF* tiff) {
  const auto size = TIFFRawStripSize(tiff, 0);
  if (size <= 0) return {};
  Bytes data(static_cast<std::size_t>(size));
  if (TIFFReadRawStrip(tiff, 0, data.data(), size) != size) return {};
  return data;
}

template <typename T>
T field(TIFF* tiff, std::uint32_t tag_number, T fallback) {
  T value = fallback;
  TIFFGetFieldDefaulted(tiff, tag_number, &value);
  return value;
}

std::optional<ImageStream> fax_strip(TIFF* tiff, int compression) {
  if (field<std::uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE, 1) != 1 ||
      field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1) != 1) {
    return std::nullopt;
  }
  ImageStream stream;
  stream.codec = ImageCodec::ccitt;
  stream.bits = 1;
  if (compression == COMPRESSION_CCITTFAX4) {
    stream.ccitt_k = -1;
  } else {
    const auto options = field<std::uint32_t>(tiff, TIFFTAG_GROUP3OPTIONS, 0);
    if ((options & GROUP3OPT_UNCOMPRESSED) != 0) return std::nullopt;
    stream.ccitt_k = (options & GROUP3OPT_2DENCODING) != 0 ? 4 : 0;
  }
  const auto photometric = field<std::uint16_t>(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  if (photometric != PHOTOMETRIC_MINISWHITE && photometric != PHOTOMETRIC_MINISBLACK) return std::nullopt;
  stream.ccitt_black_is_1 = photometric == PHOTOMETRIC_MINISBLACK;
  stream.data = raw_strip(tiff);
  stream.original = field<std::uint16_t>(tiff, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB) == FILLORDER_MSB2LSB;
  if (!stream.original) TIFFReverseBits(stream.data.data(), static_cast<tmsize_t>(stream.data.size()));
  if (stream.data.empty()) return std::nullopt;
  return stream;
}

/// The strip's abbreviated JPEG with the file's tables put in after its first marker.
std::optional<ImageStream> jpeg_strip(TIFF* tiff) {
  const auto photometric = field<std::uint16_t>(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_YCBCR);
  if (photometric != PHOTOMETRIC_YCBCR && photometric != PHOTOMETRIC_MINISBLACK) return std::nullopt;
  const auto strip = raw_strip(tiff);
  if (strip.size() < 4 || strip[0] != 0xFF || strip[1] != 0xD8) return std::nullopt;
  Bytes whole(strip.begin(), strip.begin() + 2);
  std::uint32_t count = 0;
  const void* tables = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_JPEGTABLES, &count, &tables) != 0 && tables != nullptr && count > 4) {
    const auto* bytes = static_cast<const std::uint8_t*>(tables);
    whole.insert(whole.end(), bytes + 2, bytes + count - 2);  // without its start and end markers
  }
  whole.insert(whole.end(), strip.begin() + 2, strip.end());
  return carry_jpeg(whole);
}

}  // namespace

bool flate_holds(ByteView data, std::uint64_t expected) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return false;
  std::vector<std::uint8_t> out(65536);
  stream.next_in = const_cast<std::uint8_t*>(data.data());
  stream.avail_in = static_cast<uInt>(data.size());
  int state = Z_OK;
  std::uint64_t total = 0;
  while (state == Z_OK && total <= expected) {  // a byte too many is seen, a bomb is not unpacked
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    state = inflate(&stream, Z_NO_FLUSH);
    total += out.size() - stream.avail_out;
  }
  inflateEnd(&stream);
  return (state == Z_STREAM_END || state == Z_OK) && total >= expected;
}

std::optional<ImageStream> carry_jpeg(ByteView file) {
  if (file.size() < 4 || file[0] != 0xFF || file[1] != 0xD8 || !ends_as_jpeg(file)) return std::nullopt;
  std::size_t at = 2;
  while (at + 4 <= file.size()) {
    if (file[at] != 0xFF) return std::nullopt;
    const int marker = file[at + 1];
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    const auto length = big_endian(file, at + 2, 2);
    if (length < 2 || at + 2 + length > file.size()) return std::nullopt;
    const auto segment = file.subspan(at + 4, length - 2);
    if (marker == 0xC0 || marker == 0xC1 || marker == 0xC2) {
      auto stream = jpeg_frame(segment);
      if (!stream) return std::nullopt;
      stream->original = true;
      stream->data.assign(file.begin(), file.end());
      return stream;
    }
    // Other frames (lossless, hierarchical, arithmetic) and scans before any frame.
    if ((marker >= 0xC3 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) || marker == 0xDA) {
      return std::nullopt;
    }
    at += 2 + length;
  }
  return std::nullopt;
}

std::optional<ImageStream> carry_jpeg2000(ByteView file) {
  auto rest = file;
  std::optional<ImageStream> stream;
  bool codestream = false;
  while (const auto box = next_box(rest)) {
    if (box->type == tag("jp2h")) {
      if (stream) return std::nullopt;
      stream = jp2_header(box->content);
      if (!stream) return std::nullopt;
    }
    codestream = codestream || box->type == tag("jp2c");
  }
  if (!stream || !codestream) return std::nullopt;
  stream->original = true;
  stream->data.assign(file.begin(), file.end());
  return stream;
}

std::optional<ImageStream> carry_png(ByteView file) {
  std::optional<ImageStream> stream;
  std::size_t at = 8;
  bool ended = false;
  while (!ended && at + 12 <= file.size()) {
    const auto length = big_endian(file, at, 4);
    if (length > file.size() - at - 12) return std::nullopt;
    const auto type = big_endian(file, at + 4, 4);
    const auto content = file.subspan(at + 8, length);
    if (type == tag("IHDR")) stream = png_header(content);
    if (!stream || type == tag("tRNS") || type == tag("acTL")) return std::nullopt;
    if (type == tag("PLTE") && stream->space == ColourSpace::indexed)
      stream->palette.assign(content.begin(), content.end());
    if (type == tag("IDAT")) stream->data.insert(stream->data.end(), content.begin(), content.end());
    ended = type == tag("IEND");
    at += 12 + length;
  }
  if (!stream || !ended) return std::nullopt;
  if (stream->space == ColourSpace::indexed && (stream->palette.empty() || stream->palette.size() % 3 != 0))
    return std::nullopt;
  const std::uint64_t channels = stream->space == ColourSpace::rgb ? 3 : 1;
  const std::uint64_t row = (static_cast<std::uint64_t>(stream->width) * channels * stream->bits + 7) / 8 + 1;
  if (!flate_holds(stream->data, row * static_cast<std::uint64_t>(stream->height))) return std::nullopt;
  stream->original = true;
  return stream;
}

std::optional<ImageStream> carry_tiff(ByteView file, PageNumber page) {
  MemoryTiff memory(file);
  const auto tiff = memory.open_for_reading();
  if (!tiff || TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(page.value - 1)) == 0) return std::nullopt;
  if (TIFFIsTiled(tiff.get()) != 0 || TIFFNumberOfStrips(tiff.get()) != 1) return std::nullopt;
  const auto width = field<std::uint32_t>(tiff.get(), TIFFTAG_IMAGEWIDTH, 0);
  const auto height = field<std::uint32_t>(tiff.get(), TIFFTAG_IMAGELENGTH, 0);
  const auto compression = field<std::uint16_t>(tiff.get(), TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  std::optional<ImageStream> stream;
  if (compression == COMPRESSION_CCITTFAX4 || compression == COMPRESSION_CCITTFAX3) {
    stream = fax_strip(tiff.get(), compression);
    if (stream) {
      stream->width = static_cast<std::int32_t>(width);
      stream->height = static_cast<std::int32_t>(height);
    }
  } else if (compression == COMPRESSION_JPEG) {
    stream = jpeg_strip(tiff.get());
    const bool same = stream && stream->width == static_cast<std::int32_t>(width) &&
                      stream->height == static_cast<std::int32_t>(height);
    if (!same) stream.reset();
  }
  return stream;
}

}  // namespace sohoa::decode
