#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <vips/vips.h>

#include <cstring>

#include "pipeline/decode/initialise.hpp"
#include "pipeline/decode/planes.hpp"
#include "tests/unit/decode/workbench.hpp"

namespace sohoa::test {
namespace {

constexpr int width = 420;
constexpr int height = 594;

/// White paper with a black bar at the top, a red square at the left and a grey ramp at the bottom: no two sides are
/// alike.
std::vector<std::uint8_t> drawing() {
  std::vector<std::uint8_t> pixels(std::size_t{width} * height * 3, 255);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      auto* p = pixels.data() + (std::size_t{static_cast<std::size_t>(y)} * width + static_cast<std::size_t>(x)) * 3;
      if (y > 20 && y < 60 && x > 40 && x < 380) p[0] = p[1] = p[2] = 0;
      if (y > 200 && y < 300 && x > 20 && x < 120) p[1] = p[2] = 0;
      if (y > 540) p[0] = p[1] = p[2] = static_cast<std::uint8_t>(x * 255 / width);
    }
  }
  return pixels;
}

/// The drawing's green, cut to black and white.
std::vector<std::uint8_t> bilevel_drawing() {
  auto pixels = drawing();
  for (std::size_t i = 0; i < pixels.size(); i += 3)
    pixels[i] = pixels[i + 1] = pixels[i + 2] = pixels[i + 1] < 100 ? 0 : 255;
  return pixels;
}

enum class Drawing { colour, bilevel };

/// The drawing as a libvips picture of the wanted bands, at 100 dpi.
VipsImage* picture(Drawing kind = Drawing::colour, int bands = 3) {
  initialise_decoders();
  const auto pixels = kind == Drawing::colour ? drawing() : bilevel_drawing();
  std::vector<std::uint8_t> wanted;
  for (std::size_t i = 0; i < pixels.size(); i += 3) {
    for (int b = 0; b < bands; ++b)
      wanted.push_back(b == 3 ? 255 : pixels[i + static_cast<std::size_t>(bands == 1 ? 1 : b)]);
  }
  VipsImage* image =
      vips_image_new_from_memory_copy(wanted.data(), wanted.size(), width, height, bands, VIPS_FORMAT_UCHAR);
  image->Type = bands == 1 ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB;
  image->Xres = image->Yres = 100 / 25.4;
  return image;
}

template <typename Save>
Bytes saved(VipsImage* image, Save save) {
  void* data = nullptr;
  std::size_t size = 0;
  EXPECT_EQ(save(image, &data, &size), 0) << vips_error_buffer();
  const auto* first = static_cast<const std::uint8_t*>(data);
  Bytes bytes(first, first + size);
  g_free(data);
  g_object_unref(image);
  return bytes;
}

Bytes bmp() {
  const auto pixels = drawing();
  Bytes bytes(54);
  const auto put = [&](std::size_t at, std::uint32_t value) { std::memcpy(bytes.data() + at, &value, 4); };
  bytes[0] = 'B';
  bytes[1] = 'M';
  put(10, 54);
  put(14, 40);
  put(18, width);
  put(22, height);
  bytes[26] = 1;
  bytes[28] = 24;
  put(38, 3937);  // pixels a metre: 100 dpi
  put(42, 3937);
  for (int y = height - 1; y >= 0; --y) {
    for (int x = 0; x < width; ++x) {
      const auto* p = pixels.data() + (static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)) * 3;
      bytes.insert(bytes.end(), {p[2], p[1], p[0]});
    }
    bytes.resize(bytes.size() + (4 - width * 3 % 4) % 4);
  }
  return bytes;
}

struct Format {
  const char* name;
  Bytes (*make)();
  SourceFormat format;
  ImageCodec codec;
  bool original;
  double loss;  ///< mean difference allowed, of 255
};

