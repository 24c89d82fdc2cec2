#include "pipeline/decode/planes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "pipeline/decode/colour.hpp"
#include "pipeline/decode/encode.hpp"
#include "pipeline/decode/initialise.hpp"
#include "pipeline/decode/jpeg_planes.hpp"
#include "pipeline/decode/picture.hpp"
#include "pipeline/decode/vips_pixels.hpp"
#include "tests/unit/decode/workbench.hpp"

namespace sohoa::decode {
namespace {

/// Smooth colours: chroma at half the resolution loses hardly anything of them.
Raster rainbow(std::int32_t width, std::int32_t height) {
  std::vector<std::uint8_t> pixels;
  for (std::int32_t y = 0; y < height; ++y) {
    for (std::int32_t x = 0; x < width; ++x) {
      for (const double phase : {0.0, 2.0, 4.0}) {
        pixels.push_back(static_cast<std::uint8_t>(128 + 100 * std::sin(x / 40.0 + y / 60.0 + phase)));
      }
    }
  }
  return {width, height, 3, std::move(pixels)};
}

Bytes jpeg_of(const Raster& raster, int quality) {
  initialise_decoders();
  auto stream = encode_jpeg(raster, quality);
  return stream ? std::move(stream->data) : Bytes{};
}

PageImage page_of(const Planes& planes) {
  PageImage page;
  page.pixels = planes.pixels;
  page.chroma = planes.chroma;
  return page;
}

struct Size {
  std::int32_t width, height;
  int quality;  // libvips halves chroma below 90
};

class JpegPlanes : public ::testing::TestWithParam<Size> {};

TEST_P(JpegPlanes, ShowWhatAnotherDecoderShows) {
  const auto& [width, height, quality] = GetParam();
  const auto jpeg = jpeg_of(rainbow(width, height), quality);
  const auto planes = decode_jpeg_planes(jpeg, {});
  ASSERT_TRUE(planes) << planes.error().message;
  const auto rgb = decode_jpeg(jpeg, {});
  ASSERT_TRUE(rgb);
  ASSERT_EQ(planes->pixels.bounds(), rgb->bounds());
  const bool halved = quality < 90;
  EXPECT_EQ(planes->chroma.red.width(), halved ? (width + 1) / 2 : width);
  EXPECT_EQ(planes->chroma.blue.height(), halved ? (height + 1) / 2 : height);
  // Where sides are odd the chroma reaches half a sample past the edge: a level or so in the smallest pictures.
  EXPECT_LT(test::difference(part_of(page_of(*planes), rgb->bounds()), *rgb), 1.5);
  EXPECT_EQ(colour_of(*planes), ColourKind::colour);
}

INSTANTIATE_TEST_SUITE_P(All, JpegPlanes,
                         ::testing::Values(Size{320, 240, 85}, Size{1, 1, 85}, Size{17, 33, 85}, Size{250, 127, 85},
                                           Size{251, 130, 95}, Size{8, 300, 95}));

TEST(JpegPlanes, OfAGreyPictureAreOne) {
  const auto grey = without_needless_channels(rainbow(100, 60), ColourKind::grey);
  const auto planes = decode_jpeg_planes(jpeg_of(grey, 90), {});
  ASSERT_TRUE(planes);
  EXPECT_TRUE(planes->chroma.empty());
  EXPECT_LT(test::difference(planes->pixels, grey), 1.5);
}

TEST(JpegPlanes, RefuseWhatTheyCannotHold) {
  initialise_decoders();
  const auto cmyk = test::bytes_of_file(std::string(SOHOA_SHARED_DATA) + "/torture/ocrmypdf/baiona_cmyk.jpg");
  EXPECT_EQ(decode_jpeg_planes(cmyk, {}).error().code, ErrorCode::unsupported);
  auto jpeg = jpeg_of(rainbow(300, 200), 85);
  EXPECT_EQ(decode_jpeg_planes(ByteView(jpeg).first(20), {}).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(decode_jpeg_planes(Bytes(500, 7), {}).error().code, ErrorCode::invalid_input);
  Limits small;
  small.page_pixels = 1000;
  EXPECT_EQ(decode_jpeg_planes(jpeg, small).error().code, ErrorCode::resource_exhausted);
}

TEST(JpegPlanes, OfDamagedBytesEndInPlanesOrAnError) {
  const auto whole = jpeg_of(rainbow(200, 150), 85);
  std::mt19937 random(11);
  for (int i = 0; i < 200; ++i) {
    auto damaged = whole;
    for (int k = 0; k < 5; ++k) damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
    if (i % 3 == 0) damaged.resize(damaged.size() / 2);
    const auto planes = decode_jpeg_planes(damaged, {});
    if (!planes) {
      EXPECT_FALSE(planes.error().message.empty());
    } else {
      EXPECT_FALSE(planes->pixels.empty());
    }
  }
}

TEST(Planes, HaveNoColourWhereOnlyNoiseIs) {
  std::mt19937 random(5);
  std::vector<std::uint8_t> pixels(300 * 200 * 3);
  for (auto& value : pixels) value = static_cast<std::uint8_t>(180 + random() % 12);
  const auto planes = decode_jpeg_planes(jpeg_of(Raster(300, 200, 3, std::move(pixels)), 85), {});
  ASSERT_TRUE(planes);
  EXPECT_FALSE(planes->chroma.empty());
  EXPECT_EQ(colour_of(*planes), ColourKind::grey);
}

TEST(Planes, TakeAnotherPictureInAPart) {
  const auto planes = decode_jpeg_planes(jpeg_of(rainbow(200, 150), 85), {});
  ASSERT_TRUE(planes);
  auto page = page_of(*planes);
  const PixelRect part{40, 30, 60, 50};
  std::vector<std::uint8_t> red;
  for (std::int64_t i = 0; i < part.area(); ++i) red.insert(red.end(), {200, 30, 40});
  const Raster patch(part.width, part.height, 3, std::move(red));
  replace_part(page, part, patch);
  const PixelRect inside{44, 34, 52, 42};  // chroma is mixed at the edge
  EXPECT_LT(test::difference(part_of(page, inside), cropped(patch, {0, 0, inside.width, inside.height})), 1.5);
  const PixelRect beside{110, 0, 90, 150};
  EXPECT_EQ(test::difference(part_of(page, beside), part_of(page_of(*planes), beside)), 0);
}

}  // namespace
}  // namespace sohoa::decode
