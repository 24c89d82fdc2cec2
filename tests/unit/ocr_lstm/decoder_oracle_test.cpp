// The decoder with the installed Vietnamese model: against what Tesseract 5.3.0 made of the same network outputs, and
// against damaged components.
//
// data/decoded_lines.bin holds lines of clean, noisy and scanned pages, one after the other, little endian: `u8` with
// dictionary, `u32` steps and for each `i32 a, b`, `f32` their probabilities and the null code's; `u32` words and for
// each `u32 length` + UTF-8, `u8` permuter, `u8` space before it, `f32` certainty of the spaces, of the word, and its
// confidence, `u32` characters and for each `i32` id, begin, end, `f32` certainty, rating.

#include <gtest/gtest.h>

#include <optional>
#include <random>

#include "ocr/lstm/beam_search.hpp"
#include "ocr/lstm/byte_reader.hpp"
#include "ocr/lstm/dictionary.hpp"
#include "ocr/lstm/dictionary_scorer.hpp"
#include "ocr/lstm/traineddata.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa::ocr::lstm {
namespace {

constexpr std::int32_t null_code = 268;

class DecoderOracleTest : public testing::Test {
 protected:
  DecoderOracleTest() {
    auto data = TrainedData::load(SOHOA_VIE_MODEL);
    EXPECT_TRUE(data) << SOHOA_VIE_MODEL;
    data_.emplace(std::move(*data));
    unicharset_ = *Unicharset::parse(part(Component::unicharset));
    recoder_ = *Recoder::parse(part(Component::recoder), unicharset_.size(), null_code);
    dictionary_ = *Dictionary::create(unicharset_, part(Component::punctuation_dawg), part(Component::word_dawg),
                                      part(Component::number_dawg));
    scorer_.emplace(*dictionary_);
  }
  [[nodiscard]] ByteView part(Component which) const { return *data_->component(which); }

  [[nodiscard]] std::vector<std::int32_t> ids_of(std::string_view text) const {
    std::vector<std::int32_t> ids;
    while (!text.empty()) {
      for (std::int32_t id = 0; id < unicharset_.size(); ++id) {
        if (!text.starts_with(unicharset_.utf8(id))) continue;
        ids.push_back(id);
        text.remove_prefix(unicharset_.utf8(id).size());
        break;
      }
    }
    return ids;
  }
  LanguageScorer::Move read(std::string_view word) {
    LanguageScorer::Move move;
    auto state = scorer_->start();
    for (const auto id : ids_of(word)) {
      move = scorer_->advance(state, id);
      if (move.source == WordSource::none) return {};
      state = move.next;
    }
    return move;
  }