Bytes jpeg() {
  return saved(picture(),
               [](VipsImage* i, void** d, std::size_t* s) { return vips_jpegsave_buffer(i, d, s, "Q", 90, nullptr); });
}
Bytes png() {
  return saved(picture(), [](VipsImage* i, void** d, std::size_t* s) { return vips_pngsave_buffer(i, d, s, nullptr); });
}
Bytes png_palette() {
  return saved(picture(Drawing::bilevel), [](VipsImage* i, void** d, std::size_t* s) {
    return vips_pngsave_buffer(i, d, s, "palette", TRUE, "bitdepth", 4, nullptr);
  });
}
Bytes png_alpha() {
  return saved(picture(Drawing::colour, 4),
               [](VipsImage* i, void** d, std::size_t* s) { return vips_pngsave_buffer(i, d, s, nullptr); });
}
Bytes png_interlaced() {
  return saved(picture(), [](VipsImage* i, void** d, std::size_t* s) {
    return vips_pngsave_buffer(i, d, s, "interlace", TRUE, nullptr);
  });
}
Bytes webp() {
  return saved(picture(),
               [](VipsImage* i, void** d, std::size_t* s) { return vips_webpsave_buffer(i, d, s, "Q", 90, nullptr); });
}
Bytes heic() {
  return saved(picture(), [](VipsImage* i, void** d, std::size_t* s) {
    return vips_heifsave_buffer(i, d, s, "Q", 80, "compression", VIPS_FOREIGN_HEIF_COMPRESSION_HEVC, nullptr);
  });
}
Bytes jpeg2000() {
  return saved(picture(), [](VipsImage* i, void** d, std::size_t* s) {
    return vips_jp2ksave_buffer(i, d, s, "lossless", TRUE, nullptr);
  });
}
Bytes gif() {
  return saved(picture(), [](VipsImage* i, void** d, std::size_t* s) {
    return vips_gifsave_buffer(i, d, s, "dither", 0.0, nullptr);
  });
}
Bytes tiff(VipsImage* image, VipsForeignTiffCompression compression, int bits) {
  void* data = nullptr;
  std::size_t size = 0;
  // One strip a page, as scanners write it.
  EXPECT_EQ(vips_tiffsave_buffer(image, &data, &size, "compression", compression, "bitdepth", bits, "Q", 90,
                                 "tile_height", height, nullptr),
            0)
      << vips_error_buffer();
  const auto* first = static_cast<const std::uint8_t*>(data);
  Bytes bytes(first, first + size);
  g_free(data);
  g_object_unref(image);
  return bytes;
}
Bytes tiff_fax() {
  return tiff(picture(Drawing::bilevel, 1), VIPS_FOREIGN_TIFF_COMPRESSION_CCITTFAX4, 1);
}
Bytes tiff_lzw() {
  return tiff(picture(), VIPS_FOREIGN_TIFF_COMPRESSION_LZW, 0);
}
Bytes tiff_plain_bilevel() {
  return tiff(picture(Drawing::bilevel, 1), VIPS_FOREIGN_TIFF_COMPRESSION_NONE, 1);
}

class PictureFormat : public ::testing::TestWithParam<Format> {};

TEST_P(PictureFormat, GivesItsPixelsAndACanvasThatShowsThem) {
  const auto& format = GetParam();
  const auto source = made(format.make());
  ASSERT_EQ(source.file.format, format.format);
  const auto inspection = inspect(source.fd.get(), source.file, {});
  ASSERT_TRUE(inspection) << inspection.error().message;
  EXPECT_EQ(inspection->pages, 1U);
  EXPECT_EQ(inspection->largest_page_pixels, std::uint64_t{width} * height);
  const auto page = decode(source);
  ASSERT_TRUE(page) << page.error().message;
  const bool bilevel = page->colour == ColourKind::bilevel;
  const Raster drawn(width, height, 3, bilevel ? bilevel_drawing() : drawing());
  EXPECT_LE(difference(decode::part_of(*page, page->pixels.bounds()), drawn), format.loss);
  ASSERT_EQ(page->canvas.images.size(), 1U);
  const auto& image = page->canvas.images.front().image;
  EXPECT_EQ(image.codec, format.codec);
  EXPECT_EQ(image.original, format.original);
  const int dpi = static_cast<int>(page->dpi.value + 0.5);
  EXPECT_LE(difference(viewed(pdf_of(page->canvas), 1, dpi), drawn), format.loss + 0.5);
}

INSTANTIATE_TEST_SUITE_P(
    All, PictureFormat,
    ::testing::Values(Format{"jpeg", jpeg, SourceFormat::jpeg, ImageCodec::jpeg, true, 2.0},
                      Format{"png", png, SourceFormat::png, ImageCodec::flate, true, 0},
                      Format{"png_palette", png_palette, SourceFormat::png, ImageCodec::flate, true, 8.0},
                      Format{"png_alpha", png_alpha, SourceFormat::png, ImageCodec::flate, false, 0},
                      Format{"png_interlaced", png_interlaced, SourceFormat::png, ImageCodec::flate, false, 0},
                      Format{"webp", webp, SourceFormat::webp, ImageCodec::jpeg, false, 3.0},
                      Format{"heic", heic, SourceFormat::heic, ImageCodec::jpeg, false, 3.0},
                      Format{"jpeg2000", jpeg2000, SourceFormat::jpeg2000, ImageCodec::jpx, true, 0},
                      Format{"gif", gif, SourceFormat::gif, ImageCodec::flate, false, 2.0},
                      Format{"bmp", bmp, SourceFormat::bmp, ImageCodec::flate, false, 0},
                      Format{"tiff_group4", tiff_fax, SourceFormat::tiff, ImageCodec::ccitt, true, 0},
                      Format{"tiff_lzw", tiff_lzw, SourceFormat::tiff, ImageCodec::flate, false, 0},
                      Format{"tiff_plain", tiff_plain_bilevel, SourceFormat::tiff, ImageCodec::ccitt, false, 0}),
    [](const auto& one) { return one.param.name; });

TEST(Picture, CarriesAJpegFileWhole) {
  const auto bytes = jpeg();
  const auto page = decode(made(bytes));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->canvas.images.front().image.data, bytes);
}

