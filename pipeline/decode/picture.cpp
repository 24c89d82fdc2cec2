// Picture files through libvips.
//
// The loader is named by the format that the first bytes told, never left to libvips' sniffing: a file can't choose a
// loader that is not meant for it (ImageMagick, SVG, PDF ...). Loaders read the header first and decode when pixels are
// asked for, so that sizes are held against the limits before anything is decoded.

#include "pipeline/decode/picture.hpp"

#include <string>

#include "pipeline/decode/bmp.hpp"
#include "pipeline/decode/vips_pixels.hpp"

namespace sohoa::decode {
namespace {

bool has_pages(SourceFormat format) {
  return format == SourceFormat::tiff || format == SourceFormat::heic;
}

Result<VipsImagePtr> open(ByteView bytes, SourceFormat format, PageNumber page) {
  auto* data = const_cast<std::uint8_t*>(bytes.data());
  const auto size = bytes.size();
  const int index = static_cast<int>(page.value) - 1;
  VipsImage* image = nullptr;
  int failed = -1;
  switch (format) {
    case SourceFormat::jpeg: failed = vips_jpegload_buffer(data, size, &image, nullptr); break;
    case SourceFormat::png: failed = vips_pngload_buffer(data, size, &image, nullptr); break;
    case SourceFormat::webp: failed = vips_webpload_buffer(data, size, &image, nullptr); break;
    case SourceFormat::gif: failed = vips_gifload_buffer(data, size, &image, nullptr); break;
    case SourceFormat::jpeg2000: failed = vips_jp2kload_buffer(data, size, &image, nullptr); break;
    case SourceFormat::tiff: failed = vips_tiffload_buffer(data, size, &image, "page", index, nullptr); break;
    case SourceFormat::heic: failed = vips_heifload_buffer(data, size, &image, "page", index, nullptr); break;
    case SourceFormat::pdf:
    case SourceFormat::bmp:
    case SourceFormat::zip: return Error{ErrorCode::internal, "not a picture for libvips"};
  }
  if (failed != 0 || image == nullptr) return vips_failure(ErrorCode::invalid_input, "reading the picture");
  return VipsImagePtr(image);
}

std::uint32_t pages_of(VipsImage* image, SourceFormat format) {
  int pages = 1;
  if (has_pages(format) && vips_image_get_typeof(image, VIPS_META_N_PAGES) != 0) {
    vips_image_get_int(image, VIPS_META_N_PAGES, &pages);
  }
  return pages < 1 ? 1 : static_cast<std::uint32_t>(pages);
}

Result<PictureHeader> header_of(VipsImage* image, SourceFormat format, const Limits& limits) {
  PictureHeader header;
  header.width = image->Xsize;
  header.height = image->Ysize;
  header.pages = pages_of(image, format);
  header.dpi_x = image->Xres * 25.4;
  header.dpi_y = image->Yres * 25.4;
  int exif = 1;
  if (vips_image_get_typeof(image, VIPS_META_ORIENTATION) != 0) {
    vips_image_get_int(image, VIPS_META_ORIENTATION, &exif);
  }
  header.orientation = orientation_of(exif);
  SOHOA_DO(check_size(header.width, header.height, limits));
  if (header.pages > limits.pages) {
    return Error{ErrorCode::resource_exhausted,
                 std::to_string(header.pages) + " pages, over the limit of " + std::to_string(limits.pages)};
  }
  return header;
}

Result<VipsImagePtr> open_checked(ByteView bytes, SourceFormat format, PageNumber page, const Limits& limits) {
  // Asked for a page that is not there, libvips speaks of a bad page number; the first page knows how many there are.
  if (page.value > 1) {
    if (!has_pages(format)) return Error{ErrorCode::not_found, "the file has 1 page"};
    SOHOA_TRY(const auto first, open(bytes, format, {1}));
    const auto pages = pages_of(first.get(), format);
    if (page.value > pages) return Error{ErrorCode::not_found, "the file has " + std::to_string(pages) + " pages"};
  }
  SOHOA_TRY(auto image, open(bytes, format, page));
  SOHOA_DO(header_of(image.get(), format, limits));
  return image;
}

}  // namespace

Result<void> check_size(std::int64_t width, std::int64_t height, const Limits& limits) {
  const auto size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
  if (width <= 0 || height <= 0) return Error{ErrorCode::invalid_input, size};
  if (width > 1'000'000'000 || height > 1'000'000'000 ||
      static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height) > limits.page_pixels) {
    return Error{ErrorCode::resource_exhausted, size + ", over the limit of " + std::to_string(limits.page_pixels)};
  }
  return {};
}

Result<PictureHeader> read_header(ByteView bytes, SourceFormat format, PageNumber page, const Limits& limits) {
  if (format == SourceFormat::bmp) {
    if (page.value > 1) return Error{ErrorCode::not_found, "the file has 1 page"};
    SOHOA_TRY(const auto bmp, read_bmp_header(bytes));
    SOHOA_DO(check_size(bmp.width, bmp.height, limits));
    return PictureHeader{bmp.width, bmp.height, 1, Orientation::top_left, bmp.dpi_x, bmp.dpi_y};
  }
  SOHOA_TRY(const auto image, open_checked(bytes, format, page, limits));
  return header_of(image.get(), format, limits);
}

Result<Raster> decode_picture(ByteView bytes, SourceFormat format, PageNumber page, const Limits& limits) {
  if (format == SourceFormat::bmp) {
    SOHOA_DO(read_header(bytes, format, page, limits));
    return decode_bmp(bytes);
  }
  SOHOA_TRY(auto image, open_checked(bytes, format, page, limits));
  return to_raster(std::move(image));
}

Result<Raster> decode_jpeg(ByteView bytes, const Limits& limits) {
  return decode_picture(bytes, SourceFormat::jpeg, {1}, limits);
}

Result<Raster> decode_jpeg2000(ByteView bytes, const Limits& limits) {
  return decode_picture(bytes, SourceFormat::jpeg2000, {1}, limits);
}

}  // namespace sohoa::decode
