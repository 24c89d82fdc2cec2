// A picture file as a page.
//
// Order: header and limits, pixels, what they show (colour kind), resolution, then the canvas. Resampling to square
// pixels (fax: 204 x 98) and turning by EXIF touch only what is read; the canvas places the stored image with the same
// turn. Re-encoding, where the bytes cannot be carried: without loss for sources without loss, JPEG at quality 90 for
// WebP and HEIC (their own loss hides it) and 92 for a CMYK JPEG.

#include "pipeline/decode/picture_page.hpp"

#include <algorithm>
#include <cmath>

#include "pipeline/decode/carry_over.hpp"
#include "pipeline/decode/colour.hpp"
#include "pipeline/decode/encode.hpp"
#include "pipeline/decode/jpeg_planes.hpp"
#include "pipeline/decode/picture.hpp"
#include "pipeline/decode/planes.hpp"
#include "pipeline/decode/resolution.hpp"
#include "pipeline/decode/vips_pixels.hpp"

namespace sohoa::decode {
namespace {

// Two directions that differ by less are one resolution: 0.15 % of A4's height is 0.4 mm.
constexpr double same_resolution = 0.0015;

std::optional<ImageStream> carried(ByteView bytes, SourceFormat format, PageNumber page) {
  switch (format) {
    case SourceFormat::jpeg: return carry_jpeg(bytes);
    case SourceFormat::jpeg2000: return carry_jpeg2000(bytes);
    case SourceFormat::png: return carry_png(bytes);
    case SourceFormat::tiff: return carry_tiff(bytes, page);
    default: return std::nullopt;
  }
}

Result<ImageStream> encoded(const Raster& pixels, SourceFormat format) {
  switch (format) {
    case SourceFormat::webp:
    case SourceFormat::heic: return encode_jpeg(pixels, 90);
    case SourceFormat::jpeg:
    case SourceFormat::jpeg2000: return encode_jpeg(pixels, 92);
    default: return encode_lossless(pixels);
  }
}

Result<Planes> decode_planes(ByteView bytes, SourceFormat format, PageNumber page, const Limits& limits) {
  if (format == SourceFormat::jpeg) {
    if (auto planes = decode_jpeg_planes(bytes, limits)) return planes;
  }
  Planes plain;
  SOHOA_TRY(plain.pixels, decode_picture(bytes, format, page, limits));
  return plain;
}

// More helps no reader: 10-point letters are 60 pixels high.
constexpr double highest_dpi = 600;

Result<Raster> with_square_pixels(Raster pixels, double dpi_x, double dpi_y, const Limits& limits) {
  const double dpi = std::min(std::max(dpi_x, dpi_y), highest_dpi);
  if (std::abs(dpi_x / dpi - 1) <= same_resolution && std::abs(dpi_y / dpi - 1) <= same_resolution) return pixels;
  const auto width = static_cast<std::int32_t>(std::lround(pixels.width() * dpi / dpi_x));
  const auto height = static_cast<std::int32_t>(std::lround(pixels.height() * dpi / dpi_y));
  SOHOA_DO(check_size(width, height, limits));
  return resized(pixels, width, height);
}

}  // namespace

Result<PageImage> decode_picture_page(ByteView bytes, SourceFormat format, PageNumber number, const Limits& limits) {
  SOHOA_TRY(const auto header, read_header(bytes, format, number, limits));
  SOHOA_TRY(auto planes, decode_planes(bytes, format, number, limits));
  PageImage page;
  page.colour = colour_of(planes);
  if (page.colour != ColourKind::colour) planes.chroma = {};
  auto stored = without_needless_channels(planes.pixels, page.colour);

  auto resolution = resolution_of(stored.width(), stored.height(), header.dpi_x, header.dpi_y);
  const double page_width = stored.width() / resolution.x * 72;
  const double page_height = stored.height() / resolution.y * 72;
  const bool swapped = swaps_axes(header.orientation);
  page.canvas.width = swapped ? page_height : page_width;
  page.canvas.height = swapped ? page_width : page_height;
  auto stream = carried(bytes, format, number);
  if (stream && (stream->width != stored.width() || stream->height != stored.height())) stream.reset();
  if (!stream) {
    if (!planes.chroma.empty()) {
      SOHOA_TRY(planes.pixels, decode_picture(bytes, format, number, limits));
    }
    SOHOA_TRY(stream, encoded(without_needless_channels(planes.pixels, page.colour), format));
  }
  page.canvas.images.push_back(
      {std::move(*stream), placement_of(header.orientation, page.canvas.width, page.canvas.height)});

  SOHOA_TRY(auto square, with_square_pixels(std::move(stored), resolution.x, resolution.y, limits));
  page.pixels = oriented(square, header.orientation);
  if (!planes.chroma.empty()) {
    page.chroma = {oriented(planes.chroma.blue, header.orientation), oriented(planes.chroma.red, header.orientation)};
  }
  page.dpi = {std::min(std::max(resolution.x, resolution.y), highest_dpi)};
  page.dpi_estimated = resolution.estimated;
  if (resolution.estimated) {
    page.findings.push_back({"dpi_estimated", Severity::note,
                             resolution.reason + "; taken as " + std::to_string(std::lround(resolution.x)) + " dpi"});
  }
  return page;
}

}  // namespace sohoa::decode
