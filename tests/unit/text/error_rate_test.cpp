#include "pipeline/text/error_rate.hpp"

#include <gtest/gtest.h>

namespace sohoa::text {
namespace {

TEST(ErrorRate, IsZeroForTheSameTextInAnotherNormalForm) {
  const auto counts = compare("Quyết định\nsố 5", "Quye\u0302\u0301t  \u0111i\u0323nh số\n5\n");
  EXPECT_EQ(counts.character_errors, 0);
  EXPECT_EQ(counts.word_errors, 0);
  EXPECT_EQ(counts.line_errors, 0);
  EXPECT_EQ(counts.characters, 15);
  EXPECT_EQ(counts.words, 4);
}

TEST(ErrorRate, TellsMarksFromLetters) {
  const auto counts = compare("phở bò", "phơ bo");
  EXPECT_EQ(counts.character_errors, 2);
  EXPECT_EQ(counts.line_errors, 2);
  EXPECT_EQ(counts.base_errors, 0);
  EXPECT_DOUBLE_EQ(counts.marks_cer(), 2.0 / 6);
}

TEST(ErrorRate, CountsOrderAndJunkInTheWholeButNotInTheLines) {
  const auto counts = compare("trái\nphải", "phải trái rác");
  EXPECT_GT(counts.character_errors, 0);
  EXPECT_EQ(counts.line_errors, 0);
}

TEST(ErrorRate, CountsInsertedDroppedAndChangedWords) {
  EXPECT_EQ(compare("một hai ba bốn", "một hay ba").word_errors, 2);
  EXPECT_EQ(compare("một", "một hai ba").word_errors, 2);
}

TEST(ErrorRate, LeavesStampsOut) {
  EXPECT_EQ(compare("nội dung\n\n[stamp]\nĐẾN\n", "nội dung").character_errors, 0);
}

TEST(ErrorRate, CountsEverythingMissingAsWrong) {
  const auto counts = compare("abc", "");
  EXPECT_DOUBLE_EQ(counts.cer(), 1);
  EXPECT_DOUBLE_EQ(counts.wer(), 1);
  EXPECT_DOUBLE_EQ(counts.line_cer(), 1);
}

}  // namespace
}  // namespace sohoa::text
