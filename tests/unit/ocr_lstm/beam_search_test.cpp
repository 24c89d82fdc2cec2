#include "ocr/lstm/beam_search.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>
#include <random>

#include "ocr/lstm/dictionary.hpp"
#include "ocr/lstm/dictionary_scorer.hpp"
#include "tests/unit/ocr_lstm/model_bytes.hpp"

namespace sohoa::ocr::lstm {
namespace {

/// A model that writes " abc"; code = id, null code 4. The dictionary has "ab", "abc" and "c".
class BeamSearchTest : public testing::Test {
 protected:
  static constexpr std::int32_t classes = 5;
  static constexpr char null = '-';

  BeamSearchTest() {
    unicharset_ = *Unicharset::parse(as_bytes("5\nNULL 0 Common\na 3 Latin\nb 3 Latin\nc 3 Latin\nBroken 0 Common\n"));
    recoder_ = *Recoder::parse(test::recoder_bytes({{0}, {1}, {2}, {3}, {4}}), 5, 4);
    const auto words = test::dawg_bytes({{1, 2}, {1, 2, 3}, {3}}, 5);
    const auto punctuation = test::dawg_bytes({{0}}, 5);
    dictionary_ = **Dictionary::create(unicharset_, punctuation, words, std::nullopt);
    scorer_.emplace(*dictionary_);
  }

  /// Each step's probabilities by character; what is not named is 0.
  using Steps = std::vector<std::map<char, float>>;
  static Steps certain(std::string_view codes) {
    Steps steps;
    for (const char code : codes) steps.push_back({{code, 1.0F}});
    return steps;
  }
  static std::vector<float> matrix(const Steps& steps) {
    std::vector<float> values;
    for (const auto& step : steps) {
      for (const char code : {' ', 'a', 'b', 'c', null}) values.push_back(step.count(code) != 0 ? step.at(code) : 0.0F);
    }
    return values;
  }
  DecodedLine read(const Steps& steps, LanguageScorer* scorer) {
    const auto values = matrix(steps);
    BeamSearch search(unicharset_, recoder_, scorer);
    return *search.decode({.values = values, .steps = static_cast<std::int32_t>(steps.size()), .classes = classes});
  }
  DecodedLine freely(const Steps& steps) { return read(steps, nullptr); }
  DecodedLine with_dictionary(const Steps& steps) { return read(steps, &*scorer_); }

  static std::string text(const DecodedLine& line) {
    std::string all;
    for (const auto& word : line.words) all += (all.empty() ? "" : "|") + word.text;
    return all;
  }

