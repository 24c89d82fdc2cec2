#include "datasets/output.hpp"

#include <cairo-pdf.h>

#include <array>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>

#include "datasets/cairo_handles.hpp"
#include "datasets/tiff_stream.hpp"

namespace sohoa::datasets {
namespace {

Result<Bytes> encode(const Raster& pixels, const char* extension, const std::vector<int>& parameters) {
  cv::Mat image(pixels.height(), pixels.width(), pixels.channels() == 3 ? CV_8UC3 : CV_8UC1,
                const_cast<std::uint8_t*>(pixels.row(0)), static_cast<std::size_t>(pixels.stride()));
  cv::Mat swapped;
  if (pixels.channels() == 3) cv::cvtColor(image, swapped, cv::COLOR_RGB2BGR);
  Bytes bytes;
  try {
    if (!cv::imencode(extension, swapped.empty() ? image : swapped, bytes, parameters))
      return Error{ErrorCode::internal, std::string("cannot encode ") + extension};
  } catch (const cv::Exception& error) {
    return Error{ErrorCode::internal, error.what()};
  }
  return bytes;
}

void put_big_endian(Bytes& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

/// CRC-32 of PNG chunks (ISO/IEC 15948, annex D).
std::uint32_t crc32(ByteView bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const auto byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

cairo_status_t append(void* to, const unsigned char* data, unsigned int size) {
  auto& bytes = *static_cast<Bytes*>(to);
  bytes.insert(bytes.end(), data, data + size);
  return CAIRO_STATUS_SUCCESS;
}

/// An image surface that stands for coded bytes, which cairo carries over as they are.
Result<CairoSurface> coded_image(const ScanPage& page, int quality) {
  const bool group4 = is_black_and_white(page.pixels);
  SOHOA_TRY(const Bytes coded, group4 ? group4_stream(page) : encode_jpeg(page, quality));
  CairoSurface image(cairo_image_surface_create(group4 ? CAIRO_FORMAT_A1 : CAIRO_FORMAT_RGB24, page.pixels.width(),
                                                page.pixels.height()));
  const auto attach = [&](const char* type, ByteView bytes) {
    auto* copy = new Bytes(bytes.begin(), bytes.end());  // cairo owns it and gives it back to the lambda below
    return cairo_surface_set_mime_data(
        image.get(), type, copy->data(), copy->size(), [](void* data) { delete static_cast<Bytes*>(data); }, copy);
  };
  auto status = attach(group4 ? CAIRO_MIME_TYPE_CCITT_FAX : CAIRO_MIME_TYPE_JPEG, coded);
  if (group4 && status == CAIRO_STATUS_SUCCESS) {
    const auto parameters =
        "Columns=" + std::to_string(page.pixels.width()) + " Rows=" + std::to_string(page.pixels.height()) + " K=-1";
    status = attach(CAIRO_MIME_TYPE_CCITT_FAX_PARAMS, as_bytes(parameters));
  }
  if (status != CAIRO_STATUS_SUCCESS) return Error{ErrorCode::internal, cairo_status_to_string(status)};
  return image;
}

}  // namespace

std::string_view extension_of(ImageFormat format) {
  static constexpr std::string_view names[] = {"png", "jpg", "pdf", "tif"};
  return names[static_cast<std::size_t>(format)];
}

std::optional<ImageFormat> format_of(std::string_view extension) {
  for (const auto format : {ImageFormat::png, ImageFormat::jpg, ImageFormat::pdf, ImageFormat::tif}) {
    if (extension_of(format) == extension) return format;
  }
  return std::nullopt;
}

Result<Bytes> encode_png(const ScanPage& page) {
  SOHOA_TRY(auto bytes, encode(page.pixels, ".png", {cv::IMWRITE_PNG_COMPRESSION, 6}));
  // OpenCV writes no resolution: a pHYs chunk goes in behind IHDR (8 bytes of signature, 25 of IHDR).
  constexpr std::ptrdiff_t behind_header = 33;
  const auto per_metre = static_cast<std::uint32_t>(page.dpi / 0.0254 + 0.5);
  Bytes body = {'p', 'H', 'Y', 's'};
  put_big_endian(body, per_metre);
  put_big_endian(body, per_metre);
  body.push_back(1);
  Bytes chunk;
  put_big_endian(chunk, 9);
  chunk.insert(chunk.end(), body.begin(), body.end());
  put_big_endian(chunk, crc32(body));
  bytes.insert(bytes.begin() + behind_header, chunk.begin(), chunk.end());
  return bytes;
}

Result<Bytes> encode_jpeg(const ScanPage& page, int quality) {
  SOHOA_TRY(auto bytes, encode(page.pixels, ".jpg", {cv::IMWRITE_JPEG_QUALITY, quality, cv::IMWRITE_JPEG_OPTIMIZE, 1}));
  // JFIF's density fields stand at fixed places of the APP0 segment that libjpeg writes first.
  constexpr std::size_t unit = 13;
  if (bytes.size() < 20 || bytes[3] != 0xE0) return Error{ErrorCode::internal, "JPEG encoder wrote no JFIF header"};
  const auto dpi = static_cast<std::uint32_t>(page.dpi + 0.5);
  const std::array<std::uint8_t, 5> density = {1, static_cast<std::uint8_t>(dpi >> 8), static_cast<std::uint8_t>(dpi),
                                               static_cast<std::uint8_t>(dpi >> 8), static_cast<std::uint8_t>(dpi)};
  std::copy(density.begin(), density.end(), bytes.begin() + unit);
  return bytes;
}

Result<Bytes> encode_pdf(const std::vector<ScanPage>& pages, int quality) {
  Bytes bytes;
  {
    const CairoSurface pdf(cairo_pdf_surface_create_for_stream(append, &bytes, 595, 842));
    cairo_pdf_surface_set_metadata(pdf.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2025-01-01T00:00:00+07:00");
    const CairoContext context(cairo_create(pdf.get()));
    for (const auto& page : pages) {
      const double scale = 72 / page.dpi;
      cairo_pdf_surface_set_size(pdf.get(), page.pixels.width() * scale, page.pixels.height() * scale);
      SOHOA_TRY(const auto image, coded_image(page, quality));
      cairo_save(context.get());
      cairo_scale(context.get(), scale, scale);
      cairo_set_source_surface(context.get(), image.get(), 0, 0);
      cairo_paint(context.get());
      cairo_restore(context.get());
      cairo_show_page(context.get());
    }
    cairo_surface_finish(pdf.get());
    if (const auto status = cairo_surface_status(pdf.get()); status != CAIRO_STATUS_SUCCESS)
      return Error{ErrorCode::internal, cairo_status_to_string(status)};
  }
  return bytes;
}

}  // namespace sohoa::datasets
