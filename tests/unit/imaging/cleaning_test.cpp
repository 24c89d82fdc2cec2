#include <gtest/gtest.h>

#include "drawn_page.hpp"
#include "pipeline/imaging/despeckle.hpp"
#include "pipeline/imaging/grey_page.hpp"
#include "pipeline/imaging/measures.hpp"
#include "pipeline/imaging/scan_border.hpp"

namespace sohoa::imaging {
namespace {

constexpr Ink lid{10, 10, 10};

TEST(ScanBorder, FindsTheLidBesideThePaper) {
  DrawnPage page(1200, 1700);
  page.text(12, 34);
  page.fill({0, 0, 40, 1700}, lid);
  page.fill({0, 1650, 1200, 50}, lid);
  const auto border = find_scan_border(page.grey());
  ASSERT_FALSE(border.mask.empty());
  EXPECT_NE(border.mask.row(800)[20], 0);
  EXPECT_NE(border.mask.row(1690)[600], 0);
  EXPECT_EQ(border.mask.row(800)[60], 0);
  EXPECT_NEAR(border.page_part, (40.0 * 1700 + 50.0 * 1160) / (1200.0 * 1700), 0.003);
}

TEST(ScanBorder, FindsAThinLineAlongTheEdge) {
  DrawnPage page(1200, 1700);
  page.fill({6, 200, 3, 1100}, lid);
  const auto border = find_scan_border(page.grey());
  ASSERT_FALSE(border.mask.empty());
  EXPECT_NE(border.mask.row(700)[7], 0);
}

TEST(ScanBorder, LeavesTextAtTheEdgeAndFramesAlone) {
  DrawnPage page(1200, 1700);
  for (std::int32_t foot = 40; foot < 1690; foot += 34)
    page.type(-5, 1210, foot, 12, black_ink, static_cast<std::uint32_t>(foot));
  page.frame({100, 100, 1000, 1500}, 6, black_ink);
  EXPECT_TRUE(find_scan_border(page.grey()).mask.empty());
}

TEST(ScanBorder, LeavesAPageThatIsMostlyBlackAlone) {
  DrawnPage page(1200, 1700, lid);
  page.fill({400, 400, 300, 300}, white_ink);
  const auto border = find_scan_border(page.grey());
  EXPECT_TRUE(border.mask.empty());
  EXPECT_GT(border.page_part, 0.9F);
}

class DespeckleTest : public ::testing::Test {
 protected:
  void speckle(int count) {
    std::uint32_t state = 3;
    for (int i = 0; i < count; ++i) {
      state = state * 1664525U + 1013904223U;
      const auto x = static_cast<std::int32_t>((state >> 8) % 1190);
      state = state * 1664525U + 1013904223U;
      const auto y = static_cast<std::int32_t>((state >> 8) % 1690);
      page_.fill({x, y, 2, 1}, black_ink);
    }
  }
  DrawnPage page_{1200, 1700};
};

TEST_F(DespeckleTest, TakesSpecksAndKeepsDotsAndMarks) {
  page_.text(24, 70);
  const auto clean = page_.grey();
  speckle(6000);  // 40 a square centimetre
  const auto result = despeckle(page_.grey(), {300});
  EXPECT_GT(result.specks, 3000);
  int lost = 0;
  int left = 0;
  for (std::int32_t y = 0; y < 1700; ++y) {
    for (std::int32_t x = 0; x < 1200; ++x) {
      if (clean.row(y)[x] < 128 && result.page.row(y)[x] >= 128) ++lost;
      if (clean.row(y)[x] >= 128 && result.page.row(y)[x] < 128) ++left;
    }
  }
  EXPECT_EQ(lost, 0);
  EXPECT_LT(left, 3500) << "of 12000 noise pixels: those on letters stay";
}

TEST_F(DespeckleTest, LeavesAPageWithSomeDustAlone) {
  page_.text(24, 70);
  speckle(300);
  const auto page = page_.grey();
  const auto result = despeckle(page, {300});
  EXPECT_EQ(result.specks, 0);
  EXPECT_EQ(result.page.row(0), page.row(0));
}

TEST(Tones, StretchAFadedPageAndLeaveAGoodOne) {
  DrawnPage faded(600, 800, {225, 225, 225});
  faded.text(12, 30, {110, 110, 110});
  const auto tones = measure_tones(faded.grey());
  EXPECT_LT(tones.white, 226);
  EXPECT_GT(tones.black, 30);
  EXPECT_LT(tones.black, 110);
  DrawnPage good(600, 800);
  good.text(12, 30);
  EXPECT_TRUE(measure_tones(good.grey()).untouched());
}

struct BlankCase {
  const char* name;
  bool blank;
  void (*draw)(DrawnPage&);
};

class BlankTest : public ::testing::TestWithParam<BlankCase> {};

TEST_P(BlankTest, TellsBlankPages) {
  DrawnPage page(1240, 1754);
  GetParam().draw(page);
  EXPECT_EQ(is_blank(page.grey(), {150}), GetParam().blank);
}

INSTANTIATE_TEST_SUITE_P(
    Pages, BlankTest,
    ::testing::Values(BlankCase{"white", true, [](DrawnPage&) {}},
                      BlankCase{"dust", true,
                                [](DrawnPage& page) {
                                  for (std::int32_t i = 0; i < 400; ++i)
                                    page.fill({(i * 137) % 1200, (i * 251) % 1700, 3, 2}, black_ink);
                                }},
                      BlankCase{"show_through", true, [](DrawnPage& page) { page.text(12, 34, {205, 205, 205}); }},
                      BlankCase{"punch_holes", true,
                                [](DrawnPage& page) {
                                  for (const double y : {500.0, 700.0, 900.0, 1100.0})
                                    page.ring({60, y}, 8, 17, black_ink);
                                }},
                      BlankCase{"one_line", false, [](DrawnPage& page) { page.type(200, 700, 500, 12, black_ink); }},
                      BlankCase{"faded_text", false, [](DrawnPage& page) { page.text(12, 34, {140, 140, 140}); }},
                      BlankCase{"three_letters", false,
                                [](DrawnPage& page) { page.type(600, 670, 1600, 14, black_ink, 5); }}),
    [](const auto& test) { return test.param.name; });

TEST(Measures, RankSharpness) {
  DrawnPage page(600, 800);
  page.text(12, 30);
  const auto crisp = page.grey();
  // A ramp of eight pixels: the mean over a row's neighbours.
  std::vector<std::uint8_t> pixels;
  for (std::int32_t y = 0; y < 800; ++y) {
    for (std::int32_t x = 0; x < 600; ++x) {
      int sum = 0;
      for (std::int32_t k = -2; k <= 2; ++k) sum += crisp.row(y)[std::min(599, std::max(0, x + k))];
      pixels.push_back(static_cast<std::uint8_t>(sum / 5));
    }
  }
  EXPECT_GT(sharpness_of(crisp), 0.95F);
  EXPECT_LT(sharpness_of(Raster(600, 800, 1, std::move(pixels))), 0.6F);
  EXPECT_EQ(sharpness_of(DrawnPage(600, 800).grey()), 0);
}

TEST(Measures, ContrastIsInkToPaper) {
  DrawnPage page(600, 800, {230, 230, 230});
  page.text(12, 30, {50, 50, 50});
  EXPECT_NEAR(contrast_of(page.grey()), 180.0 / 255, 0.02);
  EXPECT_EQ(contrast_of(DrawnPage(600, 800).grey()), 0);
}

TEST(Measures, SeesLettersCutByTheEdge) {
  DrawnPage whole(600, 800);
  whole.text(12, 30);
  EXPECT_FALSE(has_cut_edges(find_glyphs(whole.grey())));
  DrawnPage cut(600, 800);
  for (std::int32_t foot = 30; foot < 790; foot += 30)
    cut.type(-6, 500, foot, 12, black_ink, static_cast<std::uint32_t>(foot));
  EXPECT_TRUE(has_cut_edges(find_glyphs(cut.grey())));
}

}  // namespace
}  // namespace sohoa::imaging
