// A noisy channel: P(reading | image, neighbours) ~ P(image | reading) * P(reading | neighbours). The first factor's
// ratio is the network's odds. They are too bold (weight 1.3), and a reading must be better by e^2 to be preferred.
// Hooks are another matter: where they are blurred "bổ" looks like "bố", and the network is sure of it at e^-5 to e^-10
// against. Fitted on degraded pages and on rasters of word-processor pages, its odds count .85 there, or less.
// Syllables of names follow each other as they like: there a reading must be better by e^10, by e^6 where the model
// knows the pair ("Cao Bằng").
//
// Where a word is strange between its neighbours the language also proposes other marks for one of its letters, of
// which the network saw no trace, at the price of odds of e^-12. Such a word is mended only where nothing else makes
// sense, and is doubtful then; mostly its rival just makes it doubtful.
//
// On 15 real pages with 192 wrong words this mends 85 and spoils 4, on 27 rasters of word-processor pages 145 of 306
// and 2. Marks are what it mends: "chi" (to spend) is read as "chỉ" (to point) by the model with confidence 97, and one
// neighbour tells which of the two it is.

#include "ocr/language/choose_words.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "ocr/language/confusion.hpp"
#include "ocr/language/letters.hpp"
#include "ocr/language/other_marks.hpp"
#include "ocr/language/tokens.hpp"
#include "pipeline/model/review.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::ocr::language {
namespace {

constexpr float network_weight = 1.3F, weight_of_hook = 0.85F;
constexpr float bonus_of_hook = 1;
constexpr float least_gain = 2, least_gain_of_known_name = 6, least_gain_of_name = 10;
constexpr float no_trace = -12;        // odds of marks of which the network saw nothing
constexpr float strange = -15;         // likelihood of a word for which the language looks further
constexpr float least_proposed = -6;   // score
constexpr std::size_t most_shown = 3;  // alternatives of a doubtful word
constexpr float least_shown = -6;      // odds of one that is worth showing

using Tokens = std::vector<Token>;

Tokens tokens_in(const std::string& word, const SyllableModel& model) {
  Tokens tokens;
  for (const auto& piece : tokens_of(word)) tokens.push_back(model.token(piece));
  return tokens;
}

/// What a word is for the choice.
enum class Shape : std::uint8_t { letters, abbreviation, other };

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

/// The first of its letters is a capital, and not all are.
bool is_capitalised(const std::string& word) {
  std::size_t letters = 0, capitals = 0;
  bool first = false;
  for (const auto c : text::code_points(word)) {
    if (!text::is_letter(c)) continue;
    const bool capital = text::is_upper(c);
    if (letters++ == 0) first = capital;
    capitals += capital ? 1 : 0;
  }
  return first && capitals < letters;
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
  /// How much better these tokens must be than word `i`. Where it and one beside it are capitalised with no mark
  /// between they may make a name: one that the model knows ("Cao Bằng"), or else any.
  [[nodiscard]] float least_gain_of(std::size_t i, const Tokens& tokens) const {
    const bool after = i + 1 < words_.size() && goes_on(i), before = i > 0 && goes_on(i - 1);
    if (!after && !before) return least_gain;
    const bool known = (after && model_.is_known_pair(last(tokens), first(tokens_[i + 1]))) ||
                       (before && model_.is_known_pair(last(tokens_[i - 1]), first(tokens)));
    return known ? least_gain_of_known_name : least_gain_of_name;
  }
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
  /// Whether word `i` and the next are capitalised, with no mark between.
  [[nodiscard]] bool goes_on(std::size_t i) const {
    return is_capitalised(words_[i]->text) && text::is_letter(text::code_points(words_[i]->text).back()) &&
           is_capitalised(words_[i + 1]->text);
  }
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
  float score = 0;       ///< network and language, over the word as it was read
  bool guessed = false;  ///< the network saw no trace of it
};

/// What the network says of it.
float evidence(float odds, Confusion confusion) {
  return confusion == Confusion::hook ? weight_of_hook * odds + bonus_of_hook : network_weight * odds;
}

bool may_replace(const Candidate& candidate, const Sentence& sentence, std::size_t i, const SyllableModel& model) {
  if (candidate.score < least_gain) return false;  // most
  if (candidate.score < sentence.least_gain_of(i, candidate.tokens)) return false;
  if (std::find(candidate.tokens.begin(), candidate.tokens.end(), model.unknown()) != candidate.tokens.end()) {
    return false;
  }
  if (candidate.tokens == sentence.tokens(i)) return false;  // the language knows no capitals
  const auto& read = sentence.words()[i]->text;
  const auto shape = shape_of(read);
  if (shape == Shape::other || shape_of(candidate.text) == Shape::other) return false;
  return shape != Shape::abbreviation || text::without_marks(candidate.text) == text::without_marks(read);
}

/// What the language proposes though the network saw no trace of it: the word with other marks on one of its letters.
void propose(const Sentence& sentence, std::size_t i, float likelihood, const SyllableModel& model,
             std::vector<Candidate>& candidates) {
  if (likelihood > strange) return;
  const auto& read = sentence.words()[i]->text;
  if (shape_of(read) != Shape::letters) return;
  auto points = text::code_points(read);
  const auto begin = std::find_if(points.begin(), points.end(), text::is_letter) - points.begin();
  const auto end = points.rend() - std::find_if(points.rbegin(), points.rend(), text::is_letter);
  const auto syllable =
      std::u32string_view(points).substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  auto tokens = sentence.tokens(i);
  const auto run = static_cast<std::size_t>(begin);  // a mark is a token
  if (run >= tokens.size()) return;
  for (const auto& other : with_other_marks(syllable, model)) {
    tokens[run] = other.token;
    const auto score = evidence(no_trace, other.confusion) + sentence.likelihood(i, tokens) - likelihood;
    if (score < least_proposed) continue;
    auto& letter = points[run + other.at];
    const auto was = letter;
    letter = text::is_upper(was) ? capital_of(other.letter) : other.letter;
    auto text = text::utf8(points);
    letter = was;
    const auto same = [&](const Candidate& known) { return known.text == text; };
    if (std::find_if(candidates.begin(), candidates.end(), same) != candidates.end()) continue;
    candidates.push_back({std::move(text), tokens, score, true});
  }
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
  WordFeatures features;
  features.confidence = word.confidence;
  features.likelihood = sentence.likelihood(i, sentence.tokens(i));
  std::vector<Candidate> candidates;
  for (auto& other : word.alternatives) {
    Candidate candidate;
    candidate.text = text::nfc(other.text);
    candidate.tokens = tokens_in(candidate.text, model);
    candidate.score = evidence(other.odds, confusion_of(word.text, candidate.text)) +
                      sentence.likelihood(i, candidate.tokens) - features.likelihood;
    features.best_odds = std::max(features.best_odds, other.odds);
    candidates.push_back(std::move(candidate));
  }
  propose(sentence, i, features.likelihood, model, candidates);
  float of_chosen = 0;
  std::optional<std::size_t> best;
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    if (candidates[k].score <= of_chosen || !may_replace(candidates[k], sentence, i, model)) continue;
    best = k;
    of_chosen = candidates[k].score;
  }
  if (best) {
    std::swap(word.text, candidates[*best].text);
    features.likelihood = sentence.likelihood(i, candidates[*best].tokens);
    features.chosen = true;
    features.guessed = candidates[*best].guessed;
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
