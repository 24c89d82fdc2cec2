// Logistic regression, for it is calibrated by itself and its weights can be read: the network's own doubt counts most,
// then how near the next reading comes once the language has spoken. Digits and lone marks have no language to vouch
// for them, and keep the network's doubt in full.
//
// Fitted on synthetic pages and rasters of word-processor pages, but for three weights. The first is .3 below the
// fitted one: an officer is asked about as many words as before the rivals told so much, and fewer wrong ones pass.
// Those of lone marks and of marks at a word are held at 3.3 and .89: transcripts of synthetic pages lack some words of
// stamps, and weights fitted on that doubt every "- Lưu:".

#include "ocr/language/word_features.hpp"

#include <algorithm>
#include <cmath>

#include "pipeline/text/unicode.hpp"

namespace sohoa::ocr::language {
namespace {

/// What the word is made of.
struct Make {
  bool letters = false, digits = false, capitals = true, sentence_marks = false, single = false;
};

Make make_of(std::string_view text) {
  Make make;
  const auto points = text::code_points(text);
  make.single = points.size() == 1;
  for (const auto c : points) {
    make.letters = make.letters || text::is_letter(c);
    make.digits = make.digits || text::is_digit(c);
    make.capitals = make.capitals && (!text::is_letter(c) || text::is_upper(c));
    make.sentence_marks = make.sentence_marks || std::u32string_view(U",.;:").find(c) != std::u32string_view::npos;
  }
  make.capitals = make.capitals && make.letters;
  return make;
}

/// The logarithm of the odds against the network's worst character.
float doubt_of(float confidence) {
  const float worst = std::min(std::exp((confidence - 100) / 35), 0.98F);  // Tesseract: 100 + 5 * 7 * its logarithm
  return std::log((1 - worst) / worst);
}

template <std::size_t n>
float logistic(const std::array<float, n>& features, const std::array<float, n>& weights) {
  float sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += features[i] * weights[i];
  return 1 / (1 + std::exp(-sum));
}

float number(bool yes) {
  return yes ? 1 : 0;
}

}  // namespace

std::array<float, language_features> with_language(const WordFeatures& word) {
  const auto make = make_of(word.text);
  const auto doubt = doubt_of(word.confidence);
  return {1,
          std::clamp(word.best_rival, -10.0F, 4.0F),
          std::clamp(word.best_odds, -10.0F, 0.0F),
          doubt,
          number(word.unknown),
          number(make.digits),
          number(!make.digits && !make.letters),
          number(make.digits && make.letters),
          number(make.single),
          std::max(word.likelihood, -30.0F) / 10,
          number(word.chosen),
          word.unknown ? doubt : 0,
          make.digits ? doubt : 0,
          number(make.capitals),
          number(make.sentence_marks)};
}

std::array<float, plain_features> without_language(const WordFeatures& word) {
  const auto make = make_of(word.text);
  const auto doubt = doubt_of(word.confidence);
  return {1,
          doubt,
          number(make.digits),
          number(!make.digits && !make.letters),
          number(make.digits && make.letters),
          number(make.single),
          make.digits ? doubt : 0,
          number(make.sentence_marks)};
}

float certainty_with_language(const WordFeatures& word) {
  constexpr std::array<float, language_features> weights{1.06F,  -0.29F, -0.22F, -0.91F, 0.44F,  -1.87F, 3.30F, 2.96F,
                                                         -2.73F, 1.28F,  0.11F,  -0.38F, -0.30F, -0.24F, 0.89F};
  constexpr float of_guess = 0.95F;  // of 20 on real pages 19 are right
  const auto certainty = logistic(with_language(word), weights);
  return word.guessed ? std::min(certainty, of_guess) : certainty;
}

float certainty_without_language(const WordFeatures& word) {
  constexpr std::array<float, plain_features> weights{1.54F, -1.84F, -1.28F, 3.04F, 0.66F, -2.35F, -0.08F, -0.57F};
  return logistic(without_language(word), weights);
}

}  // namespace sohoa::ocr::language
