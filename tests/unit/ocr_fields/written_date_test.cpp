#include "ocr/fields/written_date.hpp"

#include <gtest/gtest.h>

#include "tests/unit/ocr_fields/made_page.hpp"

namespace sohoa::fields {
namespace {

struct Row {
  std::string name, line, iso, place;
  bool sure;
};

class WrittenDateTest : public testing::TestWithParam<Row> {};

TEST_P(WrittenDateTest, IsWholeOrSaysWhatIsMissing) {
  const auto& row = GetParam();
  const auto found = read_written_date(line_of(row.line));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->date.iso(), row.iso);
  EXPECT_EQ(found->place, row.place);
  EXPECT_EQ(found->review.empty(), row.sure) << found->review;
}

INSTANTIATE_TEST_SUITE_P(
    Lines, WrittenDateTest,
    testing::Values(
        Row{"printed", "Nam Sơn, ngày 17 tháng 01 năm 2025", "2025-01-17", "Nam Sơn", true},
        Row{"place_like_the_anchor", "Quảng Ngãi, ngày 05 tháng 6 năm 2025", "2025-06-05", "Quảng Ngãi", true},
        Row{"anchors_misread", "Nam Sơn, ngảv 17 thảng 11 nắm 2025", "2025-11-17", "Nam Sơn", true},
        Row{"no_place", "ngày 18 tháng 12 năm 2017", "2017-12-18", "", true},
        Row{"leap_day", "Nam Sơn, ngày 29 tháng 02 năm 2024", "2024-02-29", "Nam Sơn", true},
        Row{"no_such_day", "Nam Sơn, ngày 29 tháng 02 năm 2025", "2025-02", "Nam Sơn", false},
        Row{"no_such_month", "Nam Sơn, ngày 12 tháng 13 năm 2025", "2025", "Nam Sơn", false},
        Row{"empty_day", "Nam Sơn, ngày tháng 12 năm 2024", "2024-12", "Nam Sơn", false},
        Row{"day_by_pen_as_junk", "Nam Sơn, ngày ẢT~ tháng 01 năm 2025", "2025-01", "Nam Sơn", false},
        Row{"day_by_pen_glued", "Nam Sơn, ngày5 tháng 01 năm 2025", "2025-01-05", "Nam Sơn", false},
        Row{"month_by_pen_glued", "Nam Sơn, ngày 24 tháng/1 năm 2021", "2021", "Nam Sơn", false},
        Row{"letter_among_digits", "Nam Sơn, ngày 09 tháng I1 năm 2022", "2022-11-09", "Nam Sơn", false},
        Row{"mark_for_a_digit", "Nam Sơn, ngày !4 tháng 3 năm 2021", "2021-03-14", "Nam Sơn", false},
        Row{"dust_beside_the_day", "Nam Sơn, ngày .18 tháng 02 năm 2025", "2025-02-18", "Nam Sơn", false},
        Row{"dust_joins_the_day", "Nam Sơn, ngày'12 tháng 7 năm 2025", "2025-07-12", "Nam Sơn", false},
        Row{"dots_alone", "Nam Sơn, ngày ... tháng 7 năm 2025", "2025-07", "Nam Sơn", false},
        Row{"day_without_its_zero", "Nam Sơn, ngày 6 tháng 3 năm 2018", "2018-03-06", "Nam Sơn", false},
        Row{"day_without_confidence", "Nam Sơn, ngày 16~ tháng 3 năm 2018", "2018-03-16", "Nam Sơn", false},
        Row{"year_without_confidence", "Nam Sơn, ngày 16 tháng 3 năm 2018~", "2018-03-16", "Nam Sơn", false}),
    [](const auto& test) { return test.param.name; });

TEST(WrittenDate, NeedsAllThreeWordsAndAYear) {
  for (const char* text :
       {"Ngày: 21/3/18", "trong tháng 3 năm 2018", "ngày 3 tháng 4", "ngày 3 tháng 4 năm 20245", "năm 2024"}) {
    EXPECT_FALSE(read_written_date(line_of(text))) << text;
  }
}

TEST(NumericDate, IsFoundInsideALine) {
  const auto found = find_numeric_date("thoi gian ky: 05/01/2021 08:15:24");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->date.iso(), "2021-01-05");
  EXPECT_EQ(found->begin, 14U);
  EXPECT_FALSE(find_numeric_date("31/02/2021"));
  EXPECT_FALSE(find_numeric_date("21/3/18"));
}

}  // namespace
}  // namespace sohoa::fields
