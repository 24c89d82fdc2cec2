// The rules are the oracle's (Tesseract 5.3.0, Dict::def_letter_is_okay), which asks for each letter: from every
// position, may the letter (1) begin a word or number where the punctuation graph has a place for it, (2) go on with
// the leading punctuation, (3) end the word as trailing punctuation, (4) go on in the word? Several may hold at once: a
// dash is punctuation or a part of a number. The word's source is the highest of those that hold. A word may end when
// its core and the punctuation around it both may; punctuation before or after it that is not complete keeps it open.

#include "ocr/lstm/dictionary.hpp"

#include <algorithm>

namespace sohoa::ocr::lstm {
namespace {

/// Any word in the punctuation graph, any digit in the number graph.
constexpr std::int32_t slot = space_unichar;

using Core = Dictionary::Position::Core;

Result<std::optional<Dawg>> parse_if_any(std::optional<ByteView> component) {
  if (!component) return std::optional<Dawg>{};
  SOHOA_TRY(auto dawg, Dawg::parse(*component));
  return std::optional<Dawg>(std::move(dawg));
}

WordSource source_of(Core core) {
  return core == Core::word ? WordSource::dictionary : WordSource::number;
}

}  // namespace

struct Dictionary::Step {
  std::int32_t unichar;
  std::vector<Position>& to;
  Advance result;

  void add(const Position& position, WordSource source, bool may_end) {
    if (std::find(to.begin(), to.end(), position) == to.end()) to.push_back(position);
    result.source = std::max(result.source, source);
    result.may_end = result.may_end || may_end;
  }
};

Result<std::optional<Dictionary>> Dictionary::create(const Unicharset& unicharset, std::optional<ByteView> punctuation,
                                                     std::optional<ByteView> words, std::optional<ByteView> numbers) {
  Dictionary dictionary;
  SOHOA_TRY(dictionary.punctuation_, parse_if_any(punctuation));
  SOHOA_TRY(dictionary.words_, parse_if_any(words));
  SOHOA_TRY(dictionary.numbers_, parse_if_any(numbers));
  if (!dictionary.punctuation_ && !dictionary.words_ && !dictionary.numbers_) return std::optional<Dictionary>{};
  for (std::int32_t id = 0; id < unicharset.size(); ++id) dictionary.is_digit_.push_back(unicharset.is_digit(id));

  if (dictionary.punctuation_) dictionary.start_.push_back({.in_punctuation_graph = true});
  // A punctuation graph that has the bare word as a pattern covers the words and numbers.
  if (!dictionary.punctuation_ || !dictionary.punctuation_->has_word_of_one(slot)) {
    if (dictionary.words_) dictionary.start_.push_back({.core = Core::word});
    if (dictionary.numbers_) dictionary.start_.push_back({.core = Core::number});
  }
  return std::optional<Dictionary>(std::move(dictionary));
}

Dictionary::Advance Dictionary::advance(const std::vector<Position>& from, std::int32_t unichar,
                                        std::vector<Position>& to) const {
  to.clear();
  Step step{.unichar = unichar, .to = to, .result = {}};
  for (const auto& position : from) {
    if (position.core == Core::none) {
      begin_core(position, step);
      more_punctuation(position, step);
      continue;
    }
    end_core(position, step);
    if (!position.after_core) more_core(position, step);
  }
  return step.result;
}

void Dictionary::begin_core(const Position& position, Step& step) const {
  const auto place = punctuation_->next(position.punctuation_edge, slot);
  if (place == Dawg::nowhere) return;
  for (const auto core : {Core::word, Core::number}) {
    const auto& letters = graph(core);
    if (!letters) continue;
    const auto edge = letters->first(letter_in(core, step.unichar));
    if (edge == Dawg::nowhere) continue;
    step.add({.core = core, .in_punctuation_graph = true, .core_edge = edge, .punctuation_edge = place},
             source_of(core), letters->ends_word(edge) && punctuation_->ends_word(place));
  }
}

void Dictionary::more_punctuation(const Position& position, Step& step) const {
  const auto edge = punctuation_->next(position.punctuation_edge, step.unichar);
  if (edge == Dawg::nowhere) return;
  step.add({.in_punctuation_graph = true, .punctuation_edge = edge}, WordSource::punctuation,
           punctuation_->ends_word(edge));
}

void Dictionary::end_core(const Position& position, Step& step) const {
  if (!position.in_punctuation_graph || !graph(position.core)->ends_word(position.core_edge)) return;
  const auto edge = punctuation_->next(position.punctuation_edge, step.unichar);
  if (edge == Dawg::nowhere) return;
  auto ended = position;
  ended.after_core = true;
  ended.punctuation_edge = edge;
  step.add(ended, source_of(position.core), punctuation_->ends_word(edge));
}

void Dictionary::more_core(const Position& position, Step& step) const {
  const auto& letters = graph(position.core);
  const auto edge = letters->next(position.core_edge, letter_in(position.core, step.unichar));
  if (edge == Dawg::nowhere) return;
  auto longer = position;
  longer.core_edge = edge;
  const bool punctuation_may_end = !position.in_punctuation_graph || punctuation_->ends_word(position.punctuation_edge);
  step.add(longer, source_of(position.core), letters->ends_word(edge) && punctuation_may_end);
}

const std::optional<Dawg>& Dictionary::graph(Core core) const {
  return core == Core::word ? words_ : numbers_;
}

std::int32_t Dictionary::letter_in(Core core, std::int32_t unichar) const {
  return core == Core::number && is_digit_[static_cast<std::size_t>(unichar)] ? slot : unichar;
}

}  // namespace sohoa::ocr::lstm
