#include "ocr/fields/number_symbol.hpp"

#include <gtest/gtest.h>

#include "tests/unit/ocr_fields/made_page.hpp"

namespace sohoa::fields {
namespace {

struct Row {
  std::string name, line, agency, value, type;
  bool sure;
};

class NumberSymbolTest : public testing::TestWithParam<Row> {};

TEST_P(NumberSymbolTest, ReadsWhatIsPrintedAndDoubtsWhatAPenWrote) {
  const auto& row = GetParam();
  const auto found = read_number_symbol(line_of(row.line), row.agency);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->value(), row.value);
  EXPECT_EQ(found->type, row.type);
  EXPECT_EQ(found->review.empty(), row.sure) << found->review;
}

const std::string committee = "ỦY BAN NHÂN DÂN TỈNH NAM SƠN";

INSTANTIATE_TEST_SUITE_P(
    Lines, NumberSymbolTest,
    testing::Values(Row{"printed", "Số: 47/QĐ-UBND", committee, "47/QĐ-UBND", "QĐ", true},
                    Row{"blanks_inside", "Số : 47/ QĐ - UBND.", committee, "47/QĐ-UBND", "QĐ", true},
                    Row{"letter", "Số: 15/UBND-VX", committee, "15/UBND-VX", "", true},
                    Row{"year_between", "Số: 1234/2021/QĐ-TTg", "THỦ TƯỚNG CHÍNH PHỦ", "1234/2021/QĐ-TTg", "QĐ", true},
                    Row{"party", "Số 11-NQ/TW", "BAN CHẤP HÀNH TRUNG ƯƠNG", "11-NQ/TW", "NQ", true},
                    Row{"marks_of_the_type", "Só: 22/TTR-UBNĐ", committee, "22/TTr-UBND", "TTr", true},
                    Row{"marks_of_the_issuer", "Số: 4/TB-SGDDT", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "4/TB-SGDĐT", "TB", true},
                    Row{"initials_of_the_issuer", "Số: 9/BC-SXD", "SỞ XÂY DỰNG", "9/BC-SXD", "BC", true},
                    Row{"contract_stays", "Số: 5/HĐ-UBND", committee, "5/HĐ-UBND", "HĐ", true},
                    Row{"guidance_stays", "Số: 5/HD-UBND", committee, "5/HD-UBND", "HD", true},
                    Row{"no_symbol", "Số: 123", "", "123", "", true},
                    Row{"slash_not_read", "Số: 61UBND-VP", committee, "61/UBND-VP", "", false},
                    Row{"gap_before_the_slash", "Số: 280 /BC-UBND", committee, "280/BC-UBND", "BC", false},
                    Row{"pen_read_as_junk", "Số: đ#~ /CT-UBND", committee, "/CT-UBND", "CT", false},
                    Row{"empty_blank", "Số: /QĐ-UBND", committee, "/QĐ-UBND", "QĐ", false},
                    Row{"digits_without_confidence", "Số: 47/QĐ-UBND~", committee, "47/QĐ-UBND", "QĐ", false},
                    Row{"hyphen_not_read", "Số: 47/QDUBND", committee, "47/QĐ-UBND", "QĐ", false},
                    Row{"nearly_a_known_issuer", "Số: 37/CT-URND", committee, "37/CT-UBND", "CT", false},
                    Row{"an_issuer_in_no_list", "Số: 37/CT-STTTT", committee, "37/CT-STTTT", "CT", true},
                    Row{"symbol_of_no_form", "Số: 47/?*", committee, "47/?*", "", false},
                    Row{"letter_unit_without_confidence", "Số: 47 /UBND-TTHG~", committee, "47/UBND-TTHG", "", false}),
    [](const auto& test) { return test.param.name; });

TEST(NumberLine, IsNoAgencyAndNoSentence) {
  for (const char* text : {"SỞ TÀI CHÍNH", "Sở Y tế", "Sơ kết", "Về việc", "S", "Số", ""}) {
    EXPECT_FALSE(is_number_line(text[0] == '\0' ? Line{} : line_of(text))) << text;
  }
  for (const char* text : {"Số: 1", "Só:5†B /UBND-KTTH", "số 12/KH-VP", "S6: 12/KH-VP", "“Số: 3/TB"}) {
    EXPECT_TRUE(is_number_line(line_of(text))) << text;
  }
}

}  // namespace
}  // namespace sohoa::fields
