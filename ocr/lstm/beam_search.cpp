// A beam search over the outputs of a CTC network, with Tesseract 5.3.0's rules, since the result must be equal to the
// bit. For each step only the two best classes and the null code are considered. A path is extended by repeating its
// code, or by a code unlike it; its score is the sum of log p - 0.085 over its steps. Two families of paths run side by
// side, five of a kind kept: free paths, each step of which counts 2.25 times, and dictionary paths, each step of which
// needs log p - 0.085 > -25/7. At a change of classes the probabilities of the neighbours may be added up, where every
// way to split the step between them reads the same: "(x + null)" must then be followed by x alone or preceded by it.
// Hence the three beams of a family: followed by anything; by the same code only; by anything but the same code. Paths
// with the same codes, source and place before a word are one, the better remains.
//
// Null is always one of the classes considered and each of a path's codes may be followed by it, so that the free beam
// "anything" is never empty, and the oracle's way out, to go on with less likely classes, is never taken here.
//
// What differs from the oracle is only how: the last character of a path is kept in its node, not searched backwards;
// certainties are worked out once a step; the dictionary is not asked about paths that a full beam would refuse; and
// no "same code only" nodes are made where the next step's best have none of their codes, for nothing could follow
// them. Typical of scans: 9 free paths and 3 in the dictionary live, 22 are offered a step (mean).

#include "ocr/lstm/beam_search.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "ocr/lstm/line_reading.hpp"