  Unicharset unicharset_;
  Recoder recoder_{};
  std::optional<Dictionary> dictionary_;
  std::optional<DictionaryScorer> scorer_;
};

TEST_F(BeamSearchTest, ReadsNothingFromNothing) {
  EXPECT_TRUE(freely({}).words.empty());
  EXPECT_TRUE(freely(certain("----")).words.empty());
  EXPECT_TRUE(with_dictionary(certain("----")).characters.empty());
}

TEST_F(BeamSearchTest, MergesRepetitionsAndDropsNulls) {
  struct Row {
    const char* codes;
    const char* text;
  };
  for (const auto& row : {Row{"a", "a"}, Row{"aaa", "a"}, Row{"a-a", "aa"}, Row{"aab-bba", "abba"}, Row{"-a-b-", "ab"},
                          Row{"ab c", "ab|c"}, Row{" a", " a"}, Row{"a ", "a"}}) {
    EXPECT_EQ(text(freely(certain(row.codes))), row.text) << row.codes;
    EXPECT_EQ(text(with_dictionary(certain(row.codes))), row.text) << row.codes;
  }
}

/// As in the oracle: the second space is a character of the next word, unless the dictionary begins that word anew.
TEST_F(BeamSearchTest, KeepsASecondSpace) {
  EXPECT_EQ(text(freely(certain("ab - c"))), "ab| c");
  EXPECT_EQ(text(with_dictionary(certain("ab - c"))), "ab| |c");
}

TEST_F(BeamSearchTest, CountsAFreePathTwoAndAQuarterTimes) {
  const auto line = freely(certain("-ab-"));
  ASSERT_EQ(line.words.size(), 1U);
  const auto& word = line.words[0];
  const float step = static_cast<float>(-0.085) * 2.25F;
  EXPECT_EQ(word.source, WordSource::network);
  EXPECT_EQ(line.characters[0].certainty, step);
  EXPECT_FLOAT_EQ(line.characters[0].rating, -2 * step) << "the null before it and itself";
  EXPECT_FLOAT_EQ(line.characters[1].rating, -2 * step) << "itself and the null at the end";
  EXPECT_FLOAT_EQ(word.certainty, 7 * step);
  EXPECT_FLOAT_EQ(word.confidence, 100 + 5 * 7 * step);
}

TEST_F(BeamSearchTest, CountsADictionaryPathOnce) {
  const auto line = with_dictionary(certain("-ab- -c"));
  ASSERT_EQ(text(line), "ab|c");
  for (const auto& word : line.words) {
    EXPECT_TRUE(word.in_dictionary());
    EXPECT_FLOAT_EQ(word.certainty, 7 * -0.085F);
  }
  EXPECT_FALSE(line.words[0].leading_space);
  EXPECT_TRUE(line.words[1].leading_space);
}

TEST_F(BeamSearchTest, PrefersADictionaryWordToALittleBetterReading) {
  const Steps steps{{{'a', 1}}, {{'b', .4F}, {'c', .6F}}, {{null, 1}}};
  EXPECT_EQ(text(freely(steps)), "ac");
  EXPECT_EQ(text(with_dictionary(steps)), "ab");
  EXPECT_TRUE(with_dictionary(steps).words[0].in_dictionary());
}

TEST_F(BeamSearchTest, LeavesTheDictionaryForAMuchBetterReading) {
  const Steps steps{{{'a', 1}}, {{'b', .01F}, {'c', .99F}}, {{null, 1}}};
  const auto line = with_dictionary(steps);
  EXPECT_EQ(text(line), "ac");
  EXPECT_EQ(line.words[0].source, WordSource::network);
}

TEST_F(BeamSearchTest, EndsALineOnlyWithAWholeWord) {
  const auto line = with_dictionary(certain("-a-"));
  EXPECT_EQ(text(line), "a");
  EXPECT_FALSE(line.words[0].in_dictionary()) << "only a beginning of \"ab\"";
}

/// "(x + null) x" costs nothing: the step between them reads the same however it is split.
TEST_F(BeamSearchTest, AddsUpTheProbabilitiesOfASplitStep) {
  const auto split =
      freely({{{null, 1}}, {{'a', .5F}, {null, .5F}}, {{'a', 1}}, {{'a', .5F}, {null, .5F}}, {{null, 1}}});
  const auto whole = freely(certain("-aaa-"));
  ASSERT_EQ(text(split), "a");
  EXPECT_FLOAT_EQ(split.words[0].certainty, whole.words[0].certainty);
  const auto between = freely({{{'a', 1}}, {{'a', .3F}, {'b', .3F}, {null, .4F}}, {{'b', 1}}});
  ASSERT_EQ(text(between), "ab");
  EXPECT_LT(between.words[0].certainty, whole.words[0].certainty) << "null is one of the best two";
  const auto rivals = freely({{{'a', 1}}, {{'a', .4F}, {'b', .4F}, {null, .2F}}, {{'b', 1}}});
  ASSERT_EQ(text(rivals), "ab");
  EXPECT_FLOAT_EQ(rivals.words[0].certainty, whole.words[0].certainty);
}

TEST_F(BeamSearchTest, PutsBoundariesHalfWayBetweenCharacters) {
  const auto line = freely(certain("--aa----b--c-"));
  ASSERT_EQ(line.characters.size(), 3U);
  EXPECT_EQ(line.characters[0].step, 2);
  EXPECT_EQ(line.characters[0].begin, 0);
  EXPECT_EQ(line.characters[0].end, 6);  // from 4, where "a" ends, to 8, where "b" begins
  EXPECT_EQ(line.characters[1].begin, 6);
  EXPECT_EQ(line.characters[1].step, 8);
  EXPECT_EQ(line.characters[1].end, 10);
  EXPECT_EQ(line.characters[2].begin, 10);
  EXPECT_EQ(line.characters[2].end, 13);
}

TEST_F(BeamSearchTest, ChargesADoubtfulSpaceToBothWords) {
  const auto line = freely({{{'a', 1}}, {{' ', .6F}, {'c', .4F}}, {{'b', 1}}});
  ASSERT_EQ(text(line), "a|b");
  const float space = static_cast<float>(std::log(.6F) - 0.085) * 2.25F;
  EXPECT_FLOAT_EQ(line.words[0].space_certainty, space);
  EXPECT_FLOAT_EQ(line.words[1].space_certainty, space);
  EXPECT_FLOAT_EQ(line.words[0].certainty, 7 * space);
  EXPECT_EQ(line.words[1].first, 2U);
}

TEST_F(BeamSearchTest, GivesTheSameAgain) {
  BeamSearch search(unicharset_, recoder_, &*scorer_);
  const auto steps = certain("ab-ab c- abc");
  const auto values = matrix(steps);
  const OutputView view{.values = values, .steps = static_cast<std::int32_t>(steps.size()), .classes = classes};
  const auto first = search.decode(view);
  const auto other_values = matrix(certain("ccc"));
  EXPECT_EQ(text(*search.decode({.values = other_values, .steps = 3, .classes = classes})), "c");
  const auto again = search.decode(view);
  EXPECT_EQ(text(*first), "abab|c|abc");
  EXPECT_EQ(text(*again), text(*first));
  EXPECT_EQ(again->words[0].certainty, first->words[0].certainty);
}

TEST_F(BeamSearchTest, RefusesOutputsOfAnotherShape) {
  BeamSearch search(unicharset_, recoder_, nullptr);
  const std::vector<float> values(20, .2F);
  for (const auto& view : {OutputView{.values = values, .steps = 5, .classes = 4},
                           OutputView{.values = values, .steps = 5, .classes = classes},
                           OutputView{.values = values, .steps = -1, .classes = classes},
                           OutputView{.values = values, .steps = 20, .classes = 1}}) {
    EXPECT_EQ(search.decode(view).error().code, ErrorCode::invalid_input);
  }
}

/// Any numbers give some reading whose parts fit together.
TEST_F(BeamSearchTest, StandsAnyNumbers) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> any(-1, 2);
  BeamSearch search(unicharset_, recoder_, &*scorer_);
  for (int round = 0; round < 200; ++round) {
    std::vector<float> values(classes * 40);
    for (auto& value : values) value = round % 2 == 0 ? any(random) : std::floor(any(random) * 4) / 4;
    if (round % 5 == 0) values[static_cast<std::size_t>(round)] = std::nanf("");
    const auto line = search.decode({.values = values, .steps = 40, .classes = classes});
    ASSERT_TRUE(line);
    std::int32_t last = 0;
    for (const auto& character : line->characters) {
      EXPECT_EQ(character.begin, last);
      EXPECT_LE(character.begin, character.step);
      EXPECT_LT(character.step, character.end);
      last = character.end;
    }
    for (const auto& word : line->words) {
      EXPECT_GE(word.size, 1U);
      EXPECT_LE(word.first + word.size, line->characters.size());
      EXPECT_GE(word.confidence, 0);
      EXPECT_LE(word.confidence, 100);
    }
  }
}

}  // namespace
}  // namespace sohoa::ocr::lstm
