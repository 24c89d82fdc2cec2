#include <gtest/gtest.h>

#include <random>

#include "pipeline/decode/bmp.hpp"
#include "pipeline/decode/colour_areas.hpp"
#include "pipeline/decode/encode.hpp"
#include "pipeline/decode/fax.hpp"
#include "pipeline/decode/orientation.hpp"
#include "pipeline/decode/resolution.hpp"
#include "tests/unit/decode/workbench.hpp"

namespace sohoa::decode {
namespace {

struct Stated {
  const char* name;
  std::int32_t width, height;
  double x, y;
  double expected;
  bool estimated;
};

class ResolutionOf : public ::testing::TestWithParam<Stated> {};

TEST_P(ResolutionOf, IsBelievedOrEstimated) {
  const auto& row = GetParam();
  const auto found = resolution_of(row.width, row.height, row.x, row.y);
  EXPECT_NEAR(found.x, row.expected, row.expected * 0.01);
  EXPECT_EQ(found.estimated, row.estimated);
  EXPECT_EQ(found.reason.empty(), !row.estimated);
}

INSTANTIATE_TEST_SUITE_P(All, ResolutionOf,
                         ::testing::Values(Stated{"stated", 2480, 3508, 300, 300, 300, false},
                                           Stated{"none_a4_at_300", 2480, 3508, 0, 0, 300, true},
                                           Stated{"none_as_libvips_says", 1654, 2339, 25.4, 25.4, 200, true},
                                           Stated{"screen_default_on_a_scan", 2480, 3508, 72, 72, 300, true},
                                           Stated{"another_default", 3308, 4677, 96, 96, 400, true},
                                           Stated{"small_at_72_may_be_true", 612, 792, 72, 72, 72, false},
                                           Stated{"a5_at_300", 1748, 2480, 0, 0, 300, true},
                                           Stated{"a4_at_200_and_a3_at_100", 1654, 2339, 0, 0, 200, true},
                                           Stated{"a4_where_nothing_is_usual", 1450, 2050, 0, 0, 175, true},
                                           Stated{"letter_at_300", 2550, 3300, 0, 0, 300, true},
                                           Stated{"too_low", 2480, 3508, 10, 10, 300, true},
                                           Stated{"too_high", 2480, 3508, 4800, 4800, 300, true},
                                           Stated{"fax", 1728, 1100, 204, 98, 204, false},
                                           Stated{"longer_than_any_paper", 12000, 16970, 150, 150, 1200, true},
                                           Stated{"photo", 4000, 3000, 72, 72, 342, true}),
                         [](const auto& one) { return one.param.name; });

/// The pixel that orientation EXIF `n` shows at (x, y), by the standard's words, one pixel at a time.
std::pair<int, int> stored_at(int n, int x, int y, int width, int height) {
  switch (n) {
    case 2: return {width - 1 - x, y};
    case 3: return {width - 1 - x, height - 1 - y};
    case 4: return {x, height - 1 - y};
    case 5: return {y, x};
    case 6: return {y, height - 1 - x};
    case 7: return {width - 1 - y, height - 1 - x};
    case 8: return {width - 1 - y, x};
    default: return {x, y};
  }
}

class Orientations : public ::testing::TestWithParam<int> {};

TEST_P(Orientations, PixelsAndPlacementAgreeWithTheStandard) {
  const int n = GetParam();
  constexpr int width = 70, height = 131;
  std::vector<std::uint8_t> pixels(width * height * 3);
  std::mt19937 random(7);
  for (auto& value : pixels) value = static_cast<std::uint8_t>(random());
  const Raster stored(width, height, 3, std::move(pixels));
  const auto shown = oriented(stored, orientation_of(n));
  ASSERT_EQ(shown.width(), n >= 5 ? height : width);
  const auto placement = placement_of(orientation_of(n), shown.width(), shown.height());
  for (int y = 0; y < shown.height(); ++y) {
    for (int x = 0; x < shown.width(); ++x) {
      const auto [column, row] = stored_at(n, x, y, width, height);
      ASSERT_EQ(shown.row(y)[x * 3], stored.row(row)[column * 3]);
      const auto at = placement({(column + 0.5) / width, 1 - (row + 0.5) / height});
      ASSERT_NEAR(at.x, x + 0.5, 1e-6);
      ASSERT_NEAR(shown.height() - at.y, y + 0.5, 1e-6);
    }
  }
  const auto back = upright(placement);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->orientation, orientation_of(n));
}

INSTANTIATE_TEST_SUITE_P(All, Orientations, ::testing::Range(1, 9));

TEST(Orientations, AskewIsNotUpright) {
  EXPECT_FALSE(upright({100, 5, -5, 100, 0, 0}));
  EXPECT_FALSE(upright({0, 0, 0, 0, 10, 10}));
}

Raster noise(std::int32_t width, std::int32_t height, std::int32_t channels, int levels) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width * height * channels));
  std::mt19937 random(11);
  for (auto& value : pixels)
    value = static_cast<std::uint8_t>(static_cast<int>(random() % static_cast<unsigned>(levels)) * 255 / (levels - 1));
  return {width, height, channels, std::move(pixels)};
}

