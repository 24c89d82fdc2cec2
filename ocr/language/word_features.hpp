#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace sohoa::ocr::language {

/// What tells a word that was read right from one that was not.
struct WordFeatures {
  float confidence = 0;    ///< 0..100, Tesseract's scale
  float best_odds = -12;   ///< the network's, of the likeliest alternative
  float best_rival = -12;  ///< network and language together, of the likeliest alternative; below 0
  float likelihood = 0;    ///< natural logarithm of the word's probability between its neighbours
  bool chosen = false;     ///< an alternative was put in its place
  bool guessed = false;    ///< of which the network saw no trace
  bool unknown = false;    ///< has letters that are no known syllable
  std::string_view text;   ///< NFC; the word's own
};

/// The features as numbers, each of the size of some units; the first is 1. For the certainty of a word whose
/// alternatives are known and whose language is.
inline constexpr std::size_t language_features = 15;
[[nodiscard]] std::array<float, language_features> with_language(const WordFeatures& word);
/// The same for a word of which nothing but its confidence is known.
inline constexpr std::size_t plain_features = 8;
[[nodiscard]] std::array<float, plain_features> without_language(const WordFeatures& word);

/// The probability (0..1) that the word is right. Weights fitted by tests/bench/certainty.py.
[[nodiscard]] float certainty_with_language(const WordFeatures& word);
[[nodiscard]] float certainty_without_language(const WordFeatures& word);

}  // namespace sohoa::ocr::language
