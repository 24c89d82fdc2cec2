#include <gtest/gtest.h>

#include "drawn_page.hpp"
#include "pipeline/imaging/place_page.hpp"
#include "pipeline/imaging/reading_direction.hpp"

namespace sohoa::imaging {
namespace {

Raster page_of_text() {
  DrawnPage page(1100, 1500);
  page.text(12, 34);
  return page.grey();
}

class SkewTest : public ::testing::TestWithParam<double> {};

TEST_P(SkewTest, MeasuresLeaningText) {
  const auto skew = skew_of_lines(find_glyphs(leaning(page_of_text(), GetParam())), Axis::horizontal);
  EXPECT_NEAR(skew.degrees, GetParam(), 0.1);
  EXPECT_GT(skew.confidence, 0.5F);
}

TEST_P(SkewTest, LeptonicaAgreesByRows) {
  const auto skew = skew_of_pixels(leaning(page_of_text(), GetParam()));
  EXPECT_NEAR(skew.degrees, GetParam(), 0.3);
  EXPECT_GT(skew.confidence, 0.4F);
}

INSTANTIATE_TEST_SUITE_P(Angles, SkewTest, ::testing::Values(-15.0, -7.3, -2.0, -0.4, 0.0, 0.2, 1.0, 5.5, 14.0));

TEST(Skew, IsUnsureOfScatteredPieces) {
  DrawnPage page(1100, 1500);
  std::uint32_t state = 7;
  for (int i = 0; i < 400; ++i) {
    state = state * 1664525U + 1013904223U;
    const auto x = static_cast<std::int32_t>((state >> 8) % 1050);
    state = state * 1664525U + 1013904223U;
    const auto y = static_cast<std::int32_t>((state >> 8) % 1450);
    page.fill({x, y, 9, 12}, black_ink);
  }
  EXPECT_LT(skew_of_lines(find_glyphs(page.grey()), Axis::horizontal).confidence, 0.4F);
}

class DirectionTest : public ::testing::TestWithParam<int> {};

TEST_P(DirectionTest, UndoesQuarterTurns) {
  const auto direction = find_direction(find_glyphs(quarters(page_of_text(), GetParam())));
  EXPECT_EQ(static_cast<int>(direction.turn), (4 - GetParam()) % 4);
  EXPECT_GT(direction.confidence, 0.5F);
}

TEST_P(DirectionTest, UndoesQuarterTurnsOfLeaningText) {
  const auto direction = find_direction(find_glyphs(quarters(leaning(page_of_text(), 3), GetParam())));
  EXPECT_EQ(static_cast<int>(direction.turn), (4 - GetParam()) % 4);
  EXPECT_NEAR(direction.skew.degrees, 3, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Quarters, DirectionTest, ::testing::Values(0, 1, 2, 3));

TEST(Direction, LeavesAPageWithoutLettersAlone) {
  DrawnPage page(1100, 1500);
  page.frame({100, 100, 900, 1200}, 4, black_ink);
  const auto direction = find_direction(find_glyphs(page.grey()));
  EXPECT_EQ(direction.turn, Turn::none);
  EXPECT_EQ(direction.confidence, 0);
}

TEST(Direction, LeavesPiecesThatHaveNoUpAndDownAlone) {
  DrawnPage page(1100, 1500);
  for (std::int32_t y = 100; y < 1400; y += 40) {
    for (std::int32_t x = 100; x < 1000; x += 18) page.fill({x, y, 12, 14}, black_ink);
  }
  EXPECT_EQ(find_direction(find_glyphs(page.grey())).turn, Turn::none);
}

/// Where the one black pixel of a page comes to lie.
Point dot_of(const Raster& page) {
  double x = 0;
  double y = 0;
  double weight = 0;
  for (std::int32_t row = 0; row < page.height(); ++row) {
    for (std::int32_t column = 0; column < page.width(); ++column) {
      const double ink = 255 - page.row(row)[column];
      x += ink * (column + 0.5);
      y += ink * (row + 0.5);
      weight += ink;
    }
  }
  return {x / weight, y / weight};
}

struct PlaceCase {
  const char* name;
  Placement placement;
};

class PlaceTest : public ::testing::TestWithParam<PlaceCase> {};

TEST_P(PlaceTest, LeadsBackToTheTurnedPage) {
  DrawnPage page(300, 400);
  page.fill({60, 90, 4, 4}, {0, 0, 0});
  const auto placed = place_page(page.grey(), GetParam().placement);
  const auto back = placed.to_turned(dot_of(placed.pixels));
  const auto turned = quarters(page.grey(), static_cast<int>(GetParam().placement.turn));
  const auto truth = dot_of(turned);
  EXPECT_NEAR(back.x, truth.x, 0.15);
  EXPECT_NEAR(back.y, truth.y, 0.15);
  const auto by_matrix = turning(GetParam().placement.turn, 300, 400)({62, 92});
  EXPECT_NEAR(by_matrix.x, truth.x, 1e-6);
  EXPECT_NEAR(by_matrix.y, truth.y, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(
    Placements, PlaceTest,
    ::testing::Values(PlaceCase{"turned", {Turn::clockwise_90, 0, 1}}, PlaceCase{"half", {Turn::half, 0, 1}},
                      PlaceCase{"back", {Turn::clockwise_270, 0, 1}}, PlaceCase{"skewed", {Turn::none, 6, 1}},
                      PlaceCase{"enlarged", {Turn::none, 0, 3}}, PlaceCase{"all", {Turn::clockwise_90, -4, 2}}),
    [](const auto& test) { return test.param.name; });

TEST(Place, UndoesTheSkew) {
  const auto placed = place_page(leaning(page_of_text(), 4), {Turn::none, 4, 1});
  EXPECT_NEAR(skew_of_lines(find_glyphs(placed.pixels), Axis::horizontal).degrees, 0, 0.08);
}

TEST(Place, SharesThePixelsWhereNothingIsToBeDone) {
  const auto page = page_of_text();
  EXPECT_EQ(place_page(page, {}).pixels.row(0), page.row(0));
}

}  // namespace
}  // namespace sohoa::imaging