TEST(Picture, EncodesACmykJpegAnewAsRgb) {
  const auto page = decode(shared("torture/ocrmypdf/baiona_cmyk.jpg"));
  ASSERT_TRUE(page) << page.error().message;
  const auto& image = page->canvas.images.front().image;
  EXPECT_EQ(image.codec, ImageCodec::jpeg);
  EXPECT_EQ(image.space, ColourSpace::rgb);
  EXPECT_FALSE(image.original);
}

TEST(Picture, DoesNotCarryAJpegThatIsCutOff) {
  auto bytes = jpeg();
  bytes.resize(bytes.size() * 3 / 4);
  const auto page = decode(made(bytes));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_FALSE(page->canvas.images.front().image.original);
}

TEST(Picture, CountsAndReadsThePagesOfATiff) {
  std::array<VipsImage*, 3> pages{picture(), picture(Drawing::bilevel), picture()};
  VipsImage* joined = nullptr;
  ASSERT_EQ(vips_arrayjoin(pages.data(), &joined, 3, "across", 1, nullptr), 0);
  for (auto* page : pages) g_object_unref(page);
  VipsImage* copy = nullptr;
  ASSERT_EQ(vips_copy(joined, &copy, nullptr), 0);
  g_object_unref(joined);
  vips_image_set_int(copy, VIPS_META_PAGE_HEIGHT, height);
  const auto source = made(tiff(copy, VIPS_FOREIGN_TIFF_COMPRESSION_DEFLATE, 0));
  const auto inspection = inspect(source.fd.get(), source.file, {});
  ASSERT_TRUE(inspection) << inspection.error().message;
  EXPECT_EQ(inspection->pages, 3U);
  PageDecoder decoder;
  const Raster colour(width, height, 3, drawing());
  const Raster second(width, height, 3, bilevel_drawing());
  for (std::uint32_t number = 1; number <= 3; ++number) {
    const auto page = decoder.decode(source.fd.get(), source.file, {number}, {});
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(difference(page->pixels, number == 2 ? second : colour), 0);
  }
  const auto fourth = decoder.decode(source.fd.get(), source.file, {4}, {});
  ASSERT_FALSE(fourth);
  EXPECT_EQ(fourth.error().code, ErrorCode::not_found);
}

TEST(Picture, HoldsPixelsAgainstTheLimitBeforeDecoding) {
  Limits limits;
  limits.page_pixels = width * height - 1;
  for (const auto make : {jpeg, png, webp, heic, jpeg2000, gif, bmp, tiff_lzw}) {
    const auto source = made(make());
    const auto page = decode(source, 1, limits);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::resource_exhausted);
    const auto inspection = inspect(source.fd.get(), source.file, limits);
    ASSERT_FALSE(inspection);
    EXPECT_EQ(inspection.error().code, ErrorCode::resource_exhausted);
  }
}

TEST(Picture, MakesSquarePixelsOfAFax) {
  VipsImage* fax = picture(Drawing::bilevel, 1);
  fax->Xres = 204 / 25.4;
  fax->Yres = 98 / 25.4;
  const auto page = decode(made(tiff(fax, VIPS_FOREIGN_TIFF_COMPRESSION_CCITTFAX4, 1)));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_NEAR(page->dpi.value, 204, 0.1);
  EXPECT_EQ(page->pixels.width(), width);
  EXPECT_NEAR(page->pixels.height(), height * 204.0 / 98, 1);
  EXPECT_NEAR(page->canvas.height, height / 98.0 * 72, 0.1);
  EXPECT_TRUE(page->canvas.images.front().image.original);
}

TEST(Picture, TellsWhatThePixelsShow) {
  const auto kind = [](VipsImage* image) {
    const auto page = decode(made(tiff(image, VIPS_FOREIGN_TIFF_COMPRESSION_DEFLATE, 0)));
    EXPECT_TRUE(page);
    return page->colour;
  };
  EXPECT_EQ(kind(picture()), ColourKind::colour);
  EXPECT_EQ(kind(picture(Drawing::colour, 1)), ColourKind::grey);
  EXPECT_EQ(kind(picture(Drawing::bilevel, 1)), ColourKind::bilevel);
}

class ExifOrientation : public ::testing::TestWithParam<std::string> {};

TEST_P(ExifOrientation, StandsUpright) {
  const auto upright = decode(shared("exif-orientation/Landscape_1.jpg"));
  const auto turned = decode(shared(GetParam()));
  ASSERT_TRUE(upright && turned);
  EXPECT_GT(turned->pixels.width(), turned->pixels.height());
  // Each file was compressed by itself: JPEG's loss is 3 to 4 of 255, another orientation differs by over 60.
  EXPECT_LT(difference(turned->pixels, upright->pixels), 8);
  EXPECT_TRUE(turned->canvas.images.front().image.original);
  EXPECT_LT(difference(viewed(pdf_of(turned->canvas), 1, 72), viewed(pdf_of(upright->canvas), 1, 72)), 8);
}

INSTANTIATE_TEST_SUITE_P(All, ExifOrientation, ::testing::ValuesIn(shared_files("exif-orientation", {".jpg"})),
                         [](const auto& one) {
                           return one.param.substr(one.param.find("Landscape"), std::strlen("Landscape_1"));
                         });

}  // namespace
}  // namespace sohoa::test
