#include <gtest/gtest.h>

#include "api/service/duplicate_service.hpp"

namespace sohoa::api {
namespace {

using Pages = std::vector<std::string>;

const std::string certificate =
    "ỦY BAN NHÂN DÂN XÃ HÒA LÂM\nSố: 15/UBND-XNHN\nGIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN\n"
    "Xét đề nghị của ông Lê Văn Mẫu, sinh ngày 07/03/1981, số định danh 079081012345, nơi cư trú xã Hòa Lâm\n"
    "Giấy này có giá trị sử dụng trong thời hạn 6 tháng kể từ ngày cấp được sử dụng để đăng ký kết hôn";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

Fingerprint looks(const std::vector<int>& pages) {
  Fingerprint print;
  for (const int page : pages) {
    print.pages.emplace_back();
    if (page == 0) continue;
    print.pages.back().emplace();
    print.pages.back()->by_sheet.fill(static_cast<std::uint8_t>(page * 37));
    print.pages.back()->by_content.fill(static_cast<std::uint8_t>(page * 91));
  }
  return print;
}

TEST(CompareDocuments, NamesTheWordsThatDifferAsPrinted) {
  const auto read_again = replaced(certificate, "TÌNH TRẠNG", "TÌNH TRANQ");
  const auto comparison = compare({certificate}, looks({1}), {read_again}, looks({1}));
  ASSERT_EQ(comparison.changes.size(), 1U);
  EXPECT_EQ(comparison.changes[0].text, "TRẠNG");
  EXPECT_EQ(comparison.changes[0].other_text, "TRANQ");
  EXPECT_EQ(comparison.changes[0].page, 1U);
  EXPECT_EQ(comparison.differing, 1U);
  EXPECT_FALSE(comparison.other_content);
  EXPECT_EQ(comparison.pages.size(), 1U);
  EXPECT_EQ(comparison.pages[0].looks_alike, true);
}

TEST(CompareDocuments, TheSameFormForSomebodyElseIsOtherContent) {
  auto other = replaced(certificate, "15/UBND", "98/UBND");
  other = replaced(other, "Lê Văn Mẫu", "Trần Thị Thử");
  other = replaced(other, "07/03/1981", "22/11/1990");
  other = replaced(other, "079081012345", "001190567890");
  EXPECT_TRUE(compare({certificate}, looks({1}), {other}, looks({1})).other_content);
}

TEST(CompareDocuments, MisreadDigitsAndAStampAreNoOtherContent) {
  auto other = replaced(certificate, "079081012345", "07908101Z345");
  other = replaced(other, "07/03/1981", "07/08/1981") + "\nĐẾN Số: 4711 Ngày: 12/5/2025";
  EXPECT_FALSE(compare({certificate}, looks({1}), {other}, looks({1})).other_content);
}

TEST(CompareDocuments, PagesCorrespondByWordsAndByLook) {
  const Pages one{"một hai ba bốn", "", "năm sáu bảy tám", "chỉ có ở đây thôi"};
  const Pages other{"năm sáu bảy tám", "", "mười chín mươi"};
  const auto comparison = compare(one, looks({1, 2, 3, 4}), other, looks({9, 2, 8}));
  ASSERT_EQ(comparison.pages.size(), 5U);
  EXPECT_EQ(comparison.pages[0].other_page, 0U);
  EXPECT_EQ(comparison.pages[1].other_page, 2U) << "pages without words, by their look";
  EXPECT_EQ(comparison.pages[2].other_page, 1U);
  EXPECT_EQ(comparison.pages[2].looks_alike, false);
  EXPECT_EQ(comparison.pages[3].other_page, 0U);
  EXPECT_EQ(comparison.pages[4].page, 0U);
  EXPECT_EQ(comparison.pages[4].other_page, 3U);
}

TEST(CompareDocuments, EmptyTextsDifferInNothing) {
  const auto comparison = compare({""}, looks({0}), {""}, looks({0}));
  EXPECT_EQ(comparison.differing, 0U);
  EXPECT_FALSE(comparison.other_content);
  EXPECT_EQ(comparison.pages.size(), 2U) << "blank pages correspond to nothing";
}

TEST(CompareDocuments, TwoThousandPagesAreComparedPageByPage) {
  Pages one, other;
  for (int page = 0; page < 2000; ++page) {
    std::string text;
    for (int word = 0; word < 200; ++word) text += "w" + std::to_string(page * 131 % 977 * (word % 7) + word) + ' ';
    one.push_back(text + "trang " + std::to_string(page));
    if (page != 1000) other.push_back(replaced(one.back(), "trang", "tranq"));
  }
  const auto comparison = compare(one, {}, other, {});
  EXPECT_EQ(comparison.changes.size(), Comparison::most_changes);
  EXPECT_GE(comparison.differing, 1999U);
  ASSERT_EQ(comparison.pages.size(), 2000U);
  EXPECT_EQ(comparison.pages[999].other_page, 1000U);
  EXPECT_EQ(comparison.pages[1000].other_page, 0U);
  EXPECT_EQ(comparison.pages[1999].other_page, 1999U);
}

}  // namespace
}  // namespace sohoa::api
