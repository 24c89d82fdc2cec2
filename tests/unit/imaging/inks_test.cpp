#include "pipeline/imaging/inks.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "drawn_page.hpp"
#include "pipeline/imaging/find_ring.hpp"
#include "pipeline/imaging/grey_page.hpp"
#include "pipeline/imaging/reduce.hpp"
#include "pipeline/imaging/shades.hpp"

namespace sohoa::imaging {
namespace {

constexpr double mm = 300 / 25.4;
constexpr std::int32_t to_map = 4;  // 300 dpi -> 75 dpi

/// A third of an A4 page at 300 dpi.
class InksTest : public ::testing::Test {
 protected:
  void seal(Ink ink) {
    page_.ring({700, 600}, 18 * mm, 0.9 * mm, ink);
    page_.ring({700, 600}, 12 * mm, 0.6 * mm, ink);
  }
  Raster cleaned() {
    const auto raster = page_.raster();
    GreyPlan plan;
    plan.paper.even = true;
    plan.inks = separate_inks(reduced(raster, to_map), {75});
    seals_ = plan.inks.seals;
    return grey_page(shades_of(raster), plan);
  }
  DrawnPage page_{2000, 1200};
  std::vector<Seal> seals_;
};

TEST_F(InksTest, TakesARedSealOffAndLeavesTheTextUnderIt) {
  page_.text(24, 70);
  const auto before = page_.grey();
  seal(red_ink);
  const auto after = cleaned();
  for (std::int32_t y = 0; y < before.height(); ++y) {
    for (std::int32_t x = 0; x < before.width(); ++x) {
      ASSERT_EQ(after.row(y)[x] < 128, before.row(y)[x] < 128) << x << ',' << y;
    }
  }
  ASSERT_EQ(seals_.size(), 1U);
  EXPECT_NEAR(seals_[0].box.center_x() * to_map, 700, 2 * mm);
  EXPECT_NEAR(seals_[0].box.center_y() * to_map, 600, 2 * mm);
  EXPECT_NEAR(seals_[0].box.width * to_map, 36 * mm, 3 * mm);
  EXPECT_GT(seals_[0].confidence, 0.9F);
}

TEST_F(InksTest, TakesAPaleImprintOff) {
  page_.text(24, 70);
  seal(pink_ink);
  const auto after = cleaned();
  EXPECT_GT(after.row(600 - static_cast<std::int32_t>(18 * mm))[700], 230);
  EXPECT_EQ(seals_.size(), 1U);
}

TEST_F(InksTest, KeepsARedHeadline) {
  page_.type(300, 1500, 300, 40, red_ink);
  const auto after = cleaned();
  EXPECT_GT(dark(after, {300, 200, 1200, 140}), 5000);
  EXPECT_TRUE(seals_.empty());
}

TEST_F(InksTest, DropsRedSpecks) {
  page_.text(24, 70);
  page_.fill({500, 100, 14, 14}, red_ink);
  page_.fill({900, 60, 30, 10}, red_ink);
  const auto after = cleaned();
  EXPECT_EQ(dark(after, {490, 90, 40, 30}), 0);
  EXPECT_EQ(dark(after, {890, 50, 60, 30}), 0);
}

TEST_F(InksTest, KeepsPenWrittenNumbersInBlue) {
  page_.type(300, 460, 300, 50, blue_ink);
  EXPECT_GT(dark(cleaned(), {300, 200, 200, 140}), 1000);
}

TEST_F(InksTest, KeepsABlueLetterhead) {
  for (std::int32_t line = 0; line < 5; ++line) page_.type(300, 1700, 300 + 70 * line, 26, blue_ink, 7);
  EXPECT_GT(dark(cleaned(), {300, 200, 1500, 500}), 20000);
}

TEST_F(InksTest, TakesABlueSignatureOffATypedName) {
  page_.type(300, 900, 600, 30, black_ink);
  const auto before = dark(page_.grey(), {250, 500, 700, 150});
  // Loops of a pen, 30 mm wide and 20 mm high, that the name was typed over.
  DrawnPage signed_page(2000, 1200);
  signed_page.ring({500, 560}, 8 * mm, 8, blue_ink);
  signed_page.line({450, 470}, {800, 700}, 8, blue_ink);
  signed_page.type(300, 900, 600, 30, black_ink);
  page_ = signed_page;
  const auto after = dark(cleaned(), {250, 500, 700, 150});
  EXPECT_NEAR(after, before, before / 20);
}

TEST_F(InksTest, TakesAFramedBlueStampWithWhatItSays) {
  page_.text(24, 70);
  DrawnPage stamped(2000, 1200);
  stamped.frame({1200, 200, static_cast<std::int32_t>(50 * mm), static_cast<std::int32_t>(28 * mm)}, 8, blue_ink);
  stamped.type(1250, 1700, 350, 30, blue_ink);
  page_ = stamped;
  EXPECT_EQ(dark(cleaned(), {1190, 190, 620, 350}), 0);
}

TEST_F(InksTest, KeepsAFramedRedStampOfUrgencyAlsoWhereItStandsCrooked) {
  // 40 x 8 mm, a side 3 mm lower at its end.
  const double left = 300, right = left + 40 * mm, top = 300, bottom = top + 8.5 * mm, drop = 2.8 * mm;
  for (const double y : {top, bottom}) page_.line({left, y}, {right, y + drop}, 6, red_ink);
  page_.line({left, top}, {left, bottom}, 6, red_ink);
  page_.line({right, top + drop}, {right, bottom + drop}, 6, red_ink);
  page_.type(340, 720, 370, 36, red_ink);
  EXPECT_GT(dark(cleaned(), {330, 320, 400, 60}), 3000);
}

TEST_F(InksTest, LeavesAPageWithoutColourUntouched) {
  page_.text(24, 70);
  const auto map = separate_inks(reduced(page_.raster(), to_map), {75});
  EXPECT_TRUE(map.grey_from.empty());
  EXPECT_EQ(map.coloured_part, 0);
}

TEST_F(InksTest, FindsABlackSealByItsShapeAndDoubtsIt) {
  page_.text(24, 70);
  DrawnPage sealed = page_;
  sealed.ring({700, 600}, 18 * mm, 1.0 * mm, black_ink);
  const auto found = find_black_seal(reduced(sealed.grey(), to_map), {75});
  ASSERT_TRUE(found);
  EXPECT_LE(found->seal.confidence, 0.5F);
  EXPECT_NEAR(found->seal.box.center_x() * to_map, 700, 2 * mm);
  EXPECT_NEAR(found->rim.center.x * to_map, 700, 1 * mm);
  EXPECT_FALSE(find_black_seal(reduced(page_.grey(), to_map), {75}));
}

TEST_F(InksTest, FindsAPaleBlackSealBesideACodeOfSquares) {
  page_.text(24, 140);
  page_.ring({700, 600}, 18 * mm, 0.8 * mm, black_ink);
  for (int i = 0; i < 40; ++i) {  // its rim is dots
    const double angle = i * std::numbers::pi / 20;
    page_.fill({static_cast<std::int32_t>(700 + 18 * mm * std::cos(angle)) - 7,
                static_cast<std::int32_t>(600 + 18 * mm * std::sin(angle)) - 7, 15, 15},
               white_ink);
  }
  for (int y = 0; y < 30; ++y) {
    for (int x = 0; x < 30; ++x) {
      if ((x * 7 + y * 11 + x * y) % 5 < 3) page_.fill({1400 + 9 * x, 200 + 9 * y, 9, 9}, black_ink);
    }
  }
  const auto found = find_black_seal(reduced(page_.grey(), to_map), {75});
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->rim.center.x * to_map, 700, 1 * mm);
  EXPECT_NEAR(found->rim.center.y * to_map, 600, 1 * mm);
}

TEST(FindRing, FindsABrokenCircle) {
  DrawnPage page(400, 300, {0, 0, 0});
  page.ring({0, 0}, 0, 0, white_ink);
  std::vector<std::uint8_t> pixels(400 * 300, 0);
  for (int i = 0; i < 3600; ++i) {
    if (i % 900 > 700) continue;  // four gaps
    const double angle = i * std::numbers::pi / 1800;
    pixels[static_cast<std::size_t>(std::lround(140 + 55 * std::sin(angle)) * 400 +
                                    std::lround(200 + 55 * std::cos(angle)))] = 255;
  }
  const auto ring = find_ring(Raster(400, 300, 1, std::move(pixels)), {40, 80, 0.6F});
  ASSERT_TRUE(ring.has_value());
  EXPECT_NEAR(ring->center.x, 200, 2);
  EXPECT_NEAR(ring->center.y, 140, 2);
  EXPECT_NEAR(ring->radius, 55, 2);
  EXPECT_NEAR(ring->coverage, 0.78, 0.08);
}

TEST(FindRing, FindsNothingOnAnEmptyPage) {
  EXPECT_FALSE(find_ring(Raster(300, 300, 1, std::vector<std::uint8_t>(90000, 0)), {20, 60, 0.5F}).has_value());
}

}  // namespace
}  // namespace sohoa::imaging