struct Lossless {
  const char* name;
  std::int32_t channels;
  int levels;
  ImageCodec codec;
  ColourSpace space;
};

class EncodeLossless : public ::testing::TestWithParam<Lossless> {};

TEST_P(EncodeLossless, AnotherReaderSeesTheSamePixels) {
  const auto& row = GetParam();
  const auto raster = noise(101, 53, row.channels, row.levels);
  auto stream = encode_lossless(raster);
  ASSERT_TRUE(stream) << stream.error().message;
  EXPECT_EQ(stream->codec, row.codec);
  EXPECT_EQ(stream->space, row.space);
  EXPECT_FALSE(stream->original);
  PageCanvas canvas{101, 53, {{std::move(*stream), {101, 0, 0, 53, 0, 0}}}};
  EXPECT_EQ(test::difference(test::viewed(test::pdf_of(canvas), 1, 72), raster), 0);
}

INSTANTIATE_TEST_SUITE_P(All, EncodeLossless,
                         ::testing::Values(Lossless{"bilevel", 1, 2, ImageCodec::ccitt, ColourSpace::grey},
                                           Lossless{"grey", 1, 256, ImageCodec::flate, ColourSpace::grey},
                                           Lossless{"eight_colours", 3, 2, ImageCodec::flate, ColourSpace::indexed},
                                           Lossless{"colour", 3, 256, ImageCodec::flate, ColourSpace::rgb}),
                         [](const auto& one) { return one.param.name; });

TEST(Encode, SixteenGreysAreAtMostEightOff) {
  const auto raster = noise(64, 64, 1, 256);
  auto stream = encode_sixteen_greys(raster);
  ASSERT_TRUE(stream);
  EXPECT_EQ(stream->bits, 4);
  PageCanvas canvas{64, 64, {{std::move(*stream), {64, 0, 0, 64, 0, 0}}}};
  const auto seen = test::viewed(test::pdf_of(canvas), 1, 72);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) ASSERT_LE(std::abs(seen.row(y)[x * seen.channels()] - raster.row(y)[x]), 8);
  }
}

TEST(ColourAreas, HoldEveryColouredPixelAndDoNotTouch) {
  std::vector<std::uint8_t> pixels(300 * 200 * 3, 200);
  const auto colour = [&](int x, int y) { pixels[static_cast<std::size_t>((y * 300 + x) * 3)] = 90; };
  colour(10, 10);
  colour(70, 10);  // its cell touches none of the first's
  colour(299, 199);
  colour(290, 170);
  const auto areas = colour_areas({300, 200, 3, std::move(pixels)});
  ASSERT_EQ(areas.size(), 3U);
  for (const auto& [x, y] : {std::pair{10, 10}, {70, 10}, {299, 199}, {290, 170}}) {
    EXPECT_TRUE(std::any_of(areas.begin(), areas.end(),
                            [&](const PixelRect& area) { return !intersection(area, {x, y, 1, 1}).empty(); }));
  }
}

Bytes bmp_header(std::uint16_t bits, std::uint32_t compression, std::int32_t width, std::int32_t height) {
  Bytes bytes(54, 0);
  const auto put = [&](std::size_t at, std::uint32_t value, std::size_t size) {
    std::memcpy(bytes.data() + at, &value, size);
  };
  bytes[0] = 'B';
  bytes[1] = 'M';
  put(10, 54 + (bits <= 8 ? 4U << bits : 0U), 4);
  put(14, 40, 4);
  put(18, static_cast<std::uint32_t>(width), 4);
  put(22, static_cast<std::uint32_t>(height), 4);
  put(28, bits, 2);
  put(30, compression, 4);
  for (std::uint32_t i = 0; bits <= 8 && i < 1U << bits; ++i) {
    const auto grey = static_cast<std::uint8_t>(i * 255 / ((1U << bits) - 1));
    bytes.insert(bytes.end(), {grey, grey, grey, 0});
  }
  return bytes;
}

