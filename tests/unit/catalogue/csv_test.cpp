#include "pipeline/catalogue/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sohoa::catalogue {
namespace {

using ::testing::ElementsAre;

struct Good {
  const char* name;
  std::string text;
  std::vector<std::vector<std::string>> rows;
};
class CsvGoodTest : public ::testing::TestWithParam<Good> {};

TEST_P(CsvGoodTest, IsRead) {
  const auto rows = read_csv(GetParam().text);
  ASSERT_TRUE(rows) << rows.error().message;
  std::vector<std::vector<std::string>> fields;
  for (const auto& row : *rows) fields.push_back(row.fields);
  EXPECT_EQ(fields, GetParam().rows);
}

INSTANTIATE_TEST_SUITE_P(Rows, CsvGoodTest,
                         ::testing::Values(Good{"Plain", "a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
                                           Good{"Crlf", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
                                           Good{"NoLastLineEnd", "a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
                                           Good{"ByteOrderMark", "\xEF\xBB\xBFxã,b\n", {{"xã", "b"}}},
                                           Good{"QuotedComma", "\"a,b\",c\n", {{"a,b", "c"}}},
                                           Good{"QuotedQuote", "\"a \"\"b\"\"\",c\n", {{"a \"b\"", "c"}}},
                                           Good{"QuotedLineEnd", "\"a\nb\",c\n", {{"a\nb", "c"}}},
                                           Good{"EmptyFields", ",,\n", {{"", "", ""}}},
                                           Good{"EmptyLines", "a\n\n\nb\n", {{"a"}, {"b"}}}, Good{"Empty", "", {}},
                                           Good{"EmptyQuoted", "\"\",x\n", {{"", "x"}}}),
                         [](const auto& one) { return one.param.name; });

TEST(CsvTest, KnowsTheLineWhereARowBegins) {
  const auto rows = read_csv("a\n\"b\nc\"\nd\n");
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 3U);
  EXPECT_EQ((*rows)[1].line, 2U);
  EXPECT_EQ((*rows)[2].line, 4U);
}

struct Bad {
  const char* name;
  std::string text;
  std::string message;
};
class CsvBadTest : public ::testing::TestWithParam<Bad> {};

TEST_P(CsvBadTest, IsRefusedWithItsLine) {
  const auto rows = read_csv(GetParam().text);
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(rows.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CsvBadTest,
    ::testing::Values(Bad{"OpenQuote", "a\n\"b\nc\n", "line 2: quote is never closed"},
                      Bad{"TextAfterQuote", "a\n\"b\"c\n",
                          "line 2: text after a closing quote, or a bare carriage return"},
                      Bad{"QuoteInside", "a\nb\"c\n", "line 2: quote within a field that does not begin with one"},
                      Bad{"BareReturn", "a\rb\n", "line 1: text after a closing quote, or a bare carriage return"}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace sohoa::catalogue
