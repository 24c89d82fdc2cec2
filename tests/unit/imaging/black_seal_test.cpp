#include "pipeline/imaging/black_seal.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "drawn_page.hpp"
#include "pipeline/imaging/seal_letters.hpp"

namespace sohoa::imaging {
namespace {

constexpr double mm = 300 / 25.4;
constexpr Point centre{700, 600};
constexpr double radius = 18 * mm;

/// A third of an A4 page at 300 dpi, with a name below a signature's place.
class BlackSealTest : public ::testing::Test {
 protected:
  void rims() {
    page_.ring(centre, radius, 0.7 * mm, black_ink);
    page_.ring(centre, radius - 1.3 * mm, 0.3 * mm, black_ink);
    page_.ring(centre, radius - 6.5 * mm, 0.35 * mm, black_ink);
  }
  /// A name whose first letters stand under the seal's lower edge.
  void name() { page_.type(680, 1300, static_cast<std::int32_t>(centre.y + radius + 1 * mm), 34, black_ink); }

  [[nodiscard]] Raster cleaned() const {
    return without_black_seal(page_.grey(), {{centre.x + 20, centre.y - 15}, radius - 1 * mm, 1}, {300});
  }

  static int ink_on(const Raster& grey, double ring) {
    int met = 0;
    for (int i = 0; i < 360; ++i) {
      const double angle = i * std::numbers::pi / 180;
      const auto x = static_cast<std::int32_t>(std::lround(centre.x + ring * std::cos(angle)));
      const auto y = static_cast<std::int32_t>(std::lround(centre.y + ring * std::sin(angle)));
      met += grey.row(y)[x] < 128 ? 1 : 0;
    }
    return met;
  }
  DrawnPage page_{2000, 1200};
};

TEST_F(BlackSealTest, TakesEveryRimAway) {
  rims();
  const auto after = cleaned();
  for (const double ring : {radius, radius - 1.3 * mm, radius - 6.5 * mm}) EXPECT_LE(ink_on(after, ring), 4) << ring;
}

TEST_F(BlackSealTest, KeepsMostOfTheNameThatTheRimsCross) {
  name();
  const auto alone = page_.grey();
  rims();
  const auto after = cleaned();
  int name_ink = 0, kept = 0, left = 0;
  for (std::int32_t y = 0; y < alone.height(); ++y) {
    for (std::int32_t x = 0; x < alone.width(); ++x) {
      const bool was = alone.row(y)[x] < 128;
      const bool is = after.row(y)[x] < 128;
      name_ink += was ? 1 : 0;
      kept += was && is ? 1 : 0;
      left += !was && is ? 1 : 0;
    }
  }
  EXPECT_GT(kept, 0.93 * name_ink);
  EXPECT_LT(left, 0.05 * name_ink);
}

TEST_F(BlackSealTest, TakesTheDotsOfAPaleSealAway) {
  rims();
  for (int i = 0; i < 45; ++i) {  // half of each rim is not inked
    const double angle = i * std::numbers::pi / 22.5;
    for (double r = 10 * mm; r < radius + 1 * mm; r += 4) {
      page_.fill({static_cast<std::int32_t>(centre.x + r * std::cos(angle)) - 6,
                  static_cast<std::int32_t>(centre.y + r * std::sin(angle)) - 6, 13, 13},
                 white_ink);
    }
  }
  const auto before = page_.grey();
  ASSERT_LT(ink_on(before, radius), 200);
  const auto after = cleaned();
  for (const double ring : {radius, radius - 1.3 * mm}) EXPECT_LE(ink_on(after, ring), 20) << ring;
}

TEST_F(BlackSealTest, TellsAGreySealFromBlackTypeByItsInk) {
  name();
  page_.type(900, 1500, 200, 34, black_ink);  // type beside it
  const auto alone = page_.grey();
  constexpr Ink grey_ink{110, 110, 110};
  page_.ring(centre, radius, 0.9 * mm, grey_ink);
  page_.ring(centre, radius - 1.3 * mm, 0.3 * mm, grey_ink);
  page_.type(600, 800, static_cast<std::int32_t>(centre.y), 50, grey_ink);  // what the seal says
  const auto after = cleaned();
  for (std::int32_t y = 0; y < alone.height(); ++y) {
    for (std::int32_t x = 0; x < alone.width(); ++x) {
      if (alone.row(y)[x] < 128) {
        ASSERT_LT(after.row(y)[x], 128) << x << ',' << y;
      } else if (std::abs(y - centre.y) < radius - 3 * mm) {
        ASSERT_GT(after.row(y)[x], 128) << x << ',' << y;
      }
    }
  }
}

TEST_F(BlackSealTest, FollowsANameInItsRowAndTakesTheLettersAboveIt) {
  rims();
  const auto x = static_cast<std::int32_t>(centre.x), foot = static_cast<std::int32_t>(centre.y) + 172;
  for (int letter = 60; letter < 400; letter += 34) page_.fill({x + letter, foot - 28, 24, 28}, black_ink);  // a name
  page_.fill({x + 32, foot - 36, 18, 26}, black_ink);  // a letter of the seal that reaches into the name's row
  const auto after = cleaned();
  EXPECT_EQ(dark(after, {x + 60, foot - 28, 24, 28}), 24 * 28);
  EXPECT_EQ(dark(after, {x + 32, foot - 36, 18, 26}), 0);
}

TEST_F(BlackSealTest, KeepsAPenStrokeThroughTheRims) {
  page_.line({600, 560}, {1100, 640}, 6, black_ink);
  rims();
  EXPECT_GT(dark(cleaned(), {900, 590, 30, 40}), 100);  // the outer rims cross it there
}

TEST_F(BlackSealTest, TakesWhatStandsAloneWithinTheSeal) {
  rims();
  page_.fill({680, 580, 40, 40}, black_ink);                                                    // a star
  page_.fill({700, static_cast<std::int32_t>(centre.y - radius + 3 * mm), 20, 30}, black_ink);  // a letter
  EXPECT_EQ(dark(cleaned(), {500, 400, 400, 400}), 0);
}

TEST_F(BlackSealTest, LeavesAPageWithoutASealAsItIs) {
  page_.text(24, 70);
  const auto before = page_.grey();
  const auto after = cleaned();
  for (std::int32_t y = 0; y < before.height(); ++y) {
    for (std::int32_t x = 0; x < before.width(); ++x) ASSERT_EQ(after.row(y)[x], before.row(y)[x]) << x << ',' << y;
  }
}

TEST_F(BlackSealTest, BearsASealThatLeavesThePage) {
  rims();
  for (const Point near : {Point{0, 0}, Point{1999, 1199}, Point{-50, 600}}) {
    EXPECT_EQ(without_black_seal(page_.grey(), {near, radius, 1}, {300}).width(), 2000);
  }
}

}  // namespace
}  // namespace sohoa::imaging
