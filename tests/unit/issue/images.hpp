#pragma once

#include <zlib.h>

#include <string>

#include "pipeline/model/image_stream.hpp"
#include "tests/unit/issue/tools.hpp"

namespace sohoa {

inline Bytes zipped(const Bytes& bytes) {
  auto size = compressBound(bytes.size());
  Bytes packed(size);
  EXPECT_EQ(compress(packed.data(), &size, bytes.data(), bytes.size()), Z_OK);
  packed.resize(size);
  return packed;
}

/// An image in flate from its rows as they stand.
inline ImageStream flate_image(int width, int height, int bits, ColourSpace space, const Bytes& rows) {
  ImageStream image;
  image.width = width;
  image.height = height;
  image.bits = static_cast<std::uint8_t>(bits);
  image.space = space;
  image.data = zipped(rows);
  return image;
}

inline PlacedImage over(const PageCanvas& canvas, ImageStream image) {
  return {std::move(image), {canvas.width, 0, 0, canvas.height, 0, 0}};
}

/// The first image that pdfimages takes out of a page of a PDF of the shared data, as it stands there.
struct RealImage {
  const char* pdf;
  const char* option;  ///< of pdfimages
  const char* suffix;
  ImageCodec codec;
  ColourSpace space;
  int width, height, bits;
};
inline constexpr RealImage real_jpeg = {
    "vi/scans-signed/575UB-2025.pdf", "-j", "jpg", ImageCodec::jpeg, ColourSpace::rgb, 2466, 3508, 8};
inline constexpr RealImage real_fax = {
    "vi/scans-signed/07CT-2018.pdf", "-ccitt", "ccitt", ImageCodec::ccitt, ColourSpace::grey, 2413, 3423, 1};
inline constexpr RealImage real_jpx = {
    "torture/ocrmypdf/lichtenstein.pdf", "-jp2", "jp2", ImageCodec::jpx, ColourSpace::grey, 512, 512, 8};

inline ImageStream load(const RealImage& real) {
  const Folder folder;
  const std::string source = std::string(SOHOA_SHARED_DATA) + "/" + real.pdf;
  const auto answer = run({"pdfimages", real.option, "-f", "1", "-l", "1", source, (folder / "i").string()});
  EXPECT_EQ(answer.exit_code, 0) << answer.err;
  ImageStream image;
  image.codec = real.codec;
  image.space = real.space;
  image.width = real.width;
  image.height = real.height;
  image.bits = static_cast<std::uint8_t>(real.bits);
  image.original = true;
  image.data = folder.get(std::string("i-000.") + real.suffix);
  return image;
}

}  // namespace sohoa
