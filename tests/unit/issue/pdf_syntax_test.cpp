#include "pipeline/issue/pdf_syntax.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace sohoa::issue::pdf {
namespace {

struct NumberRow {
  const char* name;
  double value;
  int decimals;
  const char* text;
};
class Numbers : public testing::TestWithParam<NumberRow> {};

TEST_P(Numbers, AreWrittenWithoutExponentAndNeedlessZeros) {
  EXPECT_EQ(number(GetParam().value, GetParam().decimals), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(All, Numbers,
                         testing::Values(NumberRow{"zero", 0, 2, "0"}, NumberRow{"negative_zero", -0.001, 2, "0"},
                                         NumberRow{"whole", 100, 2, "100"}, NumberRow{"rounded", 12.346, 2, "12.35"},
                                         NumberRow{"trimmed", 12.5, 4, "12.5"},
                                         NumberRow{"small", 0.00004, 5, "0.00004"},
                                         NumberRow{"too_large", 1e300, 2, "10000000"},
                                         NumberRow{"too_small", -1e300, 0, "-10000000"},
                                         NumberRow{"infinite", std::numeric_limits<double>::infinity(), 2, "0"},
                                         NumberRow{"not_a_number", std::numeric_limits<double>::quiet_NaN(), 2, "0"}),
                         [](const auto& row) { return row.param.name; });

TEST(PdfNames, EscapeWhatIsNotPlain) {
  EXPECT_EQ(name("DCTDecode"), "/DCTDecode");
  EXPECT_EQ(name("a b#/"), "/a#20b#23#2f");
  EXPECT_EQ(name(std::string(200, 'x')).size(), 128u);
}

TEST(PdfStrings, AreLiteralInAsciiAndUtf16Otherwise) {
  EXPECT_EQ(text_string("a (b) \\c"), "(a \\(b\\) \\\\c)");
  EXPECT_EQ(text_string(""), "()");
  EXPECT_EQ(text_string("Sổ"), "<feff00531ed5>");
  EXPECT_EQ(text_string("𝄞"), "<feffd834dd1e>");
  EXPECT_EQ(text_string("a\nb"), "<feff0061000a0062>");
}

TEST(PdfDates, AreInVietnamsTime) {
  EXPECT_EQ(date(WallTime(std::chrono::milliseconds(0))), "(D:19700101070000+07'00')");
}

TEST(PdfDictionaries, SeparateOnlyWhereNeeded) {
  Dictionary dictionary;
  dictionary.add("Type", "/Page").add("Count", 3).add("Parent", Ref{7}).add("Kids", "[1 0 R]");
  EXPECT_EQ(dictionary.text(), "<</Type/Page/Count 3/Parent 7 0 R/Kids[1 0 R]>>");
}

}  // namespace
}  // namespace sohoa::issue::pdf
