// A noisy channel: P(reading | image, neighbours) ~ P(image | reading) * P(reading | neighbours). The first factor's
// ratio is the network's odds. They are too bold (weight 1.3), and a reading must be better by e^2 to be preferred:
// on 15 real pages with 172 wrong words this mends 62 and spoils 3, on 27 rasters of word-processor pages 67 of 194 and
// 1. Marks are what it mends: "chi" (to spend) is read as "chỉ" (to point) by the model with confidence 97, and one
// neighbour tells which of the two it is.

#include "ocr/language/choose_words.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "ocr/language/tokens.hpp"
#include "pipeline/model/review.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::ocr::language {
namespace {

constexpr float network_weight = 1.3F;
constexpr float least_gain = 2;
constexpr float least_odds = -8;       // the network's; below, it saw nothing
constexpr std::size_t most_shown = 3;  // alternatives of a doubtful word
constexpr float least_shown = -6;      // odds of one that is worth showing

using Tokens = std::vector<Token>;

Tokens tokens_in(const std::string& word, const SyllableModel& model) {
  Tokens tokens;
  for (const auto& piece : tokens_of(word)) tokens.push_back(model.token(piece));
  return tokens;
}

/// What a word is for the choice.
enum class Shape { letters, abbreviation, other };

/// Letters in one run, marks before and after allowed.
Shape shape_of(const std::string& word) {
  constexpr std::size_t longest_abbreviation = 5;
  std::size_t letters = 0, runs = 0;
  bool capitals = true, in_run = false;
  for (const auto c : text::code_points(word)) {
    if (text::is_digit(c)) return Shape::other;
    const bool letter = text::is_letter(c);
    if (letter && !in_run) ++runs;
    in_run = letter;
    letters += letter ? 1 : 0;
    capitals = capitals && (!letter || text::is_upper(c));
  }
  if (runs != 1) return Shape::other;
  return capitals && letters <= longest_abbreviation ? Shape::abbreviation : Shape::letters;
}

/// A block's words between which the language is asked.
class Sentence {
 public:
  Sentence(const SyllableModel& model, Block& block) : model_(model) {
    for (auto& line : block.lines) {
      for (auto& word : line.words) {
        words_.push_back(&word);
        tokens_.push_back(tokens_in(word.text, model));
      }
    }
  }

  [[nodiscard]] const std::vector<Word*>& words() const { return words_; }
  [[nodiscard]] const Tokens& tokens(std::size_t i) const { return tokens_[i]; }
  void replace(std::size_t i, Tokens tokens) { tokens_[i] = std::move(tokens); }

  /// Logarithm of the probability of these tokens, and of the next word after them, in the place of word `i`.
  [[nodiscard]] float likelihood(std::size_t i, const Tokens& tokens) const {
    auto before = i == 0 ? model_.token(line_start) : last(tokens_[i - 1]);
    float sum = 0;
    for (const auto token : tokens) {
      sum += model_.log_probability(token, before);
      before = token;
    }
    const auto next = i + 1 == words_.size() ? model_.token(line_end) : first(tokens_[i + 1]);
    return sum + model_.log_probability(next, before);
  }

 private:
  [[nodiscard]] Token last(const Tokens& tokens) const { return tokens.empty() ? model_.unknown() : tokens.back(); }
  [[nodiscard]] Token first(const Tokens& tokens) const { return tokens.empty() ? model_.unknown() : tokens.front(); }

  const SyllableModel& model_;
  std::vector<Word*> words_;
  std::vector<Tokens> tokens_;
};

/// An alternative with what speaks for it.
struct Candidate {
  std::string text;
  Tokens tokens;
  float odds = 0;   ///< the network's
  float score = 0;  ///< network and language, over the word as it was read
};

bool may_replace(const Candidate& candidate, const std::string& read, Shape shape, const SyllableModel& model) {
  if (shape == Shape::other || shape_of(candidate.text) == Shape::other) return false;
  if (candidate.odds < least_odds || candidate.score < least_gain) return false;
  if (std::find(candidate.tokens.begin(), candidate.tokens.end(), model.unknown()) != candidate.tokens.end()) {
    return false;
  }
  return shape != Shape::abbreviation || text::without_marks(candidate.text) == text::without_marks(read);
}

/// The alternatives worth an officer's look, over the word as it stands now.
std::vector<Alternative> shown(std::vector<Candidate> candidates, float of_chosen) {
  std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  std::vector<Alternative> result;
  for (auto& candidate : candidates) {
    const auto odds = candidate.score - of_chosen;
    if (result.size() == most_shown || odds < least_shown) break;
    result.push_back({std::move(candidate.text), odds});
  }
  return result;
}

void choose(Sentence& sentence, std::size_t i, const SyllableModel& model, const WatchWords& watch) {
  Word& word = *sentence.words()[i];
  const auto shape = shape_of(word.text);
  WordFeatures features;
  features.confidence = word.confidence;
  features.likelihood = sentence.likelihood(i, sentence.tokens(i));
  std::vector<Candidate> candidates;
  for (auto& other : word.alternatives) {
    Candidate candidate{text::nfc(other.text), {}, other.odds, 0};
    candidate.tokens = tokens_in(candidate.text, model);
    candidate.score = network_weight * other.odds + sentence.likelihood(i, candidate.tokens) - features.likelihood;
    features.best_odds = std::max(features.best_odds, other.odds);
    candidates.push_back(std::move(candidate));
  }
  float of_chosen = 0;
  std::optional<std::size_t> best;
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    if (!may_replace(candidates[k], word.text, shape, model) || candidates[k].score <= of_chosen) continue;
    best = k;
    of_chosen = candidates[k].score;
  }
  if (best) {
    std::swap(word.text, candidates[*best].text);
    features.likelihood = sentence.likelihood(i, candidates[*best].tokens);
    features.chosen = true;
    sentence.replace(i, std::move(candidates[*best].tokens));
    candidates[*best].score = 0;  // it holds what was read now
  }
  for (const auto& candidate : candidates) {
    features.best_rival = std::max(features.best_rival, candidate.score - of_chosen);
  }
  const auto& tokens = sentence.tokens(i);
  features.unknown = std::find(tokens.begin(), tokens.end(), model.unknown()) != tokens.end();
  features.text = word.text;
  word.certainty = certainty_with_language(features);
  word.alternatives.clear();
  if (is_doubtful(word)) word.alternatives = shown(std::move(candidates), of_chosen);
  if (watch) watch(word, features);
}

}  // namespace

void choose_words(std::vector<Block>& blocks, const SyllableModel& model, const WatchWords& watch) {
  for (auto& block : blocks) {
    Sentence sentence(model, block);
    for (std::size_t i = 0; i < sentence.words().size(); ++i) choose(sentence, i, model, watch);
  }
}

void rate_words(std::vector<Block>& blocks, const WatchWords& watch) {
  for (auto& block : blocks) {
    for (auto& line : block.lines) {
      for (auto& word : line.words) {
        WordFeatures features;
        features.confidence = word.confidence;
        features.text = word.text;
        word.certainty = certainty_without_language(features);
        word.alternatives.clear();
        if (watch) watch(word, features);
      }
    }
  }
}

}  // namespace sohoa::ocr::language
