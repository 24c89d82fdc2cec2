#include "ocr/reading_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/ocr/page_sketch.hpp"

namespace sohoa::ocr {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> lines_of(const std::vector<Block>& blocks, BlockRole role = BlockRole::body) {
  std::vector<std::string> lines;
  for (const auto& block : blocks) {
    if (block.role != role) continue;
    for (const auto& line : block.lines) lines.push_back(line.text());
  }
  return lines;
}

std::vector<std::string> read(const PageSketch& sketch) {
  return lines_of(in_reading_order(sketch.page()));
}

std::vector<std::string> starts_of(const std::vector<std::string>& lines) {
  std::vector<std::string> starts;
  for (const auto& line : lines) starts.push_back(line.substr(0, line.find(' ')));
  return starts;
}

TEST(ReadingOrder, ReadsTheLeftBlockOfAHeadBeforeTheRight) {
  PageSketch page;
  page.line(420, 300, "ỦY BAN NHÂN DÂN_CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
      .line(420, 365, "TỈNH QUẢNG NGÃI~Độc lập - Tự do - Hạnh phúc")
      .line(420, 480, "Số: 22 /TTr-UBND~Quảng Ngãi, ngày 05 tháng 02 năm 2025")
      .line(1100, 640, "TỜ TRÌNH")
      .paragraph(800, 3);
  EXPECT_THAT(starts_of(read(page)),
              ElementsAre("ỦY", "TỈNH", "Số:", "CỘNG", "Độc", "Quảng", "TỜ", "đoạn0", "đoạn1", "đoạn2"));
}

TEST(ReadingOrder, ReadsTheRecipientsOfAFootBeforeTheSigner) {
  PageSketch page;
  page.paragraph(1800, 3)
      .line(350, 2150, "Nơi nhận:~~TM. ỦY BAN NHÂN DÂN")
      .line(350, 2215, "- Như trên;~~CHỦ TỊCH")
      .line(350, 2270, "- Lưu: VT, KTTH.")
      .line(1500, 2480, "Nguyễn Hoàng Giang");
  EXPECT_THAT(read(page), testing::Contains("Nguyễn Hoàng Giang"));
  EXPECT_THAT(starts_of(read(page)), ElementsAre("đoạn0", "đoạn1", "đoạn2", "Nơi", "-", "-", "TM.", "CHỦ", "Nguyễn"));
}

TEST(ReadingOrder, GivesTheSameBlocksForLinesInAnyOrder) {
  PageSketch sketch;
  sketch.line(420, 300, "ỦY BAN NHÂN DÂN_CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
      .line(420, 365, "TỈNH QUẢNG NGÃI~Độc lập - Tự do - Hạnh phúc")
      .paragraph(800, 12);
  auto reversed = sketch.page();
  std::reverse(reversed.lines.begin(), reversed.lines.end());
  EXPECT_EQ(lines_of(in_reading_order(reversed)), read(sketch));
}

TEST(ReadingOrder, KeepsJustifiedLinesWhole) {
  PageSketch page;
  page.paragraph(500, 2).line(350, 640, "chữ  cách  nhau  rộng  hơn  bình  thường").paragraph(710, 2, "sau");
  EXPECT_THAT(starts_of(read(page)), ElementsAre("đoạn0", "đoạn1", "chữ", "sau0", "sau1"));
}

TEST(ReadingOrder, KeepsBlanksToBeFilledInWithinTheirParagraph) {
  PageSketch page;
  page.paragraph(500, 2)
      .line(350, 640, "được Hội đồng thông qua ngày_tháng_năm 2025 và có hiệu lực thi hành kể từ ngày này")
      .line(350, 710, "ngày được thông_qua và có hiệu_lực thi hành kể từ ngày ký ban hành theo đúng quy định")
      .paragraph(780, 1, "sau");
  EXPECT_THAT(starts_of(read(page)), ElementsAre("đoạn0", "đoạn1", "được", "ngày", "sau0"));
}

TEST(ReadingOrder, ReadsTextColumnsOneAfterAnother) {
  PageSketch page;
  for (int i = 0; i < 6; ++i) {
    page.line(300, 500 + 60 * i, "trái" + std::to_string(i) + " cột thứ nhất đầy chữ chữ chữ");
  }
  page.next_block();
  for (int i = 0; i < 6; ++i) {
    page.line(1260, 515 + 60 * i, "phải" + std::to_string(i) + " cột thứ hai cũng đầy chữ chữ");
  }
  EXPECT_THAT(starts_of(read(page)), ElementsAre("trái0", "trái1", "trái2", "trái3", "trái4", "trái5", "phải0", "phải1",
                                                 "phải2", "phải3", "phải4", "phải5"));
}

/// Two columns of twelve lines, 900 pixels wide but for the rows that leave room for `inset` lines between them.
PageSketch columns_around(const std::vector<std::string>& inset) {
  PageSketch page;
  const std::string wide = " chữ của cột chạy tới sát khe";
  for (std::size_t i = 0; i < 12; ++i) {
    const bool beside = i >= 4 && i < 4 + inset.size();
    const auto y = 600 + 70 * static_cast<int>(i);
    page.line(300, y, "trái" + std::to_string(i) + (beside ? " chữ của" : wide)).next_block();
    if (beside) page.line(960, y + 25, inset[i - 4], 95, 20).next_block();
    page.line(beside ? 1700 : 1300, y, "phải" + std::to_string(i) + (beside ? " chữ của" : wide)).next_block();
  }
  return page;
}

TEST(ReadingOrder, ReadsACaptionSetIntoTheCorridorAfterTheColumns) {
  auto page = columns_around({"CHÚ THÍCH CỦA BỨC ẢNH NÀY", "HAI DÒNG CHỮ NHỎ Ở GIỮA"});
  page.line(300, 1600, "dưới các cột");
  std::vector<std::string> expected;
  for (const char* column : {"trái", "phải"}) {
    for (int i = 0; i < 12; ++i) expected.push_back(column + std::to_string(i));
  }
  for (const char* last : {"CHÚ", "HAI", "dưới"}) expected.emplace_back(last);
  EXPECT_EQ(starts_of(read(page)), expected);
}

TEST(ReadingOrder, EndsColumnsAtAHeadingAcrossThem) {
  PageSketch page;
  for (int part = 0; part < 2; ++part) {
    const int top = 600 + 700 * part;
    for (int i = 0; i < 5; ++i) {
      const auto number = std::to_string(part) + std::to_string(i);
      page.line(300, top + 70 * i, "trái" + number + " chữ của cột chạy tới sát khe").next_block();
      page.line(1300, top + 70 * i, "phải" + number + " chữ của cột chạy tới sát khe").next_block();
    }
    if (part == 0) page.line(900, top + 520, "ĐẦU ĐỀ NGANG QUA CÁC CỘT").next_block();
  }
  EXPECT_THAT(starts_of(read(page)), ElementsAre("trái00", "trái01", "trái02", "trái03", "trái04", "phải00", "phải01",
                                                 "phải02", "phải03", "phải04", "ĐẦU", "trái10", "trái11", "trái12",
                                                 "trái13", "trái14", "phải10", "phải11", "phải12", "phải13", "phải14"));
}

TEST(ReadingOrder, KeepsARunningFootOfTwoPartsWhole) {
  auto page = columns_around({});
  page.line(300, 600 + 70 * 12 + 20, "54 TẠP CHÍ DU LỊCH_THÁNG 9");
  EXPECT_EQ(read(page).back(), "54 TẠP CHÍ DU LỊCH THÁNG 9");
}

TEST(ReadingOrder, MeasuresTheGapsOfALargeHeadingByItsOwnType) {
  PageSketch page;
  page.line(350, 400, "Điều trẻ_em cần", 95, 80).line(350, 570, "nhất cho_cha mẹ", 95, 80).paragraph(800, 6);
  const auto lines = read(page);
  ASSERT_GE(lines.size(), 2U);
  EXPECT_EQ(lines[0], "Điều trẻ em cần");
  EXPECT_EQ(lines[1], "nhất cho cha mẹ");
}

TEST(ReadingOrder, KeepsStopsThatAreSetApartAndSigns) {
  PageSketch page;
  page.paragraph(600, 4).line(350, 900, "chữ . . . còn © lại");
  EXPECT_EQ(read(page).back(), "chữ . . . còn © lại");
  PageSketch speck;
  speck.paragraph(600, 4).line(350, 900, "chữ . còn lại");
  EXPECT_EQ(read(speck).back(), "chữ còn lại");
}

TEST(ReadingOrder, ReadsARuledTableRowByRow) {
  PageSketch page;
  page.paragraph(300, 2);
  for (int i = 0; i < 3; ++i) {
    page.line(400, 600 + 100 * i,
              "tên" + std::to_string(i) + "~mục" + std::to_string(i) + "~ghi chú" + std::to_string(i));
  }
  for (int i = 0; i <= 3; ++i) page.horizontal_rule(350, 540 + 100 * i, 1800);
  EXPECT_THAT(read(page), testing::IsSupersetOf({"tên0 mục0 ghi chú0", "tên1 mục1 ghi chú1", "tên2 mục2 ghi chú2"}));
}

TEST(ReadingOrder, ReadsAPriceListRowByRow) {
  PageSketch page;
  page.line(400, 600, "Giấy trắng~~12.000").line(400, 670, "Mực in~~~7.500").line(400, 740, "Bìa cứng~~~3.000");
  EXPECT_THAT(read(page), ElementsAre("Giấy trắng 12.000", "Mực in 7.500", "Bìa cứng 3.000"));
}

TEST(ReadingOrder, KeepsListMarksWithTheirItems) {
  PageSketch page;
  page.line(400, 600, "1._Mục thứ nhất của danh sách").line(400, 670, "2._Mục thứ hai của danh sách");
  EXPECT_THAT(read(page), ElementsAre("1. Mục thứ nhất của danh sách", "2. Mục thứ hai của danh sách"));
}

TEST(ReadingOrder, JoinsALineThatTheEngineCutInTwo) {
  PageSketch page;
  page.line(350, 500, "một dòng chữ").line(690, 502, "bị cắt làm đôi");
  EXPECT_THAT(read(page), ElementsAre("một dòng chữ bị cắt làm đôi"));
}

TEST(ReadingOrder, SetsAnIncomingStampApart) {
  PageSketch page;
  page.paragraph(400, 2)
      .line(60, 800, "CV_Số: 2352")
      .line(60, 860, "ĐẾN_Ngày: 21/3/18_thời gian qua công tác triển khai thi hành luật tố tụng hành")
      .line(240, 920, "Chuyển:")
      .horizontal_rule(40, 740, 580)
      .horizontal_rule(40, 950, 580)
      .paragraph(1000, 2, "sau");
  const auto blocks = in_reading_order(page.page());
  EXPECT_THAT(starts_of(lines_of(blocks)), ElementsAre("đoạn0", "đoạn1", "thời", "sau0", "sau1"));
  EXPECT_THAT(lines_of(blocks, BlockRole::stamp), ElementsAre("CV Số: 2352", "ĐẾN Ngày: 21/3/18", "Chuyển:"));
  EXPECT_EQ(blocks.back().role, BlockRole::stamp);
}

TEST(ReadingOrder, LeavesADocumentsOwnNumberAndDateInTheHead) {
  PageSketch page;
  page.line(420, 480, "Số: 22/TTr-UBND~Quảng Ngãi, ngày: 05 tháng 02 năm 2025").paragraph(800, 3);
  EXPECT_THAT(lines_of(in_reading_order(page.page()), BlockRole::stamp), IsEmpty());
}

struct StampText {
  const char* name;
  const char* text;
  int y;
  bool is_stamp;
};
class LineStamps : public testing::TestWithParam<StampText> {};
TEST_P(LineStamps, AreToldByTheirWordsAndPlace) {
  PageSketch page;
  page.line(300, GetParam().y, GetParam().text).paragraph(2000, 2);
  const auto stamps = lines_of(in_reading_order(page.page()), BlockRole::stamp);
  EXPECT_EQ(!stamps.empty(), GetParam().is_stamp);
}
INSTANTIATE_TEST_SUITE_P(Table, LineStamps,
                         testing::Values(StampText{"Urgent", "HỎA TỐC", 900, true},
                                         StampText{"Secret", "MẬT", 700, true}, StampText{"Copy", "SAO Y", 200, true},
                                         StampText{"SmallLetters", "hỏa tốc", 900, false},
                                         StampText{"InALine", "VĂN BẢN HỎA TỐC", 900, false},
                                         StampText{"FarDown", "KHẨN", 2600, false}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ReadingOrder, SetsTheTextOfAnElectronicSignatureApart) {
  PageSketch page;
  page.line(1320, 100, "Trung tâm Công báo và Tin học", 95, 16)
      .line(1320, 135, "Tỉnh Quảng Ngãi", 95, 16)
      .line(1320, 170, "17.06.2022 13:54:54 +07:00", 95, 16)
      .paragraph(800, 4);
  const auto blocks = in_reading_order(page.page());
  EXPECT_EQ(lines_of(blocks, BlockRole::e_signature).size(), 3u);
  EXPECT_THAT(starts_of(lines_of(blocks)), ElementsAre("đoạn0", "đoạn1", "đoạn2", "đoạn3"));
}

TEST(ReadingOrder, KnowsPageNumbersAtHeadAndFoot) {
  PageSketch head;
  head.line(1230, 200, "2").paragraph(400, 3);
  const auto first = in_reading_order(head.page());
  ASSERT_FALSE(first.empty());
  EXPECT_EQ(first.front().role, BlockRole::page_number);

  PageSketch foot;
  foot.paragraph(400, 3).line(2190, 3300, "- 3 -");
  const auto last = in_reading_order(foot.page());
  ASSERT_FALSE(last.empty());
  EXPECT_EQ(last.back().role, BlockRole::page_number);
}

TEST(ReadingOrder, TakesAFigureInATextForText) {
  PageSketch page;
  page.paragraph(400, 3).line(1230, 1500, "2").paragraph(1600, 3);
  EXPECT_THAT(lines_of(in_reading_order(page.page()), BlockRole::page_number), IsEmpty());
}

TEST(ReadingOrder, DropsSpecksSignaturesAndSeals) {
  PageSketch page;
  page.paragraph(400, 3)
      .mark({2300, 520, 6, 8}, "|", 88, 28)
      .mark({900, 900, 300, 180}, "Qh", 40, 60)
      .mark({1500, 1300, 180, 45}, "NHÂN", 55, 28)
      .seal({1400, 1200, 400, 400});
  EXPECT_THAT(starts_of(read(page)), ElementsAre("đoạn0", "đoạn1", "đoạn2"));
}

TEST(ReadingOrder, KeepsDoubtfulWordsInTheirLine) {
  PageSketch page;
  page.line(400, 480, "Số: 8 /CT-UBND", 20).line(400, 600, "đã được phê duyệt", 45).paragraph(800, 3);
  EXPECT_THAT(starts_of(read(page)), ElementsAre("Số:", "đã", "đoạn0", "đoạn1", "đoạn2"));
}

TEST(ReadingOrder, KeepsBoxesAndBaselinesOfCutLines) {
  PageSketch page;
  page.line(420, 300, "TRÁI MỘT~PHẢI MỘT").line(420, 365, "TRÁI HAI~PHẢI HAI").paragraph(800, 3);
  for (const auto& block : in_reading_order(page.page())) {
    for (const auto& line : block.lines) {
      PixelRect box;
      for (const auto& word : line.words) box = united(box, word.box);
      EXPECT_EQ(line.box, box) << line.text();
      EXPECT_DOUBLE_EQ(line.baseline_start.x, box.x) << line.text();
      EXPECT_DOUBLE_EQ(line.baseline_end.x, box.right()) << line.text();
      EXPECT_EQ(intersection(block.box, line.box), line.box) << line.text();
    }
  }
}

TEST(ReadingOrder, HasNoBlocksForAnEmptyPage) {
  EXPECT_THAT(in_reading_order(PageSketch().page()), IsEmpty());
}

}  // namespace
}  // namespace sohoa::ocr