  std::optional<TrainedData> data_;
  Unicharset unicharset_;
  Recoder recoder_{};
  std::optional<Dictionary> dictionary_;
  std::optional<DictionaryScorer> scorer_;
};

template <typename T>
T take(ByteReader& in) {
  return in.read<T>().value_or(T{});
}

std::vector<StepOutputs> take_steps(ByteReader& in) {
  std::vector<StepOutputs> steps(take<std::uint32_t>(in));
  for (auto& step : steps) {
    step.a = take<std::int32_t>(in);
    step.b = take<std::int32_t>(in);
    step.a_probability = take<float>(in);
    step.b_probability = take<float>(in);
    step.null_probability = take<float>(in);
  }
  return steps;
}

void expect_word(ByteReader& in, const DecodedWord& word, const DecodedLine& line) {
  EXPECT_EQ(*in.string(), word.text);
  EXPECT_EQ(take<std::uint8_t>(in), static_cast<std::uint8_t>(word.source)) << word.text;
  EXPECT_EQ(take<std::uint8_t>(in) != 0, word.leading_space) << word.text;
  EXPECT_EQ(take<float>(in), word.space_certainty) << word.text;
  EXPECT_EQ(take<float>(in), word.certainty) << word.text;
  EXPECT_EQ(take<float>(in), word.confidence) << word.text;
  ASSERT_EQ(take<std::uint32_t>(in), word.size) << word.text;
  for (std::uint32_t i = 0; i < word.size; ++i) {
    const auto& character = line.characters[word.first + i];
    EXPECT_EQ(take<std::int32_t>(in), character.unichar) << word.text;
    EXPECT_EQ(take<std::int32_t>(in), character.begin) << word.text;
    EXPECT_EQ(take<std::int32_t>(in), character.end) << word.text;
    EXPECT_EQ(take<float>(in), character.certainty) << word.text;
    EXPECT_EQ(take<float>(in), character.rating) << word.text;
  }
}

TEST_F(DecoderOracleTest, EqualsTesseractToTheBit) {
  const auto file = read_file(SOHOA_SOURCE_DIR "/tests/unit/ocr_lstm/data/decoded_lines.bin", 1U << 20U);
  ASSERT_TRUE(file);
  BeamSearch with_dictionary(unicharset_, recoder_, &*scorer_);
  BeamSearch without(unicharset_, recoder_, nullptr);
  int lines = 0;
  for (ByteReader in(*file); !in.at_end(); ++lines) {
    auto& search = take<std::uint8_t>(in) != 0 ? with_dictionary : without;
    const auto line = search.decode(take_steps(in));
    ASSERT_EQ(take<std::uint32_t>(in), line.words.size()) << "line " << lines;
    for (const auto& word : line.words) {
      ASSERT_NO_FATAL_FAILURE(expect_word(in, word, line)) << "line " << lines;
    }
  }
  EXPECT_GE(lines, 30);
}

TEST_F(DecoderOracleTest, ReadsTheModelsCharactersAndWords) {
  EXPECT_EQ(unicharset_.size(), 270);
  EXPECT_EQ(recoder_.code_range(), 269);
  EXPECT_EQ(recoder_.unichar(0), space_unichar);
  EXPECT_TRUE(unicharset_.is_language_space_delimited());
  EXPECT_TRUE(unicharset_.is_digit(ids_of("7").at(0)));
  EXPECT_EQ(read("đường").source, WordSource::dictionary);
  EXPECT_TRUE(read("đường").may_end);
  EXPECT_TRUE(read("(nghị").source == WordSource::dictionary);
  EXPECT_EQ(read("2026").source, WordSource::number);
  EXPECT_EQ(read("đưxq").source, WordSource::none);
}

/// The remembered automaton and the graphs say the same, also while it grows and after it had to start over.
TEST_F(DecoderOracleTest, ScorerEqualsItsDictionary) {
  scorer_.emplace(*dictionary_, 20'000);
  std::mt19937 random(11);
  std::uniform_int_distribution<std::int32_t> any(1, unicharset_.size() - 1);
  std::vector<Dictionary::Position> next;
  int moves = 0;
  for (int line = 0; line < 60; ++line) {
    scorer_->begin_line();
    for (int word = 0; word < 60; ++word) {
      auto positions = dictionary_->start();
      auto state = scorer_->start();
      for (int length = 0; length < 12; ++length) {
        // Most letters lead nowhere: those that go on are looked for.
        std::optional<LanguageScorer::Move> went;
        for (int attempt = 0; attempt < 40 && !went; ++attempt) {
          const auto letter = any(random);
          const auto expected = dictionary_->advance(positions, letter, next);
          const auto move = scorer_->advance(state, letter);
          ++moves;
          ASSERT_EQ(move.source, expected.source);
          if (move.source == WordSource::none) continue;
          ASSERT_EQ(move.may_end, expected.may_end);
          went = move;
        }
        if (!went) break;
        positions = next;
        state = went->next;
      }
    }
  }
  EXPECT_GT(moves, 100'000) << "several times what the scorer remembers";
}

/// Cut short or changed anywhere, a component gives an Error or something that can be used.
TEST_F(DecoderOracleTest, StandsDamagedComponents) {
  std::mt19937 random(5);
  std::vector<float> values(269 * 12);
  std::uniform_real_distribution<float> probability(0, 1);
  for (auto& value : values) value = probability(random);
  const auto use = [&](ByteView unichars, ByteView codes, ByteView punctuation, ByteView words, ByteView numbers) {
    const auto set = Unicharset::parse(unichars);
    if (!set) return;
    const auto recoder = Recoder::parse(codes, set->size(), null_code);
    if (!recoder) return;
    const auto dictionary = Dictionary::create(*set, punctuation, words, numbers);
    if (!dictionary || !*dictionary) return;
    DictionaryScorer scorer(**dictionary);
    BeamSearch search(*set, *recoder, &scorer);
    const auto line = search.decode({.values = values, .steps = 12, .classes = 269});
    if (line) {
      EXPECT_LE(line->words.size(), 12U);
    }
  };
  const std::array which{Component::unicharset, Component::recoder, Component::punctuation_dawg, Component::word_dawg,
                         Component::number_dawg};
  for (int round = 0; round < 500; ++round) {
    std::array<Bytes, which.size()> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto whole = part(which[i]);
      parts[i].assign(whole.begin(), whole.end());
    }
    auto& damaged = parts[static_cast<std::size_t>(round) % parts.size()];
    if (round % 3 == 0) {
      damaged.resize(random() % damaged.size());
    } else {
      for (int i = 0; i < 1 + round % 8; ++i) {
        const auto at =
            round % 2 == 0 ? random() % damaged.size() : random() % std::min<std::size_t>(damaged.size(), 64);
        damaged[at] = static_cast<std::uint8_t>(random());
      }
    }
    use(parts[0], parts[1], parts[2], parts[3], parts[4]);
  }
}

}  // namespace
}  // namespace sohoa::ocr::lstm
