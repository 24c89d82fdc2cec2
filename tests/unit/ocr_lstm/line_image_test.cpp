#include "ocr/lstm/line_image.hpp"

#include <gtest/gtest.h>

#include <random>

#include "ocr/lstm/edge_noise.hpp"

namespace sohoa::ocr::lstm {
namespace {

Raster striped(std::int32_t width, std::int32_t height, std::uint8_t ink, std::uint8_t paper) {
  std::vector<std::uint8_t> pixels;
  for (std::int32_t i = 0; i < width * height; ++i) pixels.push_back(i % width % 8 < 4 ? ink : paper);
  return {width, height, 1, std::move(pixels)};
}

TEST(LineImage, StretchesInkAndPaperToTheFullRange) {
  const auto line = prepare_line(striped(80, 36, 90, 200), 36);
  ASSERT_TRUE(line);
  EXPECT_EQ(line->width, 80);
  EXPECT_EQ(line->scale, 1);
  EXPECT_EQ(line->values[36 * 1 + 5], -127);  // column 1
  EXPECT_GE(line->values[36 * 5 + 20], 125);  // column 5: the quartile lies within its value
}

TEST(LineImage, ExchangesBlackAndWhite) {
  const auto dark = prepare_line(striped(80, 36, 90, 200), 36);
  const auto light = prepare_line(striped(80, 36, 90, 200), 36, Polarity::light_on_dark);
  ASSERT_TRUE(dark && light);
  EXPECT_GE(light->values[36 * 1 + 5], 125);
  EXPECT_EQ(light->values[36 * 5 + 20], -127);
}

TEST(LineImage, IsScaledToItsHeight) {
  const auto line = prepare_line(striped(400, 72, 0, 255), 36);
  ASSERT_TRUE(line);
  EXPECT_EQ(line->width, 200);
  EXPECT_EQ(line->scale, 0.5);
  EXPECT_EQ(line->values.size(), 200u * 36u);
}

TEST(LineImage, OfFlatPaperIsFlat) {
  const auto line = prepare_line(Raster(60, 36, 1, std::vector<std::uint8_t>(60 * 36, 255)), 36);
  ASSERT_TRUE(line);
  for (const auto value : line->values) EXPECT_EQ(value, 127);
}

TEST(LineImage, TooSmallForTextIsNone) {
  EXPECT_FALSE(prepare_line({}, 36));
  EXPECT_FALSE(prepare_line(striped(2, 36, 0, 255), 36));
  EXPECT_FALSE(prepare_line(striped(4, 90, 0, 255), 36));
}

TEST(EdgeNoise, IsTheGeneratorsSequence) {
  EdgeNoise noise(1);
  std::minstd_rand random(0x10000001);
  random();
  for (const auto value : noise.values(500)) {
    EXPECT_NEAR(value, 254.0 * static_cast<double>(random()) / 2147483647 - 127, 0.5);
  }
}

/// The taps of every output at the edge, drawn by the definition: output by output, row by row; input by input.
TEST(EdgeTaps, AreDrawnInTheOrderOfTheOutputs) {
  std::mt19937 random(2);
  for (const std::int32_t width : {1, 2, 3, 7}) {
    constexpr std::int32_t height = 6;
    std::vector<std::int8_t> pixels(static_cast<std::size_t>(width * height));
    for (auto& pixel : pixels) pixel = static_cast<std::int8_t>(random() % 100);
    EdgeNoise noise(42), again(42);
    EdgeTaps taps;
    taps.fill(pixels, width, height, noise);
    const auto drawn = again.values(1000);
    std::size_t next = 0;
    for (std::int32_t y = 0; y < height; ++y) {
      for (std::int32_t x = 0; x < width; ++x) {
        for (std::int32_t dx = -1; dx <= 1; ++dx) {
          for (std::int32_t dy = -1; dy <= 1; ++dy) {
            const bool inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
            const int expected = inside ? pixels[static_cast<std::size_t>((x + dx) * height + y + dy)] : drawn[next++];
            const bool edge_row = y == 0 || y == height - 1;
            if (!edge_row && x + dx >= 0 && x + dx < width) continue;
            const auto at = edge_row
                                ? (y == 0 ? taps.top : taps.bottom) + static_cast<std::size_t>(x * 12 + (dx + 1) * 4)
                                : (dx < 0 ? taps.left : taps.right) + static_cast<std::size_t>(y * 4);
            EXPECT_EQ(taps.values[at + static_cast<std::size_t>(dy + 1)], expected) << width << " " << x << " " << y;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace sohoa::ocr::lstm