TEST(Bmp, ReadsRunsOfEightBits) {
  auto bytes = bmp_header(8, 1, 4, 2);
  // Bottom row: 4 times 255. Then end of row; top row: 3 samples as they are, padded; end.
  bytes.insert(bytes.end(), {4, 255, 0, 0, 0, 3, 10, 20, 30, 0, 0, 1});
  const auto raster = decode_bmp(bytes);
  ASSERT_TRUE(raster) << raster.error().message;
  EXPECT_EQ(raster->row(1)[9], 255);
  EXPECT_EQ(raster->row(0)[0], 10);
  EXPECT_EQ(raster->row(0)[6], 30);
  EXPECT_EQ(raster->row(0)[9], 255) << "what no run covers is white";
}

/// Blots, in rows that are no whole bytes long.
Raster blots(std::int32_t width, std::int32_t height) {
  std::mt19937 random(5);
  std::vector<std::uint8_t> pixels;
  std::uint8_t level = 255;
  for (std::int32_t i = 0; i < width * height; ++i) {
    if (random() % 9 == 0) level = static_cast<std::uint8_t>(255 - level);
    pixels.push_back(level);
  }
  return {width, height, 1, std::move(pixels)};
}

TEST(Fax, UnpacksGroup4AsItWasPacked) {
  for (const std::int32_t width : {1, 8, 131, 1728}) {
    const auto page = blots(width, 37);
    const auto strip = encode_ccitt(page);
    ASSERT_TRUE(strip);
    const auto rows = unpack_group4(strip->data, width, 37, 0);
    ASSERT_TRUE(rows);
    const auto row_bytes = (static_cast<std::size_t>(width) + 7) / 8;
    ASSERT_EQ(rows->size(), row_bytes * 37);
    for (std::int32_t y = 0; y < 37; ++y) {
      for (std::int32_t x = 0; x < width; ++x) {
        const int bit =
            (*rows)[static_cast<std::size_t>(y) * row_bytes + static_cast<std::size_t>(x / 8)] >> (7 - x % 8) & 1;
        ASSERT_EQ(bit == 1, page.row(y)[x] == 0) << x << ", " << y;
      }
    }
  }
}

TEST(Fax, FillsRowsThatTheStripLacks) {
  const auto strip = encode_ccitt(blots(64, 20));
  ASSERT_TRUE(strip);
  const auto rows = unpack_group4(strip->data, 64, 30, 0xAA);
  ASSERT_TRUE(rows);
  EXPECT_EQ(Bytes(rows->begin() + 21 * 8, rows->end()), Bytes(9 * 8, 0xAA));
  const auto whole = unpack_group4(strip->data, 64, 20, 0xAA);
  ASSERT_TRUE(whole);
  EXPECT_TRUE(std::equal(whole->begin(), whole->end(), rows->begin()));
}

TEST(Fax, TakesAnyBytes) {
  std::mt19937 random(9);
  for (int i = 0; i < 200; ++i) {
    Bytes strip(random() % 300);
    for (auto& byte : strip) byte = static_cast<std::uint8_t>(random());
    const auto rows = unpack_group4(strip, 200, 50, 0);
    EXPECT_TRUE(!rows || rows->size() == 25U * 50);
  }
}

TEST(Bmp, ReadsRowsFromTheTop) {
  auto bytes = bmp_header(1, 0, 9, -2);
  bytes.insert(bytes.end(), {0x80, 0, 0, 0, 0, 0x80, 0, 0});
  const auto raster = decode_bmp(bytes);
  ASSERT_TRUE(raster) << raster.error().message;
  EXPECT_EQ(raster->row(0)[0], 255);
  EXPECT_EQ(raster->row(0)[3], 0);
  EXPECT_EQ(raster->row(1)[8 * 3], 255);
}

struct BadBmp {
  const char* name;
  Bytes bytes;
  ErrorCode code;
};
class BmpRefused : public ::testing::TestWithParam<BadBmp> {};
TEST_P(BmpRefused, WithATypedError) {
  const auto header = read_bmp_header(GetParam().bytes);
  ASSERT_FALSE(header);
  EXPECT_EQ(header.error().code, GetParam().code);
}
INSTANTIATE_TEST_SUITE_P(All, BmpRefused,
                         ::testing::Values(BadBmp{"cut_off", Bytes{'B', 'M', 0, 0}, ErrorCode::invalid_input},
                                           BadBmp{"no_width", bmp_header(24, 0, 0, 5), ErrorCode::invalid_input},
                                           BadBmp{"height_out_of_range", bmp_header(24, 0, 5, INT32_MIN),
                                                  ErrorCode::invalid_input},
                                           BadBmp{"depth", bmp_header(7, 0, 5, 5), ErrorCode::invalid_input},
                                           BadBmp{"png_inside", bmp_header(24, 5, 5, 5), ErrorCode::unsupported}),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace sohoa::decode
