#include "pipeline/imaging/ink_map.hpp"

#include <gtest/gtest.h>

#include "tests/unit/imaging/drawn_page.hpp"

namespace sohoa::imaging {
namespace {

constexpr std::int32_t width = 1920, height = 2880;  // cells of 20 x 30 pixels

int inked(const InkMap& map) {
  int count = 0;
  for (int row = 0; row < InkMap::rows; ++row) {
    for (int column = 0; column < InkMap::side; ++column) count += map.at(row, column) ? 1 : 0;
  }
  return count;
}

TEST(InkMap, KnowsBlackColouredAndFaintInkOnPaperThatIsNotWhite) {
  DrawnPage page(width, height, {235, 225, 200});
  page.fill({400, 300, 40, 30}, black_ink);        // row 10, columns 20 and 21
  page.fill({800, 600, 20, 30}, red_ink);          // row 20, column 40
  page.fill({1200, 900, 20, 6}, {150, 140, 120});  // row 30, column 60: a faint line
  page.fill({1600, 900, 3, 3}, black_ink);         // a speck
  page.fill({100, 2000, 500, 500}, black_ink);     // below what is kept
  const auto map = ink_map(page.raster(), Turn::none);
  EXPECT_TRUE(map.at(10, 20));
  EXPECT_TRUE(map.at(10, 21));
  EXPECT_TRUE(map.at(20, 40));
  EXPECT_TRUE(map.at(30, 60));
  EXPECT_EQ(inked(map), 4);
}

TEST(InkMap, IsThatOfThePageAsItIsShown) {
  DrawnPage page(width, height);
  page.fill({0, 2850, 20, 30}, black_ink);  // bottom left
  EXPECT_EQ(inked(ink_map(page.grey(), Turn::none)), 0);
  const auto right = ink_map(page.grey(), Turn::clockwise_90);
  EXPECT_TRUE(right.at(0, 0));
  const auto over = ink_map(page.grey(), Turn::half);
  EXPECT_TRUE(over.at(0, InkMap::side - 1));
  EXPECT_EQ(inked(right) + inked(over), 2);
}

TEST(InkMap, ComesBackFromItsText) {
  DrawnPage page(width, height);
  page.text(24, 70);
  const auto map = ink_map(page.grey(), Turn::none);
  ASSERT_GT(inked(map), 100);
  EXPECT_EQ(InkMap::from_hex(map.hex()), map);
  EXPECT_FALSE(InkMap::from_hex("00"));
  EXPECT_FALSE(InkMap::from_hex(std::string(912, 'x')));
}

}  // namespace
}  // namespace sohoa::imaging
