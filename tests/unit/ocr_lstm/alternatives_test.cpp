#include "ocr/lstm/alternatives.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/ocr_lstm/model_bytes.hpp"

namespace sohoa::ocr::lstm {
namespace {

/// A model that writes " abc"; code = id, null code 4.
class AlternativesTest : public testing::Test {
 protected:
  static constexpr std::int32_t classes = 5;

  AlternativesTest() {
    unicharset_ = *Unicharset::parse(as_bytes("5\nNULL 0 Common\na 3 Latin\nb 3 Latin\nc 3 Latin\nBroken 0 Common\n"));
    recoder_ = *Recoder::parse(test::recoder_bytes({{0}, {1}, {2}, {3}, {4}}), 5, 4);
  }

  /// The line "ab c", each character over two steps.
  std::vector<Alternative> of_word(std::size_t word, std::vector<float> values) {
    DecodedLine line;
    for (const std::int32_t unichar : {1, 2, 0, 3}) {
      DecodedCharacter character;
      character.unichar = unichar;
      character.step = static_cast<std::int32_t>(2 * line.characters.size());
      line.characters.push_back(character);
    }
    line.words.resize(2);
    line.words[0].first = 0;
    line.words[0].size = 2;
    line.words[1].first = 3;
    line.words[1].size = 1;
    find_alternatives({values, 8, classes}, recoder_, unicharset_, line);
    return line.words[word].alternatives;
  }
  /// A step in which `code` has all, but for what `others` have.
  static void step(std::vector<float>& values, std::int32_t code, std::vector<std::pair<std::int32_t, float>> others) {
    std::vector<float> row(classes, 0.0F);
    row[static_cast<std::size_t>(code)] = 0.8F;
    for (const auto& [other, probability] : others) row[static_cast<std::size_t>(other)] = probability;
    values.insert(values.end(), row.begin(), row.end());
  }

  Unicharset unicharset_;
  Recoder recoder_;
};

TEST_F(AlternativesTest, AreOtherCharactersAtTheirBestStep) {
  std::vector<float> values;
  step(values, 1, {{3, 0.01F}});
  step(values, 4, {{3, 0.08F}, {2, 0.004F}});  // between two characters the null code has most
  step(values, 2, {{1, 0.04F}});
  step(values, 4, {});
  step(values, 0, {{1, 0.5F}});  // the space's rivals are nobody's
  step(values, 4, {});
  step(values, 3, {{0, 0.3F}});  // nor is a space a letter
  step(values, 4, {});
  const auto found = of_word(0, values);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].text, "cb");
  EXPECT_NEAR(found[0].odds, std::log(0.1F), 1e-4);
  EXPECT_EQ(found[1].text, "aa");
  EXPECT_NEAR(found[1].odds, std::log(0.05F), 1e-4);
  EXPECT_EQ(found[2].text, "bb");
  EXPECT_TRUE(of_word(1, values).empty());
}

TEST_F(AlternativesTest, NoiseIsNone) {
  std::vector<float> values;
  for (const std::int32_t code : {1, 4, 2, 4, 0, 4, 3, 4}) step(values, code, {{2, code == 1 ? 1e-6F : 0.0F}});
  for (std::size_t t = 2; t < 4; ++t) values[t * classes + 2] = 0.8F;
  EXPECT_TRUE(of_word(0, values).empty());
}

TEST_F(AlternativesTest, MarksOfALetterLeaveFainterTraces) {
  unicharset_ = *Unicharset::parse(as_bytes("5\nNULL 0 Common\nổ 3 Latin\nố 3 Latin\nơ 3 Latin\nBroken 0 Common\n"));
  std::vector<float> values;
  step(values, 1, {{2, 4e-5F}, {4, 4e-5F}});  // odds of -9.9
  step(values, 4, {{3, 4e-6F}});              // -12.2
  step(values, 2, {});
  for (const std::int32_t code : {4, 0, 4, 3, 4}) step(values, code, {});
  const auto found = of_word(0, values);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].text, "ốố");
  EXPECT_NEAR(found[0].odds, -9.9F, 0.01);
}

}  // namespace
}  // namespace sohoa::ocr::lstm
