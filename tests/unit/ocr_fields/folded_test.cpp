#include "ocr/fields/folded.hpp"

#include <gtest/gtest.h>

#include "tests/unit/ocr_fields/made_page.hpp"

namespace sohoa::fields {
namespace {

TEST(Folded, HasOneCharForEachLetterAndKnowsItsWord) {
  const auto folded = line_of("Số: 47/QĐ-UBND, ƒ").folded;
  EXPECT_EQ(folded.plain, "so: 47/qd-ubnd, ?");
  EXPECT_EQ(folded.printed.size(), folded.plain.size());
  EXPECT_EQ(folded.word[0], 0U);
  EXPECT_EQ(folded.word[folded.plain.find("qd")], 1U);
  EXPECT_EQ(folded.raw(folded.plain.find("qd"), folded.plain.find(',')), "QĐ-UBND");
  EXPECT_EQ(folded.raw(2, 5), ": 4") << "outer blanks alone are left out";
}

TEST(Anchor, IsFoundWhereWordsRunTogetherOrLettersAreWrong) {
  struct Row {
    std::string_view text;
    std::size_t most_errors;
    bool found;
    std::size_t begin, end;
  };
  for (const auto& row : {Row{"noi nhan:", 0, true, 0, 8}, Row{"xx noinhan:", 0, true, 3, 10},
                          Row{"no i n han", 0, true, 0, 10}, Row{"nol nhan", 1, true, 0, 8},
                          Row{"nol nhan", 0, false, 0, 0}, Row{"", 2, false, 0, 0}, Row{"ngoi nhan", 1, true, 1, 9}}) {
    const auto match = find_anchor(row.text, "noinhan", row.most_errors);
    ASSERT_EQ(match.has_value(), row.found) << row.text;
    if (!match) continue;
    EXPECT_EQ(match->begin, row.begin) << row.text;
    EXPECT_EQ(match->end, row.end) << row.text;
  }
}

TEST(Distance, CountsChangesAndSharesThem) {
  EXPECT_TRUE(alike("quyetdinh", "quyetdlnh", 1.0 / 6));
  EXPECT_FALSE(alike("quyetdinh", "quydinh", 1.0 / 6));
  EXPECT_FALSE(alike("", "", 1.0));
}

}  // namespace
}  // namespace sohoa::fields
