#include "ocr/lstm/dictionary.hpp"

#include <gtest/gtest.h>

#include "ocr/lstm/dictionary_scorer.hpp"
#include "tests/unit/ocr_lstm/model_bytes.hpp"

namespace sohoa::ocr::lstm {
namespace {

using test::dawg_bytes;

constexpr std::string_view characters =
    "9\nNULL 0 Common\nx 3 Latin\na 3 Latin\nn 3 Latin\n( 10\n) 10\n, 10\n1 8\n2 8\n";
enum : std::int32_t { any, x, a, n, open, close, comma, one, two, count };

/// Words "an", "a" and "na"; numbers "#", "#,#"; punctuation "w", "(w)", "w,", "(".
class DictionaryTest : public testing::Test {
 protected:
  DictionaryTest() {
    const auto set = Unicharset::parse(as_bytes(characters));
    unicharset_ = *set;
    words_ = dawg_bytes({{a, n}, {a}, {n, a}}, count);
    numbers_ = dawg_bytes({{any}, {any, comma, any}}, count);
    punctuation_ = dawg_bytes({{any}, {open, any, close}, {any, comma}, {open}}, count);
  }

  Dictionary all() { return **Dictionary::create(unicharset_, punctuation_, words_, numbers_); }

  /// What the dictionary says of a word after its last letter.
  static Dictionary::Advance read(const Dictionary& dictionary, const std::vector<std::int32_t>& word) {
    auto positions = dictionary.start();
    std::vector<Dictionary::Position> next;
    Dictionary::Advance result;
    for (const auto letter : word) {
      result = dictionary.advance(positions, letter, next);
      positions = next;
    }
    return result;
  }

  Unicharset unicharset_;
  Bytes words_;
  Bytes numbers_;
  Bytes punctuation_;
};

TEST_F(DictionaryTest, ReadsWordsNumbersAndThePunctuationAroundThem) {
  const auto dictionary = all();
  struct Row {
    const char* name;
    std::vector<std::int32_t> word;
    WordSource source;
    bool may_end;
  };
  for (const auto& row :
       {Row{"a", {a}, WordSource::dictionary, true}, Row{"an", {a, n}, WordSource::dictionary, true},
        Row{"n of na", {n}, WordSource::dictionary, false}, Row{"not a word", {a, a}, WordSource::none, false},
        Row{"unknown letter", {x}, WordSource::none, false}, Row{"an,", {a, n, comma}, WordSource::dictionary, true},
        Row{"an,,", {a, n, comma, comma}, WordSource::none, false},
        Row{"nothing in the word after its comma", {a, comma, n}, WordSource::none, false},
        Row{"( alone", {open}, WordSource::punctuation, true},
        Row{"(an without end", {open, a, n}, WordSource::dictionary, false},
        Row{"(an)", {open, a, n, close}, WordSource::dictionary, true}, Row{"1", {one}, WordSource::number, true},
        Row{"2,", {two, comma}, WordSource::number, true}, Row{"2,1", {two, comma, one}, WordSource::number, true},
        Row{"12", {one, two}, WordSource::none, false}, Row{"(1)", {open, one, close}, WordSource::number, true}}) {
    const auto result = read(dictionary, row.word);
    EXPECT_EQ(result.source, row.source) << row.name;
    EXPECT_EQ(result.may_end, row.may_end) << row.name;
  }
}

TEST_F(DictionaryTest, WorksWithoutEachOfItsGraphs) {
  const auto no_punctuation = **Dictionary::create(unicharset_, std::nullopt, words_, numbers_);
  EXPECT_TRUE(read(no_punctuation, {a, n}).may_end);
  EXPECT_EQ(read(no_punctuation, {a, n, comma}).source, WordSource::none);
  EXPECT_EQ(read(no_punctuation, {one, comma, two}).source, WordSource::number);

  const auto words_alone = **Dictionary::create(unicharset_, punctuation_, words_, std::nullopt);
  EXPECT_TRUE(read(words_alone, {open, a, close}).may_end);
  EXPECT_EQ(read(words_alone, {one}).source, WordSource::none);

  const auto numbers_alone = **Dictionary::create(unicharset_, punctuation_, std::nullopt, numbers_);
  EXPECT_EQ(read(numbers_alone, {a}).source, WordSource::none);
  EXPECT_EQ(read(numbers_alone, {one}).source, WordSource::number);

  EXPECT_FALSE(Dictionary::create(unicharset_, std::nullopt, std::nullopt, std::nullopt)->has_value());
}

TEST_F(DictionaryTest, LetsWordsBeginBareWherePunctuationHasNoPlaceForABareWord) {
  const auto only_brackets = dawg_bytes({{open, any, close}}, count);
  const auto dictionary = **Dictionary::create(unicharset_, only_brackets, words_, numbers_);
  EXPECT_TRUE(read(dictionary, {a, n}).may_end);
  EXPECT_TRUE(read(dictionary, {open, a, n, close}).may_end);
  EXPECT_FALSE(read(dictionary, {open, a, n}).may_end);
}

TEST_F(DictionaryTest, GivesDamagedGraphsAsErrors) {
  const Bytes damaged{1, 2, 3};
  EXPECT_EQ(Dictionary::create(unicharset_, punctuation_, damaged, numbers_).error().code, ErrorCode::invalid_input);
}

TEST_F(DictionaryTest, ScorerRemembersWhatTheDictionarySays) {
  const auto dictionary = all();
  DictionaryScorer scorer(dictionary);
  for (int line = 0; line < 3; ++line) {
    scorer.begin_line();
    const auto opened = scorer.advance(scorer.start(), open);
    EXPECT_EQ(opened.source, WordSource::punctuation);
    const auto word = scorer.advance(opened.next, a);
    EXPECT_EQ(word.source, WordSource::dictionary);
    EXPECT_FALSE(word.may_end);
    const auto closed = scorer.advance(word.next, close);
    EXPECT_TRUE(closed.may_end);
    EXPECT_EQ(scorer.advance(closed.next, a).source, WordSource::none);
    EXPECT_EQ(scorer.advance(scorer.start(), x).source, WordSource::none);
  }
}

}  // namespace
}  // namespace sohoa::ocr::lstm
