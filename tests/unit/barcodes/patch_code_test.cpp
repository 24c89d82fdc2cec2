#include "pipeline/barcodes/patch_code.hpp"

#include <gtest/gtest.h>

#include "datasets/degrade.hpp"
#include "tests/unit/barcodes/drawn_codes.hpp"

namespace sohoa::barcodes {
namespace {

using datasets::Random;

TEST(PatchCode, IsFoundAlongEveryEdge) {
  for (const auto edge : {Edge::top, Edge::right, Edge::bottom, Edge::left}) {
    Paper paper;
    draw_patch(paper, edge, "nwnw");
    const auto found = find_patch_t(paper.raster(), {test_dpi});
    ASSERT_EQ(found.size(), 1U) << static_cast<int>(edge);
    const bool lies = edge == Edge::top || edge == Edge::bottom;
    EXPECT_NEAR(lies ? found[0].width : found[0].height, 500, 45);  // 2.5 inches
    EXPECT_NEAR(lies ? found[0].height : found[0].width, 160, 8);   // 0.8 inch
  }
}

TEST(PatchCode, IsNotAnyOfTheOtherFive) {
  for (const char* other : {"wwnn", "wnnw", "wnwn", "nwwn", "nnww"}) {
    for (const auto edge : {Edge::top, Edge::right, Edge::bottom, Edge::left}) {
      Paper paper;
      draw_patch(paper, edge, other);
      EXPECT_TRUE(find_patch_t(paper.raster(), {test_dpi}).empty()) << other << " " << static_cast<int>(edge);
    }
  }
}

TEST(PatchCode, HasItsSizeAndLength) {
  for (const double scale : {0.5, 1.6, 3.0}) {
    Paper paper;
    draw_patch(paper, Edge::top, "nwnw", scale);
    EXPECT_TRUE(find_patch_t(paper.raster(), {test_dpi}).empty()) << scale;
  }
  Paper paper;
  draw_patch(paper, Edge::top, "nwnw", 1, 0.9);
  EXPECT_TRUE(find_patch_t(paper.raster(), {test_dpi}).empty()) << "as short as a word";
}

TEST(PatchCode, IsFoundSkewedNoisyGrownAndUpsideDown) {
  Paper paper;
  draw_patch(paper, Edge::top, "nwnw");
  for (const double degrees : {-4.0, -1.5, 0.0, 1.5, 4.0}) {
    for (const int turn : {90, 180, 270}) {
      for (const int threshold : {60, 128, 200}) {  // bars shrink and grow
        auto page = datasets::turned(datasets::skewed(paper.raster(), degrees, 255).pixels, turn).pixels;
        page = datasets::noisy(datasets::blurred(page, 1.5), 20, Random(7));
        page = datasets::bilevel(datasets::specked(page, 80, 1.5, Random(8)), threshold);
        EXPECT_EQ(find_patch_t(page, {test_dpi}).size(), 1U) << degrees << " " << turn << " " << threshold;
      }
    }
  }
}

TEST(PatchCode, TakesAnyRaster) {
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 500}, {500, 1}, {3, 3}}) {
    const Raster page(width, height, 1, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height));
    for (const double dpi : {1.0, 72.0, 600.0, 100'000.0}) EXPECT_TRUE(find_patch_t(page, {dpi}).empty());
  }
}

}  // namespace
}  // namespace sohoa::barcodes
