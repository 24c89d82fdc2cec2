#include "datasets/truth.hpp"

#include <gtest/gtest.h>

#include "datasets/corpus.hpp"
#include "datasets/json.hpp"
#include "datasets/paragraph.hpp"

namespace sohoa::datasets {
namespace {

TrueLine line_of(const std::vector<std::string>& words) {
  TrueLine line;
  for (const auto& word : words) line.words.push_back({word, {{0, 0}, {4, 0}, {4, 3}}, false});
  return line;
}

TEST(Truth, TextFollowsTheConventionsOfTheGold) {
  TruePage page;
  page.blocks = {{BlockKind::stamp, {line_of({"HỎA", "TỐC"})}},
                 {BlockKind::head, {line_of({"ỦY", "BAN", "NHÂN", "DÂN"}), line_of({"Độc", "lập"})}},
                 {BlockKind::body, {line_of({"Điều", "1."})}},
                 {BlockKind::stamp, {line_of({"ĐẾN"}), line_of({"Số:", "12"})}}};
  EXPECT_EQ(ground_truth_text(page),
            "ỦY BAN NHÂN DÂN\nĐộc lập\n\nĐiều 1.\n\n[stamp]\nHỎA TỐC\n\n[stamp]\nĐẾN\nSố: 12\n");
}

TEST(Truth, HullKeepsCornersAndDropsWhatLiesInside) {
  const auto hull = hull_of({{0, 0}, {10, 0}, {5, 5}, {10, 10}, {0, 10}, {5, 0}, {0, 0}});
  EXPECT_EQ(hull.size(), 4U);
  EXPECT_EQ(box_of(hull), (PixelRect{0, 0, 10, 10}));
}

TEST(Truth, BoxIsTheSmallestThatHoldsThePoints) {
  EXPECT_EQ(box_of({{1.2, 2.9}, {4.0, 3.1}}), (PixelRect{1, 2, 3, 2}));
  EXPECT_TRUE(box_of({}).empty());
}

TEST(Truth, MovingAPageMovesWordsLinesAndMarks) {
  TruePage page;
  page.blocks = {{BlockKind::body, {line_of({"a"})}}};
  page.marks = {{"seal", {{10, 10}}}};
  move(page, Matrix{0, 1, -1, 0, 100, 0}, 100, 50);  // a quarter clockwise
  EXPECT_EQ(page.width, 100);
  EXPECT_EQ(page.marks[0].outline[0], (Point{90, 10}));
  EXPECT_EQ(box_of(page.blocks[0].lines[0].words[0].outline), (PixelRect{97, 0, 3, 4}));
}

TEST(Json, EscapesAndSeparates) {
  JsonWriter json;
  json.begin_object().member("a", "x\"\\\n").key("b").begin_array().value(1).value(2.5).value(true).end_array();
  json.key("c").begin_object().end_object().end_object();
  EXPECT_EQ(json.take(), "{\"a\":\"x\\\"\\\\\\u000a\",\"b\":[1,2.5,true],\"c\":{}}");
}

const std::vector<Run> long_text = {{"Điều 1.", {Face::bold, 14}},
                                    {"Rà soát, thống kê đầy đủ hồ sơ, tài liệu giấy còn lưu tại bộ phận chuyên môn; "
                                     "phân loại theo lĩnh vực và lập danh "
                                     "mục ưu tiên số hóa trước ngày 30 tháng 6 hằng năm.",
                                     {Face::regular, 14}}};

TEST(Paragraph, JustifiedLinesEndAtTheRightEdgeButTheLast) {
  const FontBook fonts("Liberation Serif");
  const auto lines = break_lines(long_text, {85, 400, 28, Alignment::justified}, fonts);
  ASSERT_GE(lines.size(), 3U);
  EXPECT_DOUBLE_EQ(lines[0].words.front().x, 113);
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) EXPECT_NEAR(right_end(lines[i].words.back(), fonts), 485, 1e-6);
  EXPECT_LT(right_end(lines.back().words.back(), fonts), 485);
}

TEST(Paragraph, BalancedLinesAreAsManyAndOfLikeLength) {
  const FontBook fonts("Liberation Serif");
  const Measure measure{85, 400, 0, Alignment::centered};
  const auto plain = break_lines(long_text, measure, fonts);
  const auto balanced = break_balanced(long_text, measure, fonts);
  EXPECT_EQ(balanced.size(), plain.size());
  const auto length = [&](const PlacedLine& line) {
    return right_end(line.words.back(), fonts) - line.words.front().x;
  };
  EXPECT_GE(length(balanced.back()), length(plain.back()));
  for (const auto& line : balanced) {
    EXPECT_NEAR((line.words.front().x + right_end(line.words.back(), fonts)) / 2, 285, 1e-6);
  }
}

TEST(Fonts, AnUnknownFamilyIsReplaced) {
  EXPECT_EQ(available_family("no family has this name"), "Liberation Serif");
  EXPECT_EQ(available_family("Liberation Serif"), "Liberation Serif");
}

TEST(Fonts, WidthsScaleWithTheSize) {
  const FontBook fonts("Liberation Serif");
  EXPECT_NEAR(fonts.width("Quảng Ngãi", {Face::bold, 26}), 2 * fonts.width("Quảng Ngãi", {Face::bold, 13}), 1e-9);
}

}  // namespace
}  // namespace sohoa::datasets
