#include "ocr/fields/foot.hpp"

#include <gtest/gtest.h>

#include "ocr/fields/agency_words.hpp"
#include "tests/unit/ocr_fields/made_page.hpp"

namespace sohoa::fields {
namespace {

MadePage signed_page() {
  return MadePage()
      .paragraph(80)
      .at(80, 300, "Nơi nhận:")
      .at(80, 314, "- Như Điều 3;")
      .at(80, 327, "- Thường trực HĐND tỉnh và các cơ quan")
      .at(86, 340, "có liên quan;")
      .at(80, 353, "- Lưu: VT, TH12.");
}

TEST(Foot, GivesRecipientsTitleAndName) {
  const auto foot = read_foot(signed_page()
                                  .at(370, 300, "TM. ỦY BAN NHÂN DÂN")
                                  .at(390, 316, "KT. CHỦ TỊCH")
                                  .at(385, 332, "PHÓ CHỦ TỊCH")
                                  .at(370, 410, "Nguyễn Văn Mẫu")
                                  .view());
  ASSERT_TRUE(foot);
  EXPECT_GE(foot->score, strong_foot);
  EXPECT_EQ(foot->title_text, "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH");
  EXPECT_TRUE(foot->title_is_known);
  EXPECT_EQ(foot->person.text, "Nguyễn Văn Mẫu");
  EXPECT_TRUE(foot->person.clean && foot->person.family_known);
  ASSERT_EQ(foot->recipients.size(), 3U);
  EXPECT_EQ(foot->recipients[1].name, "Thường trực HĐND tỉnh và các cơ quan có liên quan");
  EXPECT_EQ(foot->recipients[2].name, "Lưu: VT, TH12");
}

struct CoveredName {
  std::string name, line, person;
  bool proposed = false;
};
class CoveredNameTest : public testing::TestWithParam<CoveredName> {};

TEST_P(CoveredNameTest, HasTheNearestFamilyNameProposed) {
  const auto name = person_name(line_of(GetParam().line));
  ASSERT_TRUE(name);
  EXPECT_EQ(name->text, GetParam().person);
  EXPECT_EQ(name->family_proposed, GetParam().proposed);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, CoveredNameTest,
    testing::Values(CoveredName{"whole", "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu", false},
                    CoveredName{"marks", "Đấng Văn Mẫu", "Đặng Văn Mẫu", false},
                    CoveredName{"beginning_misread", "Ấguyễn~ Văn Mẫu", "Nguyễn Văn Mẫu", true},
                    CoveredName{"beginning_lost", "Ấuyễn~ Văn Mẫu", "Nguyễn Văn Mẫu", true},
                    CoveredName{"ring_before_it", "“5hạm~ Thị Mẫu", "Phạm Thị Mẫu", true},
                    CoveredName{"first_letter_lost", "~rương~ Thế Mẫu", "Trương Thế Mẫu", true},
                    CoveredName{"nothing_left", "*=~ Thị Bé Mẫu", "Thị Bé Mẫu", false},
                    CoveredName{"name_before_it_without_a_capital", "1rịnh~ Văn Mẫu", "Trịnh Văn Mẫu", true},
                    CoveredName{"rare_name_without_its_mark", "Tuơng~ Khắc Mẫu", "Tưởng Khắc Mẫu", true},
                    CoveredName{"rare_name_read_with_confidence", "Siu Văn Mẫu", "Siu Văn Mẫu", false}),
    [](const auto& test) { return test.param.name; });

TEST(Recipients, FirstAndLastHaveOneForm) {
  for (const auto& [read, right] :
       std::vector<std::pair<std::string, std::string>>{{"NhưĐiều2", "Như Điều 2"},
                                                        {"Như Điêu 12", "Như Điều 12"},
                                                        {"Nhưtrên", "Như trên"},
                                                        {"Lưu: VI, TH255", "Lưu: VT, TH255"},
                                                        {"Lựu: VT. KTNI86", "Lưu: VT, KTN186"},
                                                        {"Lưu: VT, KTN186", "Lưu: VT, KTN186"},
                                                        {"Các sở. ban. ngành tỉnh", "Các sở, ban, ngành tỉnh"},
                                                        {"VPUB: CVP. PCVP", "VPUB: CVP, PCVP"},
                                                        {"UBND TP. Nam Sơn", "UBND TP. Nam Sơn"},
                                                        {"Lưu: VT, TH22I", "Lưu: VT, TH221"},
                                                        {"Lưu: VT, KTNI5I", "Lưu: VT, KTN151"},
                                                        {"CT; PCT UBND tỉnh", "CT, PCT UBND tỉnh"},
                                                        {"Cổng TTĐT tính", "Cổng TTĐT tỉnh"},
                                                        {"UBND tỉnh Hà Tĩnh", "UBND tỉnh Hà Tĩnh"},
                                                        {"Tỉnh ủy (b7cáo)", "Tỉnh ủy (b/cáo)"},
                                                        {"Lưu: VTLT, KT", "Lưu: VTLT, KT"},
                                                        {"Như Điều lệ", "Như Điều lệ"},
                                                        {"Lưu: HC, TH", "Lưu: HC, TH"}}) {
    EXPECT_EQ(recipient_corrected(read), right);
  }
}

TEST(Foot, TakesDustFromTheEndsOfRecipients) {
  const auto foot =
      read_foot(signed_page().at(80, 366, "'~- Công an tỉnh;_„").at(80, 379, "_").at(390, 300, "CHỦ TỊCH").view());
  ASSERT_TRUE(foot);
  ASSERT_EQ(foot->recipients.size(), 4U);
  EXPECT_EQ(foot->recipients[3].name, "Công an tỉnh");
}

TEST(Foot, KnowsItsRecipientsFromRunningText) {
  const auto page = [](const std::string& sentence) {
    return MadePage()
        .at(80, 100, sentence)
        .at(80, 300, "Nơi nhận:")
        .at(80, 314, "- Như Điều 3;")
        .at(390, 300, "CHỦ TỊCH")
        .at(370, 400, "Lê Văn Mẫu");
  };
  for (const char* sentence : {"Thời hạn thực hiện;", "nhân dân xã;", "TỈNH AN GIANG", "nơi nhận được hồ sơ;"}) {
    const auto foot = read_foot(page(sentence).view());
    ASSERT_EQ(foot->recipients.size(), 1U) << sentence;
    EXPECT_EQ(foot->recipients[0].name, "Như Điều 3");
  }
  EXPECT_FALSE(read_foot(MadePage().at(80, 100, "Thời hạn thực hiện;").view()));
}

TEST(Foot, SaysHowFarTheNameStandsFromTheTitlesAxis) {
  const auto off = [](const std::string& name, int x) {
    return read_foot(MadePage().at(300, 700, "CHỦ TỊCH").at(x, 800, name).view())->name_off_axis;
  };
  EXPECT_NEAR(off("Lê Văn Mẫu", 296), 0, 4);
  EXPECT_GT(off("Văn Mẫu", 312), 8);
}

TEST(Foot, CompletesADeputyAndSaysThatItDid) {
  const auto foot = read_foot(signed_page().at(380, 300, "GIÁM~ ĐỐC").at(380, 316, "_uÁM~ ĐỐC").view());
  ASSERT_TRUE(foot);
  EXPECT_EQ(foot->title_text, "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC");
  EXPECT_FALSE(foot->title_is_known);
}

TEST(Foot, TakesASpeckForNoAuthorityAndCapitalsAboveForAPartOfTheTitle) {
  EXPECT_EQ(read_foot(signed_page().at(380, 300, "-: CHỦ TỊCH").view())->title_text, "CHỦ TỊCH");
  EXPECT_EQ(read_foot(signed_page().at(380, 300, "Q. CHỦ TỊCH").view())->title_text, "Q. CHỦ TỊCH");
  EXPECT_FALSE(
      read_foot(signed_page().at(380, 284, "..BAN NHÂN~ DÂN~").at(390, 300, "CHỦ TỊCH").view())->title_is_known);
}

TEST(Foot, IsNotSureOfATitleThatLacksALine) {
  for (const char* title : {"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ GIÁM ĐỐC"}) {
    const auto foot = read_foot(signed_page().at(380, 300, title).view());
    ASSERT_TRUE(foot) << title;
    EXPECT_EQ(foot->title_text, title);
    EXPECT_FALSE(foot->title_is_known) << title;
  }
}

TEST(Foot, WithoutRecipientsNeedsATitleThatIsOneForSure) {
  const auto minutes = read_foot(MadePage().paragraph(80).at(380, 300, "CHỦ TRÌ").at(370, 400, "Lê Thị Mẫu").view());
  ASSERT_TRUE(minutes);
  EXPECT_EQ(minutes->title_text, "CHỦ TRÌ");
  EXPECT_EQ(minutes->person.text, "Lê Thị Mẫu");
  EXPECT_FALSE(read_foot(MadePage().paragraph(80, 20).at(380, 700, "MỤC ĐÍCH").view()));
}

TEST(PersonName, IsWhatStandsBehindTheSignaturesRemains) {
  struct Row {
    const char *line, *name;
    bool clean, known;
  };
  for (const auto& row :
       {Row{"Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu", true, true}, Row{"ThS. Lê Mẫu", "Lê Mẫu", true, true},
        Row{"Trân Mẫu", "Trần Mẫu", true, true}, Row{"¡aPhạm Tự Mẫu", "Phạm Tự Mẫu", false, true},
        Row{"À4~ i4Mai Nguyên Mẫu.", "Mai Nguyên Mẫu", false, true}, Row{"Sñạm Tự Mẫu", "Sñạm Tự Mẫu", true, false}}) {
    const auto name = person_name(line_of(row.line));
    ASSERT_TRUE(name) << row.line;
    EXPECT_EQ(name->text, row.name);
    EXPECT_EQ(name->clean, row.clean) << row.line;
    EXPECT_EQ(name->family_known, row.known) << row.line;
  }
  for (const char* none : {"Mẫu", "CHỦ TỊCH", "cơ quan liên quan", "12 345"})
    EXPECT_FALSE(person_name(line_of(none))) << none;
}

TEST(KnownTitle, IsTheNearestOfTheList) {
  EXPECT_EQ(known_title(line_of("KT. CHÚ TỊCH"))->text, "KT. CHỦ TỊCH");
  EXPECT_EQ(known_title(line_of("KT. CHÚ TỊCH"))->error_share, 0);
  EXPECT_EQ(known_title(line_of("PHÓ CHỦ TỊCE-"))->text, "PHÓ CHỦ TỊCH");
  EXPECT_GT(known_title(line_of("ẤếXcuI£,ĐHỦ~ TỊCH"))->error_share, sure_title);
  EXPECT_FALSE(known_title(line_of("Nguyễn Văn Mẫu")));
}

}  // namespace
}  // namespace sohoa::fields
