#include "ocr/second_look.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/ocr/page_sketch.hpp"

namespace sohoa::ocr {
namespace {

FoundLine reading(const PixelRect& area, const std::string& text, float confidence) {
  PageSketch sketch;
  sketch.line(area.x, area.bottom(), text, confidence);
  return sketch.page().lines.front();
}

std::vector<std::string> texts(const std::vector<FoundLine>& lines) {
  std::vector<std::string> result;
  for (const auto& found : lines) result.push_back(found.line.text());
  return result;
}

TEST(SecondLook, ReadsDoubtfulPartsOfAJoinedLineByThemselves) {
  PageSketch page;
  page.line(420, 365, "TĨNH QUẢNG NGÃI~Độc lập", 70).paragraph(800, 3);
  const auto lines = with_second_look(
      page.page(),
      [](const PixelRect& area) { return reading(area, area.x < 1000 ? "TỈNH QUẢNG NGÃI" : "Độc lập", 95); }, 10);
  EXPECT_EQ(texts(lines)[0], "TỈNH QUẢNG NGÃI");
  EXPECT_EQ(texts(lines)[1], "Độc lập");
  EXPECT_EQ(lines.size(), 5u);
}

TEST(SecondLook, KeepsTheFirstReadingWhereTheSecondIsNoBetter) {
  PageSketch page;
  page.line(420, 365, "TỈNH QUẢNG NGÃI~Độc lập", 70).paragraph(800, 3);
  const auto unsure =
      with_second_look(page.page(), [](const PixelRect& area) { return reading(area, "TINH QUANG NGAI", 60); }, 10);
  EXPECT_EQ(texts(unsure)[0], "TỈNH QUẢNG NGÃI Độc lập");
  const auto shorter = with_second_look(page.page(), [](const PixelRect& area) { return reading(area, "T", 99); }, 10);
  EXPECT_EQ(texts(shorter)[0], "TỈNH QUẢNG NGÃI Độc lập");
  const auto unmarked =
      with_second_look(page.page(), [](const PixelRect& area) { return reading(area, "TINH QUANG NGAI", 99); }, 10);
  EXPECT_EQ(texts(unmarked)[0], "TỈNH QUẢNG NGÃI");
  const auto nothing = with_second_look(page.page(), [](const PixelRect&) { return std::optional<FoundLine>(); }, 10);
  EXPECT_EQ(texts(nothing)[0], "TỈNH QUẢNG NGÃI Độc lập");
}

TEST(SecondLook, GivesMarksBackToTheirLetters) {
  PageSketch page;
  page.line(1500, 2480, "Trần Phước Hiên").mark({1860, 2412, 35, 20}, "À", 40, 7).paragraph(800, 6);
  PixelRect seen;
  const auto lines = with_second_look(
      page.page(),
      [&](const PixelRect& area) {
        seen = area;
        return reading(area, "Trần Phước Hiền", 94);
      },
      10);
  EXPECT_EQ(texts(lines)[0], "Trần Phước Hiền");
  EXPECT_EQ(lines.size(), 7u);
  EXPECT_LE(seen.y, 2412);
  EXPECT_GE(seen.bottom(), 2482);
}

TEST(SecondLook, LooksAtMostAsOftenAsAllowed) {
  PageSketch page;
  for (int i = 0; i < 20; ++i) page.line(300, 300 + 100 * i, "một~hai", 50);
  int looks = 0;
  (void)with_second_look(
      page.page(),
      [&](const PixelRect&) {
        ++looks;
        return std::optional<FoundLine>();
      },
      5);
  EXPECT_EQ(looks, 5);
}

}  // namespace
}  // namespace sohoa::ocr
