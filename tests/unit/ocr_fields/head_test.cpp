#include "ocr/fields/head.hpp"

#include <gtest/gtest.h>

#include "ocr/fields/agency_words.hpp"
#include "ocr/fields/title.hpp"
#include "tests/unit/ocr_fields/made_page.hpp"

namespace sohoa::fields {
namespace {

MadePage decision() {
  return made_decision({"Về việc phê duyệt kế hoạch số hóa hồ sơ của tỉnh", "giai đoạn một"});
}

TEST(Head, PartsTheColumnsAtTheMotto) {
  const auto head = read_head(decision().view());
  EXPECT_TRUE(head.has_motto);
  EXPECT_EQ(agency_name(head.agency), "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG");
  EXPECT_TRUE(head.parent_agency.empty());
  ASSERT_TRUE(head.number);
  EXPECT_EQ(head.number->value(), "47/QĐ-UBND");
  ASSERT_TRUE(head.date);
  EXPECT_EQ(head.date->date.iso(), "2025-01-17");
  EXPECT_EQ(head.date->place, "Cao Bằng");
}

TEST(Head, PartsLinesThatRunAcrossBothColumns) {
  const auto head =
      read_head(MadePage()
                    .across(70, 60, "ỦY BAN NHÂN DÂN XÃ HÒA LÂM", 290, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
                    .across(118, 60, "Số: 47/QĐ-UBND", 310, "Nam Sơn, ngày 17 tháng 01 năm 2025")
                    .view());
  EXPECT_EQ(agency_name(head.agency), "ỦY BAN NHÂN DÂN XÃ HÒA LÂM");
  ASSERT_TRUE(head.number);
  EXPECT_EQ(head.number->value(), "47/QĐ-UBND");
  ASSERT_TRUE(head.date);
  EXPECT_EQ(head.date->place, "Nam Sơn");
}

TEST(Head, TellsTheParentFromTheIssuer) {
  const auto head = read_head(MadePage()
                                  .at(100, 54, "ỦY BAN NHÂN DÂN")
                                  .at(105, 70, "TỈNH CAO BẰNG")
                                  .at(90, 86, "SỞ VĂN HÓA, THỂ THAO")
                                  .at(105, 102, "VÀ DU LỊCH")
                                  .at(105, 130, "Số: 4/TB-SVHTTDL")
                                  .motto()
                                  .view());
  EXPECT_EQ(agency_name(head.parent_agency), "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG");
  EXPECT_EQ(agency_name(head.agency), "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH");
}

TEST(Head, LooksPastTheDateOfTheIncomingStamp) {
  const auto head = read_head(MadePage()
                                  .at(60, 100, "ĐẾN", BlockRole::stamp)
                                  .at(60, 118, "Ngày: 21/3/2018", BlockRole::stamp)
                                  .at(300, 125, "ngày 21 tháng 3 năm 2018", BlockRole::stamp)
                                  .motto()
                                  .at(310, 118, "Nam Sơn, ngày 16 tháng 3 năm 2018")
                                  .view());
  ASSERT_TRUE(head.date);
  EXPECT_EQ(head.date->date.iso(), "2018-03-16");
  EXPECT_FALSE(head.number);
}

TEST(Head, FindsNothingOnAPageOfBody) {
  const auto head = read_head(MadePage().paragraph(80, 20).view());
  EXPECT_FALSE(head.has_motto || head.number || head.date);
  EXPECT_TRUE(head.agency.empty());
  EXPECT_FALSE(begins_document(MadePage().paragraph(80, 20).view()));
  EXPECT_TRUE(begins_document(decision().view()));
}

TEST(AgencyName, PutsRightWhatIsAlwaysWrittenInOneWay) {
  struct Row {
    const char *read, *written;
  };
  for (const auto& [read, written] :
       {Row{"UY BAN NHẦN DÂN", "ỦY BAN NHÂN DÂN"}, Row{"UỶ BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN"},
        Row{"ỦY BAN NHÂNDÂN", "ỦY BAN NHÂN DÂN"}, Row{"TÍNH CAO BẢNG", "TỈNH CAO BẰNG"},
        Row{"- 'TỈNH NGHỆ AN", "TỈNH NGHỆ AN"}, Row{"THÀNH PHỐHẢIPHÒNG", "THÀNH PHỐ HẢI PHÒNG"},
        Row{"HĐND TÍNH HƯNG YÊN", "HĐND TỈNH HƯNG YÊN"}, Row{"TỈNH QUÁẢNG NGAI", "TỈNH QUẢNG NGÃI"},
        Row{"TỈNH QUẢNG VINH", "TỈNH QUẢNG VINH"}, Row{"SỞ THÔNG TIN VA TRUYÊN THÔNG", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"},
        Row{"XÃ TỈNH LẺ", "XÃ TỈNH LẺ"}, Row{"CÔNG TY HOA SỮA", "CÔNG TY HOA SỮA"}}) {
    EXPECT_EQ(agency_name({line_of(read)}), written);
  }
  EXPECT_EQ(province_corrected("Quáng Ngãi"), "Quảng Ngãi");
  EXPECT_EQ(province_corrected("Khánh Hoà"), "Khánh Hoà");
  EXPECT_EQ(province_corrected("Nam Sơn"), "Nam Sơn");
  EXPECT_EQ(recipient_corrected("Thường trực Tĩnh ủy (b/cáo)"), "Thường trực Tỉnh ủy (b/cáo)");
}

TEST(Title, TakesTheLinesAroundTheMiddleAndNoneOfTheBody) {
  const auto page = decision().view();
  const auto title = read_title(page, read_head(page));
  ASSERT_TRUE(title);
  EXPECT_EQ(title->type->code, "quyet_dinh");
  ASSERT_EQ(title->abstract.size(), 2U);
  EXPECT_EQ(title->abstract[1].text(), "giai đoạn một");
}

TEST(Title, HasNoAbstractWhereTheBodyFollows) {
  const auto page = MadePage().motto().centered(160, "GIẤY ỦY QUYỀN").paragraph(186).view();
  const auto title = read_title(page, read_head(page));
  ASSERT_TRUE(title);
  EXPECT_EQ(title->type->code, "giay_uy_quyen");
  EXPECT_TRUE(title->abstract.empty());
}

struct HeadingRow {
  std::string name, code;
  std::vector<std::string> lines;
};
class HeadingTest : public testing::TestWithParam<HeadingRow> {};

TEST_P(HeadingTest, NamesTheKindOfPaper) {
  MadePage page;
  page.motto();
  int y = 140;
  for (const auto& line : GetParam().lines) page.centered(y += 18, line);
  const auto view = page.paragraph(y + 60).view();
  const auto title = read_title(view, read_head(view));
  EXPECT_EQ(title ? std::string(title->type->code) : "", GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, HeadingTest,
    testing::Values(
        HeadingRow{"misread", "quyet_dinh", {"QUYÉT ĐỊNH"}}, HeadingRow{"near_another", "thong_bao", {"THÔNG BÁO"}},
        HeadingRow{"goes_on", "bien_ban", {"BIÊN BẢN HỌP GIAO BAN"}},
        HeadingRow{"two_lines",
                   "giay_chung_nhan_quyen_su_dung_dat",
                   {"GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU NHÀ Ở"}},
        HeadingRow{"longest_wins", "giay_chung_nhan_dang_ky_doanh_nghiep", {"GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP"}},
        HeadingRow{"civil_status", "giay_xac_nhan_tinh_trang_hon_nhan", {"GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"}},
        HeadingRow{"copy", "trich_luc_khai_sinh", {"TRÍCH LỤC KHAI SINH (BẢN SAO)"}},
        HeadingRow{"card", "can_cuoc_cong_dan", {"CĂN CƯỚC CÔNG DÂN"}},
        HeadingRow{"request", "don", {"ĐƠN XIN XÁC NHẬN"}}, HeadingRow{"small_letters", "", {"Quyết định"}},
        HeadingRow{"no_kind", "", {"CƠ SỞ DỮ LIỆU"}}),
    [](const auto& test) { return test.param.name; });

TEST(Addressees, AreAListOrASingleOne) {
  const auto list = MadePage()
                        .motto()
                        .at(180, 200, "Kính gửi:")
                        .at(240, 218, "- Sở Nội vụ;")
                        .at(240, 236, "- Bộ trưởng Bộ Nội vụ, Tổ phó Tổ công tác")
                        .at(240, 254, "cải cách hành chính.")
                        .paragraph(280)
                        .view();
  const auto found = read_addressees(list, read_head(list));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].name, "Sở Nội vụ");
  EXPECT_EQ(found[1].name, "Bộ trưởng Bộ Nội vụ, Tổ phó Tổ công tác cải cách hành chính");

  const auto one = MadePage().motto().centered(200, "Kính gửi : Hội đồng nhân dân tỉnh").paragraph(226).view();
  const auto single = read_addressees(one, read_head(one));
  ASSERT_EQ(single.size(), 1U);
  EXPECT_EQ(single[0].name, "Hội đồng nhân dân tỉnh");
  EXPECT_TRUE(read_addressees(decision().view(), read_head(decision().view())).empty());
}

TEST(Addressees, AreFoundBesideAStampAndWithoutTheirDashes) {
  const auto list = MadePage()
                        .motto()
                        .at(180, 200, "Kính gửi:")
                        .at(90, 208, "VĂN THƯ")
                        .across(218, 90, "5800", 240, "Sở Nội vụ;")
                        .at(230, 236, "- Sở Công Thương;")
                        .at(240, 254, "Sở Tài chính.")
                        .paragraph(280)
                        .view();
  const auto found = read_addressees(list, read_head(list));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].name, "Sở Nội vụ");
  EXPECT_EQ(found[1].name, "Sở Công Thương");
  EXPECT_EQ(found[2].name, "Sở Tài chính");
}

TEST(Agency, HasNoSemicolonAndNoDashBeforeAnd) {
  EXPECT_EQ(agency_name({line_of("SỞ VĂN HÓA; THỂ THAO VÀ DU LỊCH")}), "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH");
  EXPECT_EQ(agency_name({line_of("SỞ NÔNG NGHIỆP -"), line_of("VÀ MÔI TRƯỜNG")}), "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG");
  EXPECT_EQ(agency_name({line_of("TỈNH BÀ RỊA -"), line_of("VŨNG TÀU")}), "TỈNH BÀ RỊA - VŨNG TÀU");
}

}  // namespace
}  // namespace sohoa::fields
