#pragma once

#include <cstdint>
#include <optional>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/units.hpp"
#include "pipeline/model/image_stream.hpp"

namespace sohoa::decode {

// A file's own compressed pixels as a PDF's image stream, without decoding: nothing is lost, nothing grows, and it
// costs no time. Each gives nothing where PDF has no way to hold the bytes as they are; then the page is encoded anew.

/// A whole JPEG file (or the stream of a PDF's image): 8 bits, baseline or progressive, Huffman coded, 1 or 3
/// components.
[[nodiscard]] std::optional<ImageStream> carry_jpeg(ByteView file);

/// A whole JP2 file of 1 or 3 components in sRGB or grey, 8 bits; raw codestreams have no colour space for PDF/A and
/// are refused.
[[nodiscard]] std::optional<ImageStream> carry_jpeg2000(ByteView file);

/// The IDAT chunks of a PNG without interlace, alpha or transparent colour.
[[nodiscard]] std::optional<ImageStream> carry_png(ByteView file);

/// A TIFF page whose pixels are one strip of Group 4, Group 3 or JPEG.
[[nodiscard]] std::optional<ImageStream> carry_tiff(ByteView file, PageNumber page);

/// Whether a zlib stream unpacks without an error to at least `expected` bytes.
[[nodiscard]] bool flate_holds(ByteView data, std::uint64_t expected);

}  // namespace sohoa::decode
