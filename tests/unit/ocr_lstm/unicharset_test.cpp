#include "ocr/lstm/unicharset.hpp"

#include <gtest/gtest.h>

#include <string>

namespace sohoa::ocr::lstm {
namespace {

Result<Unicharset> parse(std::string_view text) {
  return Unicharset::parse(as_bytes(text));
}

TEST(Unicharset, ReadsCharactersAndProperties) {
  const auto set = parse(
      "6\n"
      "NULL 0 Common 0\n"
      "T 5 0,255,0,255,0,0,0,0,0,0 Latin 168 0 3 T\t# T [54 ]A\n"
      "ặ 3 0,255,0,255,0,0,0,0,0,0 Latin 4 0 4 ặ\n"
      "7 8 0,255,0,255,0,0,0,0,0,0 Common 7 2 7 7\n"
      ", 10 0,255,0,255,0,0,0,0,0,0 Common 8 6 8 ,\n"
      "\uE003 3 Latin 5\n");
  ASSERT_TRUE(set);
  EXPECT_EQ(set->size(), 6);
  EXPECT_EQ(set->utf8(0), " ");
  EXPECT_EQ(set->utf8(2), "ặ");
  EXPECT_TRUE(set->is_alphabetic(1) && set->is_upper(1) && !set->is_lower(1));
  EXPECT_TRUE(set->is_alphabetic(2) && set->is_lower(2) && !set->is_digit(2));
  EXPECT_TRUE(set->is_digit(3) && !set->is_alphabetic(3));
  EXPECT_TRUE(set->is_punctuation(4) && !set->is_digit(4));
  EXPECT_EQ(set->utf8(5), "ct") << "a private glyph is written as its letters";
  EXPECT_TRUE(set->is_language_space_delimited());
  for (std::int32_t id = 0; id < set->size(); ++id) EXPECT_TRUE(set->is_space_delimited(id));
}

TEST(Unicharset, KnowsScriptsThatWriteNoSpaces) {
  const auto set = parse(
      "4\nNULL 0 Common 0\n"
      "标 1 0,255,0,255,0,0,0,0,0,0 Han 68 0 68 标\n"
      "a 3 0,255,0,255,0,0,0,0,0,0 Latin 2 0 2 a\n"
      "? 0\n");
  ASSERT_TRUE(set);
  EXPECT_FALSE(set->is_language_space_delimited());
  EXPECT_FALSE(set->is_space_delimited(1));
  EXPECT_TRUE(set->is_space_delimited(2));
  EXPECT_FALSE(set->is_space_delimited(3)) << "no script reads as one that the set lacks, as in the oracle";
}

TEST(Unicharset, RefusesDamagedText) {
  const std::string space = "NULL 0 Common 0\n";
  for (const auto& [name, text] : std::initializer_list<std::pair<const char*, std::string>>{
           {"empty", ""},
           {"no count", "NULL 0\n"},
           {"count 0", "0\n"},
           {"count too large", "70000\n" + space},
           {"negative count", "-1\n" + space},
           {"fewer than counted", "3\n" + space + "a 3\n"},
           {"no properties", "2\n" + space + "a\n"},
           {"properties not hexadecimal", "2\n" + space + "a z\n"},
           {"twice", "3\n" + space + "a 3\na 3\n"},
           {"no space at 0", "1\na 3\n"}}) {
    const auto set = parse(text);
    ASSERT_FALSE(set) << name;
    EXPECT_EQ(set.error().code, ErrorCode::invalid_input) << name;
  }
}

}  // namespace
}  // namespace sohoa::ocr::lstm