namespace sohoa::ocr::lstm {
namespace {

/// Natural logarithms of probabilities from here on.
constexpr float least_certainty = -20.0F;
constexpr double certainty_offset = -0.085;  ///< favours short paths, and by the factor below the dictionary
constexpr float free_factor = 2.25F;         ///< handicap of paths outside the dictionary
constexpr float least_in_dictionary = -25.0F / 7.0F;

float certainty_of(float probability) {
  static const float least_probability = std::exp(least_certainty);
  const float logarithm = probability > least_probability ? std::log(probability) : least_certainty;
  return static_cast<float>(logarithm + certainty_offset);
}

}  // namespace

BeamSearch::BeamSearch(const Unicharset& unicharset, const Recoder& recoder, LanguageScorer* scorer)
    : unicharset_(unicharset),
      recoder_(recoder),
      scorer_(scorer),
      null_code_(recoder.null_code()),
      space_delimited_(unicharset.is_language_space_delimited()) {}

Result<DecodedLine> BeamSearch::decode(const OutputView& outputs) {
  if (!outputs.is_whole() || outputs.classes < 2 || outputs.classes < recoder_.code_range()) {
    return Error{ErrorCode::invalid_input, "network outputs of another shape than the recoder's"};
  }
  reduce(outputs, null_code_, reduced_);
  return decode(reduced_);
}

DecodedLine BeamSearch::decode(std::span<const StepOutputs> steps) {
  if (steps.empty()) return {};
  constexpr std::size_t most_nodes = 2 * follows * WorstFirstHeap::width;
  trace_.restart(steps.size() * most_nodes);
  if (scorer_ != nullptr) scorer_->begin_line();
  now_ = steps_.data();
  before_ = &steps_[1];
  constexpr StepOutputs nothing{.a = -1, .b = -1};
  for (std::size_t t = 0; t < steps.size(); ++t) {
    choose(steps[t], t + 1 < steps.size() ? steps[t + 1] : nothing);
    run_step(t == 0);
    keep_step();
    std::swap(now_, before_);
  }
  trace_.path_to(best_end(), path_);
  return read_path(path_, unicharset_);
}

void BeamSearch::choose(const StepOutputs& outputs, const StepOutputs& next) {
  choice_count_ = 0;
  keeps_only_same_ = false;
  rivals_are_codes_ = !outputs.has(null_code_);
  add_choice(outputs, outputs.a, outputs.a_probability, outputs.b_probability);
  add_choice(outputs, outputs.b, outputs.b_probability, outputs.a_probability);
  if (rivals_are_codes_) add_choice(outputs, null_code_, outputs.null_probability, 0);
  for (std::size_t i = 0; i < choice_count_; ++i) {
    const auto& choice = choices_[i];
    if (choice.is_new && !choice.is_null && next.has(choice.code)) keeps_only_same_ = true;
  }
}

/// Keeps the choices in the recoder's order, in which the oracle tries them.
void BeamSearch::add_choice(const StepOutputs& outputs, std::int32_t code, float probability, float rival_probability) {
  const auto order = recoder_.order(code);
  if (order < 0) return;
  const auto certainty = [](float p) {
    const float plain = certainty_of(p);
    return Certainty{.by_family = {plain * free_factor, plain}, .in_dictionary = plain > least_in_dictionary};
  };
  auto at = choice_count_++;
  for (; at > 0 && order < choices_[at - 1].order; --at) choices_[at] = choices_[at - 1];
  auto& choice = choices_[at];
  choice.code = code;
  choice.unichar = recoder_.unichar(code);
  choice.order = order;
  choice.is_null = code == null_code_;
  choice.alone = certainty(probability);
  choice.is_new = choice.is_null || !(choice.alone.by_family[dictionary] < least_certainty);
  choice.starts_words = scorer_ != nullptr && choice.unichar != no_unichar &&
                        (choice.unichar == space_unichar || !unicharset_.is_space_delimited(choice.unichar));
  if (choice.is_null) return;
  const float with_null = probability + outputs.null_probability;
  choice.with_null = certainty(with_null);
  if (rivals_are_codes_) choice.with_rival = certainty(with_null + rival_probability);
}

void BeamSearch::run_step(bool first) {
  now_->clear();
  if (first) {
    extend<free>(root_, anything);
    if (scorer_ != nullptr) extend<dictionary>(root_, anything);
    return;
  }
  extend_beams<free>();
  if (scorer_ == nullptr) return;
  extend_beams<dictionary>();
  for (std::size_t follow = 0; follow < follows; ++follow) {
    if (!now_->has_word_start[follow]) continue;
    const auto& start = now_->word_start[follow];
    auto& beam = now_->beams[dictionary][follow];
    if (!beam.accepts(start.score)) continue;
    if (auto* node = beam.admit(start.score, start.code, start.path_hash, start.point.source, true)) *node = start;
  }
}

/// The order, backwards through each heap, decides between equal scores.
template <BeamSearch::Family family>
void BeamSearch::extend_beams() {
  for (const auto follow : {anything, only_same, other}) {
    const auto& beam = before_->beams[family][follow];
    for (int place = beam.size() - 1; place >= 0; --place) extend<family>(beam[place], follow);
  }
}

template <BeamSearch::Family family>
void BeamSearch::extend(const Node& previous, Follow follow) {
  const bool is_null = previous.code == null_code_;
  const Choice* same = nullptr;
  for (std::size_t i = 0; i < choice_count_; ++i) {
    if (choices_[i].code == previous.code) same = &choices_[i];
  }
  if (same != nullptr && follow != other) {
    repeat<family>(previous, same->alone, anything);
    if (follow == anything && !is_null) repeat<family>(previous, same->with_null, other);
  }
  if (follow == only_same) return;
  // Both of the best two, neither of them null: then their and null's probabilities may all be added up.
  const bool after_rival = rivals_are_codes_ && follow == anything && same != nullptr && !is_null;
  for (std::size_t i = 0; i < choice_count_; ++i) {
    const auto& choice = choices_[i];
    if (!choice.is_new || &choice == same) continue;
    add<family>(choice, choice.alone, previous, anything);
    if (choice.is_null || !keeps_only_same_) continue;
    add<family>(choice, after_rival ? choice.with_rival : choice.with_null, previous, only_same);
  }
}

template <BeamSearch::Family family>
void BeamSearch::repeat(const Node& previous, const Certainty& certainty, Follow follow) {
  const float used = certainty.by_family[family];
  if (family == dictionary ? !certainty.in_dictionary : used < least_certainty && previous.code != null_code_) return;
  const float score = used + previous.score;
  auto& beam = now_->beams[family][follow];
  if (!beam.accepts(score)) return;
  auto* node = beam.admit(score, previous.code, previous.path_hash, previous.point.source, false);
  if (node == nullptr) return;
  node->score = score;
  node->code = previous.code;
  node->path_hash = previous.path_hash;
  node->tail = previous.tail;
  node->point = {.previous = previous.place,
                 .certainty = used,
                 .unichar = previous.point.unichar,
                 .source = previous.point.source,
                 .repeats = true};
  node->before_word = false;
}

template <BeamSearch::Family family>
void BeamSearch::add(const Choice& choice, const Certainty& certainty, const Node& previous, Follow follow) {
  const float used = certainty.by_family[family];
  if constexpr (family == dictionary) {
    if (!certainty.in_dictionary) return;
    if (choice.unichar == space_unichar) return add_space(choice, used, previous, follow);
    if (choice.unichar != no_unichar) return add_letter(choice, used, previous, follow);
  }
  constexpr auto source = family == dictionary ? WordSource::none : WordSource::network;
  const Advance advance{.previous = previous,
                        .score = used + previous.score,
                        .certainty = used,
                        .code = choice.code,
                        .unichar = choice.unichar,
                        .source = source};
  if (now_->beams[family][follow].accepts(advance.score)) {
    offer(family, follow, advance, choice.is_null ? previous.tail : Tail{.unichar = choice.unichar, .source = source});
  }
  if (family == dictionary || !choice.starts_words) return;
  if (choice.unichar != space_unichar) return offer_word_start(follow, advance, false);
  // A space before a dictionary word counts as if it were in the dictionary.
  if (!certainty.in_dictionary) return;
  auto space = advance;
  space.certainty = certainty.by_family[dictionary];
  space.score = space.certainty + previous.score;
  space.source = WordSource::none;
  offer_word_start(follow, space, false);
}

void BeamSearch::add_space(const Choice& choice, float certainty, const Node& previous, Follow follow) {
  const auto& word = previous.tail;
  if (!word.exists() || !word.ends_word) return;
  const Advance advance{.previous = previous,
                        .score = certainty + previous.score,
                        .certainty = certainty,
                        .code = choice.code,
                        .unichar = choice.unichar,
                        .source = word.source};
  const bool joins_free = now_->beams[free][follow].accepts(advance.score);
  if (!joins_free && !now_->beams[dictionary][follow].accepts(advance.score)) return;
  offer_word_start(follow, advance, false);
  if (joins_free) offer(free, follow, advance, {.unichar = choice.unichar, .source = word.source});
}

void BeamSearch::add_letter(const Choice& choice, float certainty, const Node& previous, Follow follow) {
  const float score = certainty + previous.score;
  const bool joins_dictionary = now_->beams[dictionary][follow].accepts(score);
  // Where words need spaces nothing but the dictionary's beam can gain.
  if (!joins_dictionary && (space_delimited_ || !now_->beams[free][follow].accepts(score))) return;
  const auto& word = previous.tail;
  if (word.exists()) {
    if (!word.has_state) return;
    if (word.before_word && word.unichar != space_unichar && unicharset_.is_space_delimited(word.unichar) &&
        unicharset_.is_space_delimited(choice.unichar)) {
      return;
    }
  }
  const auto move = scorer_->advance(word.exists() ? word.state : scorer_->start(), choice.unichar);
  if (move.source == WordSource::none) return;
  const Advance advance{.previous = previous,
                        .score = score,
                        .certainty = certainty,
                        .code = choice.code,
                        .unichar = choice.unichar,
                        .source = move.source,
                        .starts_word = !word.exists() || word.before_word};
  Tail tail{.state = move.next,
            .unichar = choice.unichar,
            .source = move.source,
            .has_state = true,
            .ends_word = move.may_end};
  if (joins_dictionary) offer(dictionary, follow, advance, tail);
  if (!move.may_end || space_delimited_) return;
  // The next word may begin right away, in or out of the dictionary.
  offer_word_start(follow, advance, true);
  tail.has_state = false;
  if (now_->beams[free][follow].accepts(score)) offer(free, follow, advance, tail);
}

/// The beam must accept the score.
void BeamSearch::offer(Family family, Follow follow, const Advance& advance, const Tail& tail) {
  const auto hash = hash_after(advance.previous, advance.code);
  auto* node = now_->beams[family][follow].admit(advance.score, advance.code, hash, advance.source, false);
  if (node == nullptr) return;
  node->score = advance.score;
  node->code = advance.code;
  node->path_hash = hash;
  node->tail = tail;
  node->point = {.previous = advance.previous.place,
                 .certainty = advance.certainty,
                 .unichar = advance.unichar,
                 .source = advance.source,
                 .starts_word = advance.starts_word};
  node->before_word = false;
}

void BeamSearch::offer_word_start(Follow follow, const Advance& advance, bool ends_word) {
  auto& best = now_->word_start[follow];
  if (now_->has_word_start[follow] && !(advance.score > best.score)) return;
  now_->has_word_start[follow] = true;
  best = {.score = advance.score,
          .code = advance.code,
          .path_hash = hash_after(advance.previous, advance.code),
          .tail = {.state = scorer_->start(),
                   .unichar = advance.unichar,
                   .source = advance.source,
                   .has_state = true,
                   .before_word = true,
                   .ends_word = ends_word},
          .point = {.previous = advance.previous.place,
                    .certainty = advance.certainty,
                    .unichar = advance.unichar,
                    .source = advance.source,
                    .starts_word = advance.starts_word},
          .before_word = true};
}

/// The codes of a path as one number: the range of codes is the base, and what overflows is added in again.
std::uint64_t BeamSearch::hash_after(const Node& previous, std::int32_t code) const {
  if (code == null_code_) return previous.path_hash;
  const auto base = static_cast<std::uint64_t>(recoder_.code_range());
  const std::uint64_t carry = ((previous.path_hash >> 32U) * base) >> 32U;
  return previous.path_hash * base + carry + static_cast<std::uint64_t>(code);
}

void BeamSearch::Step::clear() {
  for (auto& family : beams) {
    for (auto& beam : family) beam.clear();
  }
  has_word_start = {};
}

void BeamSearch::keep_step() {
  for (auto& family : now_->beams) {
    for (auto& beam : family) {
      for (int place = 0; place < beam.size(); ++place) beam[place].place = trace_.add(beam[place].point);
    }
  }
}

/// The best path of the last step (`before_`) that may stand at the end of a line.
std::uint32_t BeamSearch::best_end() const {
  const Node* best = nullptr;
  for (const auto follow : {anything, other}) {
    for (const auto family : {free, dictionary}) {
      const auto& beam = before_->beams[family][follow];
      for (int place = 0; place < beam.size(); ++place) {
        const auto& tail = beam[place].tail;
        if (family == dictionary && !(tail.exists() && (tail.ends_word || tail.unichar == space_unichar))) continue;
        if (best == nullptr || beam[place].score > best->score) best = &beam[place];
      }
    }
  }
  return best != nullptr ? best->place : Trace::none;
}

}  // namespace sohoa::ocr::lstm
