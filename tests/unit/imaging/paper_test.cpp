#include "pipeline/imaging/paper.hpp"

#include <gtest/gtest.h>

#include "drawn_page.hpp"
#include "pipeline/imaging/reduce.hpp"

namespace sohoa::imaging {
namespace {

/// `page` lit from the left: white paper falls to 40 % at the right edge.
Raster shaded(const Raster& page) {
  std::vector<std::uint8_t> pixels;
  for (std::int32_t y = 0; y < page.height(); ++y) {
    for (std::int32_t x = 0; x < page.width(); ++x) {
      const double light = 1 - 0.6 * x / page.width();
      for (std::int32_t c = 0; c < page.channels(); ++c) {
        pixels.push_back(static_cast<std::uint8_t>(page.row(y)[x * page.channels() + c] * light));
      }
    }
  }
  return {page.width(), page.height(), page.channels(), std::move(pixels)};
}

TEST(Reduce, GivesTheMeanOfEachBlock) {
  DrawnPage page(37, 29);
  page.text(5, 9);
  const auto grey = page.grey();
  const auto small = reduced(grey, 3);
  ASSERT_EQ(small.width(), 12);
  ASSERT_EQ(small.height(), 9);
  for (std::int32_t y = 0; y < small.height(); ++y) {
    for (std::int32_t x = 0; x < small.width(); ++x)
      EXPECT_NEAR(small.row(y)[x], mean(grey, {3 * x, 3 * y, 3, 3}), 0.51);
  }
}

TEST(Reduce, SharesThePixelsAtFactorOneAndKeepsASliver) {
  const auto page = DrawnPage(4, 400).grey();
  EXPECT_EQ(reduced(page, 1).row(0), page.row(0));
  EXPECT_EQ(reduced(page, 8).width(), 1);
  EXPECT_EQ(factor_for(page, 100), 4);
}

TEST(Paper, LeavesAnEvenPageAlone) {
  DrawnPage page(600, 850);
  page.text(6, 14);
  const auto paper = measure_paper(page.raster());
  EXPECT_TRUE(paper.even);
  const auto raster = page.raster();
  EXPECT_EQ(on_white_paper(raster, paper).row(0), raster.row(0));
}

TEST(Paper, TakesShadeAway) {
  DrawnPage page(600, 850);
  page.text(6, 14);
  const auto dim = shaded(page.grey());
  const auto paper = measure_paper(dim);
  EXPECT_FALSE(paper.even);
  const auto lit = on_white_paper(dim, paper);
  EXPECT_GT(mean(lit, {10, 20, 30, 30}), 245);
  EXPECT_GT(mean(lit, {560, 20, 30, 30}), 245);
  int inked = 0;
  for (std::int32_t x = 0; x < 600; ++x) inked += lit.row(400)[x] < 60 ? 1 : 0;
  for (std::int32_t y = 300; y < 400; ++y) {
    for (std::int32_t x = 0; x < 600; ++x) inked += lit.row(y)[x] < 60 ? 1 : 0;
  }
  EXPECT_GT(inked, 1000) << "ink stays ink";
}

TEST(Paper, TakesTintAway) {
  DrawnPage page(600, 850, {250, 235, 190});
  page.text(6, 14);
  const auto white_page = on_white_paper(page.raster(), measure_paper(page.raster()));
  const auto* corner = white_page.row(5);
  EXPECT_GE(corner[0], 250);
  EXPECT_GE(corner[2], 250);
}

TEST(Paper, DoesNotTakeADarkPictureForPaper) {
  DrawnPage page(600, 850, {230, 230, 230});
  page.fill({100, 100, 200, 200}, {40, 40, 40});
  const auto even = on_white_paper(page.grey(), measure_paper(page.grey()));
  EXPECT_LT(mean(even, {150, 150, 100, 100}), 60);
  EXPECT_GT(mean(even, {400, 400, 100, 100}), 250);
}

TEST(Paper, StandsABlackPage) {
  const DrawnPage page(200, 200, {0, 0, 0});
  const auto paper = measure_paper(page.grey());
  EXPECT_LT(mean(on_white_paper(page.grey(), paper), {0, 0, 200, 200}), 10);
}

}  // namespace
}  // namespace sohoa::imaging
