#include "ocr/language/confusion.hpp"

#include <gtest/gtest.h>

#include "ocr/language/letters.hpp"

namespace sohoa::ocr::language {
namespace {

struct Case {
  const char* read;
  const char* meant;
  Confusion confusion;
};

TEST(ConfusionOf, TellsWhatDiffers) {
  const Case cases[] = {
      {"kế", "kể", Confusion::hook},         {"“Tống", "“Tổng", Confusion::hook},  {"BAN", "BẢN", Confusion::hook},
      {"chỉ", "chi", Confusion::hook},       {"đề", "để", Confusion::hook},        {"bão", "bảo", Confusion::marks},
      {"tỉnh", "tính", Confusion::marks},    {"chính", "chinh", Confusion::marks}, {"đân", "dân", Confusion::marks},
      {"cơ", "cổ", Confusion::marks},        {"cấp", "cáp", Confusion::marks},     {"tàu", "táo", Confusion::letters},
      {"báo", "bảó", Confusion::letters},    {"ban", "bán.", Confusion::letters},  {"Ban", "ban", Confusion::letters},
      {"ban", "bán.", Confusion::letters},   {"kế", "kế", Confusion::letters},     {"", "ả", Confusion::letters},
      {"\xE1\xBA", "ả", Confusion::letters},
  };
  for (const auto& [read, meant, confusion] : cases) {
    EXPECT_EQ(confusion_of(read, meant), confusion) << read << " for " << meant;
  }
}

TEST(LetterOf, TakesVowelsApart) {
  const auto letter = letter_of(U'Ẩ');
  EXPECT_EQ(letter.base, U'A');
  EXPECT_EQ(letter.vowel, U'Â');
  EXPECT_EQ(letter.tone, Tone::hook);
  EXPECT_EQ(letter_of(U'đ').base, U'd');
  for (const char32_t other : {U'x', U'7', U'ñ', U'\u01B1', U'\u1EFA', U'一', U'\U0001F4A9'}) {
    EXPECT_EQ(letter_of(other).base, other);
    EXPECT_EQ(letter_of(other).tone, Tone::level);
  }
}

TEST(OnlyCodePoint, IsOneAndWhole) {
  EXPECT_EQ(only_code_point("a"), U'a');
  EXPECT_EQ(only_code_point("đ"), U'đ');
  EXPECT_EQ(only_code_point("ổ"), U'ổ');
  EXPECT_EQ(only_code_point("\xF0\x9F\x92\xA9"), U'\U0001F4A9');
  for (const char* text : {"", "ab", "aa\xCC", "\xFF", "\xE1\xBB", "abc", "abcd"})
    EXPECT_FALSE(only_code_point(text)) << text;
}

}  // namespace
}  // namespace sohoa::ocr::language
