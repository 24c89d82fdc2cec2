#include "ocr/language/syllable_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "ocr/language/count_syllables.hpp"

namespace sohoa::ocr::language {
namespace {

/// "a b" four times, "a c" twice.
SyllableCounts small_counts() {
  SyllableCounts counts;
  for (int i = 0; i < 4; ++i) counts.add_line("a b");
  for (int i = 0; i < 2; ++i) counts.add_line("A c");
  return counts;
}

double probability(const SyllableModel& model, std::string_view token, std::string_view before) {
  return std::exp(model.log_probability(model.token(token), model.token(before)));
}

TEST(SyllableModel, GivesTheDiscountedShareOfWhatWasCounted) {
  const auto model = SyllableModel::parse(small_counts().model(1));
  ASSERT_TRUE(model);
  // 24 tokens were seen; 50,000 are held back for the unknown ones. Stored in eighths of a natural logarithm.
  const double alone_b = 4.5 / 50'024, backoff = 2 * 0.75 / 6;
  EXPECT_NEAR(std::log(probability(*model, "b", "a")), std::log(3.25 / 6 + backoff * alone_b), 0.07);
  EXPECT_NEAR(std::log(probability(*model, "c", "a")), std::log(1.25 / 6 + backoff * 2.5 / 50'024), 0.07);
  EXPECT_NEAR(std::log(probability(*model, "a", "a")), std::log(backoff * 6.5 / 50'024), 0.14);
  EXPECT_NEAR(std::log(probability(*model, "b", "never seen")), std::log(alone_b), 0.07);
}

TEST(SyllableModel, LeavesOutWhatIsRare) {
  const auto model = SyllableModel::parse(small_counts().model(3));
  ASSERT_TRUE(model);
  EXPECT_NE(model->token("b"), model->unknown());
  EXPECT_EQ(model->token("c"), model->unknown());
  EXPECT_LT(probability(*model, "c", "a"), probability(*model, "b", "a"));
}

TEST(SyllableModel, RefusesWhatIsCutOffOrChanged) {
  const auto whole = small_counts().model(1);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(SyllableModel::parse(ByteView(whole).first(size))) << size;
  }
  auto longer = whole;
  longer.push_back(0);
  EXPECT_FALSE(SyllableModel::parse(longer));
  auto unordered = whole;
  const auto a = std::find(unordered.begin() + 16, unordered.end(), 'a');
  *a = 'z';
  EXPECT_FALSE(SyllableModel::parse(unordered));
}

TEST(SyllableModel, BuiltInKnowsWhatFollowsWhat) {
  const auto& model = SyllableModel::built_in();
  EXPECT_GT(model.size(), 5000U);
  EXPECT_GT(probability(model, "phí", "chi"), 20 * probability(model, "phí", "chỉ"));
  EXPECT_GT(probability(model, "đạo", "chỉ"), 20 * probability(model, "đạo", "chi"));
  EXPECT_EQ(model.token("chĩ"), model.unknown());
}

}  // namespace
}  // namespace sohoa::ocr::language
