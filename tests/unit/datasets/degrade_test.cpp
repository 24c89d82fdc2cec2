#include "datasets/degrade.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace sohoa::datasets {
namespace {

/// A white page with one black rectangle.
Raster page_with(const PixelRect& ink, std::int32_t width, std::int32_t height, std::int32_t channels = 3) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * height * channels, 255);
  for (std::int32_t y = ink.y; y < ink.bottom(); ++y) {
    for (std::int32_t x = ink.x; x < ink.right(); ++x) {
      for (std::int32_t c = 0; c < channels; ++c) pixels[static_cast<std::size_t>((y * width + x) * channels + c)] = 0;
    }
  }
  return {width, height, channels, std::move(pixels)};
}

/// The box of everything that is dark.
PixelRect dark_box(const Raster& page) {
  PixelRect box;
  for (std::int32_t y = 0; y < page.height(); ++y) {
    for (std::int32_t x = 0; x < page.width(); ++x) {
      if (page.row(y)[x * page.channels()] < 128) box = united(box, {x, y, 1, 1});
    }
  }
  return box;
}

Outline corners_of(const PixelRect& box) {
  const double left = box.x, top = box.y, right = box.right(), bottom = box.bottom();
  return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

PixelRect moved_box(const PixelRect& box, const Matrix& matrix) {
  auto outline = corners_of(box);
  for (auto& point : outline) point = matrix(point);
  return box_of(outline);
}

void expect_near(const PixelRect& found, const PixelRect& wanted, int tolerance) {
  EXPECT_NEAR(found.x, wanted.x, tolerance);
  EXPECT_NEAR(found.y, wanted.y, tolerance);
  EXPECT_NEAR(found.right(), wanted.right(), tolerance);
  EXPECT_NEAR(found.bottom(), wanted.bottom(), tolerance);
}

constexpr PixelRect ink{40, 70, 90, 12};

struct Mover {
  const char* name;
  Moved (*move)(const Raster&);
  int tolerance;  ///< pixels; a slanted corner is lighter than half
};

class MovesInkAndTruthAlike : public testing::TestWithParam<Mover> {};

TEST_P(MovesInkAndTruthAlike, TheMatrixLeadsToTheInk) {
  const auto moved = GetParam().move(page_with(ink, 300, 420));
  expect_near(dark_box(moved.pixels), moved_box(ink, moved.matrix), GetParam().tolerance);
}

INSTANTIATE_TEST_SUITE_P(
    Datasets, MovesInkAndTruthAlike,
    testing::Values(Mover{"quarter", [](const Raster& page) { return turned(page, 90); }, 0},
                    Mover{"half", [](const Raster& page) { return turned(page, 180); }, 0},
                    Mover{"three_quarters", [](const Raster& page) { return turned(page, 270); }, 0},
                    Mover{"skewed_right", [](const Raster& page) { return skewed(page, 3, 255); }, 1},
                    Mover{"skewed_left", [](const Raster& page) { return skewed(page, -2.2, 255); }, 1},
                    Mover{"halved", [](const Raster& page) { return resampled(page, 0.5); }, 0},
                    Mover{"odd_factor", [](const Raster& page) { return resampled(page, 0.61); }, 1},
                    Mover{"cut_left_top", [](const Raster& page) { return cut(page, 7, 9); }, 0},
                    Mover{"cut_right_bottom", [](const Raster& page) { return cut(page, -7, -9); }, 0}),
    [](const auto& mover) { return std::string(mover.param.name); });

TEST(Degrade, PositiveSkewMakesLinesRunDownhill) {
  const auto moved = skewed(page_with(ink, 300, 420), 3, 255);
  const auto left = moved.matrix({0, 100});
  const auto right = moved.matrix({200, 100});
  EXPECT_GT(right.y, left.y);
  EXPECT_NEAR(std::atan2(right.y - left.y, right.x - left.x) * 180 / 3.14159265, 3, 1e-4);
}

TEST(Degrade, TurnedPagesHaveTheirSidesSwapped) {
  const auto page = page_with(ink, 300, 420);
  EXPECT_EQ(turned(page, 90).pixels.width(), 420);
  EXPECT_EQ(turned(page, 180).pixels.width(), 300);
}

TEST(Degrade, BilevelLeavesBlackAndWhiteInOneChannel) {
  const auto page = bilevel(noisy(page_with(ink, 200, 120), 30, Random(1)), 140);
  ASSERT_EQ(page.channels(), 1);
  for (std::int32_t y = 0; y < page.height(); ++y) {
    for (std::int32_t x = 0; x < page.width(); ++x) ASSERT_TRUE(page.row(y)[x] == 0 || page.row(y)[x] == 255);
  }
}

double mean(const Raster& page, std::int32_t channel) {
  double sum = 0;
  for (std::int32_t y = 0; y < page.height(); ++y) {
    for (std::int32_t x = 0; x < page.width(); ++x) sum += page.row(y)[x * page.channels() + channel];
  }
  return sum / (1.0 * page.width() * page.height());
}

TEST(Degrade, NoiseHasTheDeviationAskedFor) {
  const auto grey_page = page_with({0, 0, 300, 300}, 300, 300, 1);
  const auto lifted = bled_through(page_with({}, 300, 300, 1), grey_page, 0.5);  // an even 127
  const auto page = noisy(lifted, 8, Random(5));
  const double middle = mean(page, 0);
  double square = 0;
  for (std::int32_t y = 0; y < 300; ++y) {
    for (std::int32_t x = 0; x < 300; ++x) square += std::pow(page.row(y)[x] - middle, 2);
  }
  EXPECT_NEAR(std::sqrt(square / 90000), 8, 0.3);
}

TEST(Degrade, OldPaperLosesBlueMost) {
  const auto page = yellowed(page_with({}, 100, 100), 0.6, Random(3));
  EXPECT_GT(mean(page, 0), mean(page, 1));
  EXPECT_GT(mean(page, 1), mean(page, 2) + 30);
}

TEST(Degrade, ShadowDarkensAndHolesAreDark) {
  const auto page = page_with({}, 400, 560);
  EXPECT_LT(mean(shaded(page, 0.4, Random(4)), 0), 250);
  EXPECT_FALSE(dark_box(punched(page, 48, Random(4))).empty());
  EXPECT_FALSE(dark_box(stapled(page, 48, Random(4))).empty());
  EXPECT_FALSE(dark_box(specked(page, 50, 2, Random(4))).empty());
}

TEST(Degrade, BleedThroughIsMirroredAndFaint) {
  const auto page = bled_through(page_with({}, 300, 420), page_with(ink, 300, 420), 0.2);
  const PixelRect mirrored{300 - ink.right(), ink.y, ink.width, ink.height};
  const auto middle = page.row(mirrored.y + 6)[(mirrored.x + 45) * 3];
  EXPECT_NEAR(middle, 255 * 0.8, 6);
  EXPECT_EQ(page.row(ink.y + 6)[20 * 3], 255);
}

TEST(Degrade, TheSameSeedGivesTheSamePixels) {
  const auto page = page_with(ink, 300, 420);
  const auto run = [&](std::uint64_t seed) {
    TruePage truth{page.width(), page.height(), 36, 0, 0, {}, {}, {}};
    return std::pair(degrade(page, page, Stratum::poor, truth, {Random(seed), Random(seed + 100)}), truth.steps.size());
  };
  const auto [first, first_steps] = run(9);
  const auto [second, second_steps] = run(9);
  const auto [other, other_steps] = run(10);
  const auto bytes = [](const Raster& raster) {
    return std::vector<std::uint8_t>(raster.row(0), raster.row(0) + raster.stride() * raster.height());
  };
  EXPECT_EQ(bytes(first), bytes(second));
  EXPECT_EQ(first_steps, second_steps);
  EXPECT_NE(bytes(first), bytes(other));
}

}  // namespace
}  // namespace sohoa::datasets
