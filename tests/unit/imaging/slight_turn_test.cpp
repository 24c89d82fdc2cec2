#include "pipeline/imaging/slight_turn.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <string>
#include <vector>

namespace sohoa::imaging {
namespace {

/// Any levels beside each other: every mistake in place shows.
Raster noise(std::int32_t width, std::int32_t height) {
  std::mt19937 random(3);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (auto& pixel : pixels) pixel = static_cast<std::uint8_t>(random());
  return {width, height, 1, std::move(pixels)};
}

double level(const Raster& page, std::int32_t x, std::int32_t y) {
  return x < 0 || y < 0 || x >= page.width() || y >= page.height() ? 255 : page.row(y)[x];
}

/// The four neighbours of a place counted from the middles of pixels.
double mixed(const Raster& page, double x, double y) {
  const auto column = static_cast<std::int32_t>(std::floor(x));
  const auto row = static_cast<std::int32_t>(std::floor(y));
  const double right = x - column;
  const double down = y - row;
  return (level(page, column, row) * (1 - right) + level(page, column + 1, row) * right) * (1 - down) +
         (level(page, column, row + 1) * (1 - right) + level(page, column + 1, row + 1) * right) * down;
}

struct TurnCase {
  std::int32_t width, height;
  double degrees;
  Point shift{};  // from the middle, pixels
};

class SlightTurnTest : public ::testing::TestWithParam<TurnCase> {};

TEST_P(SlightTurnTest, MixesTheFourNeighboursOfEachPixel) {
  const auto& [width, height, degrees, shift] = GetParam();
  const auto page = noise(width, height);
  const double c = std::cos(degrees * std::numbers::pi / 180);
  const double s = std::sin(degrees * std::numbers::pi / 180);
  const std::int32_t wide = width + 30;
  const std::int32_t high = height + 20;
  const Matrix back{c,
                    s,
                    -s,
                    c,
                    width / 2.0 - (c * wide - s * high) / 2 + shift.x,
                    height / 2.0 - (s * wide + c * high) / 2 + shift.y};
  const auto turned = turned_slightly(page, wide, high, back);
  ASSERT_EQ(turned.bounds(), (PixelRect{0, 0, wide, high}));
  for (std::int32_t y = 0; y < high; ++y) {
    for (std::int32_t x = 0; x < wide; ++x) {
      const auto place = back({x + 0.5, y + 0.5});
      // A weight is up to a 128th too small in both directions, and three results are rounded.
      ASSERT_NEAR(turned.row(y)[x], mixed(page, place.x - 0.5, place.y - 0.5), 6) << x << ", " << y;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, SlightTurnTest,
                         ::testing::Values(TurnCase{400, 300, 0.7}, TurnCase{400, 300, -0.7}, TurnCase{301, 203, 5},
                                           TurnCase{301, 203, -5}, TurnCase{300, 200, 0.001}, TurnCase{300, 200, 0},
                                           TurnCase{300, 200, 0, {0.25, -0.75}}, TurnCase{700, 90, 1.4, {3.3, -40}},
                                           TurnCase{60, 500, -2.9, {-70, 5}}, TurnCase{1, 1, 3}, TurnCase{2, 40, -1},
                                           TurnCase{40, 2, 1}, TurnCase{50, 50, 2, {500, 0}}));

}  // namespace
}  // namespace sohoa::imaging
