// What the layout makes of drawn pages whose ink is known to the pixel.
#include "ocr/layout/office_layout.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/unit/ocr_layout/type_sketch.hpp"

namespace sohoa::ocr {
namespace {

constexpr Dpi dpi{300};
constexpr std::int32_t x_height = 26;

OfficeLayout layout_of(const TypeSketch& page, const std::vector<PixelRect>& seals = {}, Dpi at = dpi) {
  return lay_out(page.raster(), at, seals);
}

std::vector<PixelRect> boxes_of(const OfficeLayout& layout) {
  std::vector<PixelRect> boxes;
  for (const auto& line : layout.lines) boxes.push_back(line.box);
  return boxes;
}

std::int64_t ink_of(const Raster& raster) {
  std::int64_t ink = 0;
  for (std::int32_t y = 0; y < raster.height(); ++y) {
    ink += std::count_if(raster.row(y), raster.row(y) + raster.width(), [](std::uint8_t v) { return v < 160; });
  }
  return ink;
}

/// A crop's pixels out of a page on which nothing else stands.
std::vector<std::uint8_t> pixels_of(const Raster& page, const PixelRect& crop) {
  std::vector<std::uint8_t> pixels;
  for (auto y = crop.y; y < crop.bottom(); ++y)
    pixels.insert(pixels.end(), page.row(y) + crop.x, page.row(y) + crop.right());
  return pixels;
}

TEST(OfficeLayout, FindsEachLineOfAParagraphWithBaselineAndSize) {
  TypeSketch page(2480, 1400);
  std::vector<PixelRect> truth;
  for (int i = 0; i < 12; ++i) truth.push_back(page.type(300, 200 + 80 * i, x_height, sample_line));
  const auto layout = layout_of(page);
  EXPECT_EQ(boxes_of(layout), truth);
  EXPECT_EQ(layout.confidence, 1);
  ASSERT_EQ(layout.lines.size(), 12U);
  for (int i = 0; i < 12; ++i) {
    const auto& line = layout.lines[static_cast<std::size_t>(i)];
    EXPECT_NEAR(line.baseline_start.y, 200 + 80 * i, 1) << i;
    EXPECT_NEAR(line.baseline_end.y, 200 + 80 * i, 1) << i;
    EXPECT_NEAR(line.x_height, x_height, 2) << i;
    EXPECT_EQ(intersection(line.crop, line.box), line.box) << i;
  }
}

TEST(OfficeLayout, ReadsPagesOfAnyUsualResolution) {
  for (const int at : {150, 200, 300, 450}) {
    TypeSketch page(2480 * at / 300, 900 * at / 300);
    std::vector<PixelRect> truth;
    for (int i = 0; i < 8; ++i)
      truth.push_back(page.type(200 * at / 300, (150 + 80 * i) * at / 300, x_height * at / 300, sample_line));
    EXPECT_EQ(boxes_of(layout_of(page, {}, {static_cast<double>(at)})), truth) << at << " dpi";
  }
}

// Pitch 2.25 x-heights: a capital's mark is nearer to the baseline above than to its own.
TEST(OfficeLayout, GivesMarksAndDotsToTheirOwnLineWhereLinesAreTight) {
  TypeSketch page(1600, 800);
  std::vector<PixelRect> truth;
  for (int i = 0; i < 9; ++i)
    truth.push_back(page.type(200, 150 + 58 * i, x_height, "unum Munu hunm mguu numn unmn uuum nmnu"));
  EXPECT_EQ(boxes_of(layout_of(page)), truth);
}

TEST(OfficeLayout, CutsALineWithoutItsNeighboursInk) {
  constexpr std::string_view text = "unum Mgng hugm mgug gumn ugmg uugm nmgu";
  TypeSketch page(1600, 800);
  for (int i = 0; i < 9; ++i) page.type(200, 150 + 60 * i, x_height, text);
  const auto raster = page.raster();
  const auto layout = layout_of(page);
  ASSERT_EQ(layout.lines.size(), 9U);
  for (std::size_t i = 0; i < 9; ++i) {
    TypeSketch alone(1600, 800);
    alone.type(200, 150 + 60 * static_cast<std::int32_t>(i), x_height, text);
    const auto cut = cut_line(raster, layout, i);
    EXPECT_EQ(pixels_of(cut, cut.bounds()), pixels_of(alone.raster(), layout.lines[i].crop)) << i;
  }
}

TEST(OfficeLayout, PartsAHeadIntoItsColumnsAndKeepsJustifiedLinesWhole) {
  TypeSketch page(2480, 700);
  const auto left = page.type(200, 150, x_height, "NMN NNN NMNN");
  const auto right = page.type(1300, 150, x_height, "NNMN NMN NN NMN");
  std::vector<PixelRect> truth{left, right};
  for (int i = 0; i < 5; ++i)
    truth.push_back(page.type(200, 280 + 80 * i, x_height, "mnh_num hn_ngum_unn hnm_nun gnh_mnu."));
  EXPECT_EQ(boxes_of(layout_of(page)), truth);
}

TEST(OfficeLayout, ReadsTableCellsApart) {
  TypeSketch page(1400, 600);
  std::vector<PixelRect> truth;
  for (int row = 0; row < 4; ++row) {
    const auto top = 80 + 110 * row;
    // Less than a word space and a half between a rule and the type on both of its sides.
    for (int column = 0; column < 3; ++column)
      truth.push_back(page.type(112 + 340 * column, top + 70, x_height, "mnhu nugm hnn"));
  }
  for (int row = 0; row <= 4; ++row) page.fill({100, 80 + 110 * row, 1023, 3});
  for (int column = 0; column <= 3; ++column) page.fill({100 + 340 * column, 80, 3, 440});
  const auto layout = layout_of(page);
  EXPECT_EQ(boxes_of(layout), truth);
  EXPECT_EQ(layout.horizontal_rules.size(), 5U);
  EXPECT_EQ(layout.vertical_rules.size(), 4U);
}

TEST(OfficeLayout, KeepsAnUnderlineOutOfTheLineAndDescendersWhole) {
  constexpr std::string_view text = "gnh mngn gnnh nmgn gghn";
  TypeSketch page(1400, 500);
  TypeSketch alone(1400, 500);
  for (auto* sketch : {&page, &alone}) {
    for (int i = 0; i < 3; ++i) sketch->type(200, 120 + 100 * i, x_height, text);
  }
  page.fill({200, 120 + 4, 520, 3});  // through the descenders of the first line
  const auto layout = layout_of(page);
  ASSERT_EQ(layout.lines.size(), 3U);
  ASSERT_EQ(layout.horizontal_rules.size(), 1U);
  const auto cut = cut_line(page.raster(), layout, 0);
  const auto wanted = pixels_of(alone.raster(), layout.lines[0].crop);
  // A pixel of the rule stays on each side of a descender, as the grey of its edge would.
  const auto letters = std::count(wanted.begin(), wanted.end(), 0);
  EXPECT_GE(ink_of(cut), letters);
  EXPECT_LE(ink_of(cut), letters + 6 * 2 * 3);
}

TEST(OfficeLayout, PartsLettersOfTwoLinesThatTouch) {
  TypeSketch page(1600, 600);
  const auto upper = page.type(200, 150, x_height, "nnhg nmng nhng gnmn hnng");
  const auto lower = page.type(208, 150 + 58, x_height, "MMMM MMMM MMMM MMMM MMMM");
  const auto last = page.type(200, 320, x_height, "nmhn nhnn nmnn nnnh nhnm");
  ASSERT_GT(upper.bottom(), lower.y);  // the descenders stand in the marks
  const auto layout = layout_of(page);
  ASSERT_EQ(layout.lines.size(), 3U);
  EXPECT_EQ(layout.lines[2].box, last);
  // Where they meet a few rows may go to the other line.
  EXPECT_NEAR(layout.lines[0].box.bottom(), upper.bottom(), 6);
  EXPECT_NEAR(layout.lines[1].box.y, lower.y, 12);
  EXPECT_NEAR(layout.lines[0].box.width, upper.width, 6);
  EXPECT_NEAR(layout.lines[1].box.width, lower.width, 6);
}

TEST(OfficeLayout, PartsLinesAtTheGutterOfNarrowColumns) {
  for (const int lines : {3, 9}) {
    TypeSketch page(2400, 1200);
    std::size_t rows = 0;
    for (int i = 0; i < lines; ++i, ++rows) {
      const auto left = page.type(200, 200 + 70 * i, x_height, sample_line);
      page.type(left.right() + 7 * x_height / 2, 200 + 70 * i, x_height, sample_line);
    }
    // Three lines with a wide gap are not columns yet.
    EXPECT_EQ(layout_of(page).lines.size(), lines < 6 ? rows : 2 * rows);
  }
}

TEST(OfficeLayout, PartsAParagraphsShortLastLineFromTheOtherColumn) {
  TypeSketch page(2400, 1200);
  for (int i = 0; i < 9; ++i) {
    const auto left = page.type(200, 200 + 70 * i, x_height, sample_line);
    page.type(left.right() + 7 * x_height / 2, 200 + 70 * i, x_height, i == 4 ? "nhm." : sample_line);
  }
  EXPECT_EQ(layout_of(page).lines.size(), 18U);
}

TEST(OfficeLayout, GivesACommaToItsOwnLineWhereAnAscenderIsAsNear) {
  TypeSketch page(2000, 600);
  const auto text = sample_line.substr(0, sample_line.size() - 1);
  const auto upper = page.type(200, 200, x_height, text);
  const PixelRect comma{upper.right() + 5, 195, 6, 14};
  page.fill(comma);
  // The last letter below it has an ascender that ends 3 pixels under the comma.
  const auto lower = page.type(200, 212 + x_height * 3 / 2, x_height, text);
  page.type(comma.x - 4, 212 + x_height * 3 / 2, x_height, "h");
  const auto layout = layout_of(page);
  ASSERT_EQ(layout.lines.size(), 2U);
  EXPECT_EQ(layout.lines[0].box.right(), comma.right());
  EXPECT_GT(layout.lines[1].box.right(), lower.right());
}

TEST(OfficeLayout, LeavesQuotationMarksInTheLineThatTheyStandOver) {
  TypeSketch page(2000, 1400);
  std::vector<PixelRect> truth;
  for (int i = 0; i < 8; ++i) {
    const auto foot = 200 + 90 * i;
    auto box = page.type(200, foot, x_height, "nnn nnn nnn nnn nn");
    // As tall as small letters and beside each other, over a word space.
    for (int k = 0; k < 3; ++k) {
      const PixelRect mark{box.right() + 8 + 14 * k, foot - 2 * x_height, 8, x_height * 7 / 10};
      page.fill(mark);
      box = united(box, mark);
    }
    box = united(box, page.type(box.right() + 8, foot, x_height, "hnn nnn nnn nnn nnn nnn"));
    truth.push_back(box);
  }
  EXPECT_EQ(boxes_of(layout_of(page)), truth);
}

TEST(OfficeLayout, FindsTheCapitalsOfAHeadingFourTimesTheOrdinaryType) {
  TypeSketch page(2400, 1400);
  page.type(200, 300, 84, "Nnnn Nnh nnnN nh");
  const auto ink = ink_of(page.raster());
  for (int i = 0; i < 10; ++i) page.type(200, 420 + 80 * i, x_height, sample_line);
  const auto layout = layout_of(page);
  ASSERT_EQ(layout.lines.size(), 11U);
  EXPECT_EQ(ink_of(cut_line(page.raster(), layout, 0)), ink);
}

TEST(OfficeLayout, FindsALineUnderASealsRing) {
  TypeSketch page(2000, 1200);
  std::vector<PixelRect> truth;
  for (int i = 0; i < 10; ++i) truth.push_back(page.type(200, 200 + 90 * i, x_height, sample_line));
  page.ring({700, 700}, 200, 5);
  const auto layout = layout_of(page, {{500, 500, 400, 400}});
  ASSERT_EQ(layout.lines.size(), 10U);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(layout.lines[i].box.x, truth[i].x);
    EXPECT_EQ(layout.lines[i].box.right(), truth[i].right());
    EXPECT_LT(layout.lines[i].box.height, truth[i].height + x_height);
  }
}

TEST(OfficeLayout, DropsWhatASealLeavesBehind) {
  TypeSketch page(2000, 800);
  for (int i = 0; i < 4; ++i) page.type(200, 150 + 80 * i, x_height, sample_line);
  page.type(900, 600, x_height, "n");
  page.type(980, 640, x_height, "nh");
  EXPECT_EQ(layout_of(page).lines.size(), 6U);
  EXPECT_EQ(layout_of(page, {{800, 500, 300, 300}}).lines.size(), 4U);
}

TEST(OfficeLayout, KeepsPageNumbersListDashesAndSmallType) {
  TypeSketch page(2000, 1200);
  std::vector<PixelRect> truth{page.type(1000, 100, x_height, "N")};
  for (int i = 0; i < 6; ++i)
    truth.push_back(page.type(200, 250 + 90 * i, x_height, "- nhm nug hnmn umn ngh, nhm nun Nmhu ngum"));
  for (int i = 0; i < 3; ++i) truth.push_back(page.type(200, 900 + 40 * i, 13, sample_line));
  EXPECT_EQ(boxes_of(layout_of(page)), truth);
}

TEST(OfficeLayout, LevelsALeaningLine) {
  constexpr double lean = 0.008;  // 0.46 degrees
  TypeSketch page(2480, 900);
  for (int i = 0; i < 6; ++i) page.type(200, 150 + 90 * i, x_height, sample_line, lean);
  const auto layout = layout_of(page);
  ASSERT_EQ(layout.lines.size(), 6U);
  TypeSketch level(2480, 900);
  for (int i = 0; i < 6; ++i) level.type(200, 150 + 90 * i, x_height, sample_line);
  const auto straight = layout_of(level);
  for (std::size_t i = 0; i < 6; ++i) {
    const auto& line = layout.lines[i];
    EXPECT_NEAR((line.baseline_end.y - line.baseline_start.y) / line.box.width, lean, 0.001);
    EXPECT_NEAR(line.crop.height, straight.lines[i].crop.height, 3);
    EXPECT_NEAR(line.drop_at(line.box.right()) - line.drop_at(line.box.x), lean * line.box.width, 2);
    EXPECT_EQ(ink_of(cut_line(page.raster(), layout, i)), ink_of(cut_line(level.raster(), straight, i)));
  }
}

TEST(OfficeLayout, SeesNothingOnABlankPageAndIsSureOfIt) {
  const auto layout = layout_of(TypeSketch(2480, 3508));
  EXPECT_TRUE(layout.lines.empty());
  EXPECT_EQ(layout.confidence, 1);
}

TEST(OfficeLayout, FindsLinesAmongSpecks) {
  TypeSketch page(2480, 1400);
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    page.fill({static_cast<std::int32_t>(random() % 2480), static_cast<std::int32_t>(random() % 1400), 2, 2});
  }
  for (int i = 0; i < 12; ++i) page.type(300, 200 + 80 * i, x_height, sample_line);
  const auto layout = layout_of(page);
  EXPECT_EQ(layout.lines.size(), 12U);
  EXPECT_GE(layout.confidence, sure_layout);
}

TEST(OfficeLayout, IsNotSureOfWhatIsNoText) {
  struct Case {
    std::string name;
    int marks;
    int least, most;  ///< pixels
  };
  for (const auto& [name, marks, least, most] :
       {Case{"gravel", 4000, 15, 45}, Case{"halftone", 120'000, 2, 5}, Case{"a drawing", 40, 60, 400}}) {
    TypeSketch page(2480, 3508);
    std::mt19937 random(11);
    for (int i = 0; i < marks; ++i) {
      const auto side = [&] { return least + static_cast<std::int32_t>(random()) % 1000 * (most - least) / 1000; };
      page.fill({static_cast<std::int32_t>(random() % 2400), static_cast<std::int32_t>(random() % 3400),
                 std::abs(side()), std::abs(side())});
    }
    const auto layout = layout_of(page);
    EXPECT_LT(layout.confidence, sure_layout) << name;
    EXPECT_FALSE(layout.reason.empty()) << name;
  }
}

}  // namespace
}  // namespace sohoa::ocr
