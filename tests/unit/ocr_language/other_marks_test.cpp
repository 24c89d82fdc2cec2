#include "ocr/language/other_marks.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "ocr/language/letters.hpp"

namespace sohoa::ocr::language {
namespace {

TEST(WithOtherMarks, GivesSyllablesWithOneLetterOtherwiseMarked) {
  const auto& model = SyllableModel::built_in();
  const auto found = with_other_marks(U"Bố", model);
  const auto of = [&](const char* syllable) {
    return std::find_if(found.begin(), found.end(), [&](auto& one) { return one.token == model.token(syllable); });
  };
  ASSERT_NE(of("bổ"), found.end());
  EXPECT_EQ(of("bổ")->at, 1U);
  EXPECT_EQ(of("bổ")->letter, U'ổ');
  EXPECT_EQ(of("bổ")->confusion, Confusion::hook);
  ASSERT_NE(of("bộ"), found.end());
  EXPECT_EQ(of("bộ")->confusion, Confusion::marks);
  EXPECT_EQ(of("bố"), found.end());
  EXPECT_EQ(of("bao"), found.end());
  for (const auto& one : found) EXPECT_NE(one.token, model.unknown());
  EXPECT_TRUE(with_other_marks(U"", model).empty());
  EXPECT_TRUE(with_other_marks(U"xyzw", model).empty());
}

TEST(CapitalOf, KeepsTheMarks) {
  EXPECT_EQ(capital_of(U'ổ'), U'Ổ');
  EXPECT_EQ(capital_of(U'đ'), U'Đ');
  EXPECT_EQ(capital_of(U'd'), U'D');
  EXPECT_EQ(capital_of(U'a'), U'A');
}

TEST(AppendLetter, WritesUtf8) {
  std::string text;
  for (const char32_t c : std::u32string_view(U"ađổ")) append_letter(text, c);
  EXPECT_EQ(text, "ađổ");
}

}  // namespace
}  // namespace sohoa::ocr::language
