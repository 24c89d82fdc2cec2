// A character is the step that brings it, the nulls before it and its repetitions after it; nulls at the end belong to
// the last one. Its certainty is the worst of theirs, its rating minus their sum. Nulls before a space count for the
// character before the space, so that a word pays for its own doubt, unless the space came from outside of the
// dictionary before a dictionary word (source none): then they are forgotten, for another handicap was laid on them.
// Sums are made in double precision and kept in float, as the oracle does.

#include "ocr/lstm/line_reading.hpp"

#include <algorithm>
#include <limits>

#include "ocr/lstm/recoder.hpp"

namespace sohoa::ocr::lstm {
namespace {

/// From logarithms of probabilities to Tesseract's certainties.
constexpr float certainty_scale = 7.0F;

using Path = std::span<const Trace::Point>;

struct Doubt {
  double certainty = 0;
  double rating = 0;
};

void charge(DecodedCharacter& character, const Doubt& doubt) {
  if (doubt.certainty < character.certainty) character.certainty = static_cast<float>(doubt.certainty);
  character.rating = static_cast<float>(character.rating + doubt.rating);
}

/// Moves `t` over the nulls that stand there.
Doubt pass_nulls(Path path, std::size_t& t) {
  Doubt doubt;
  for (; t < path.size() && path[t].unichar == no_unichar; ++t) {
    const double certainty = path[t].certainty;
    doubt.certainty = std::min(doubt.certainty, certainty);
    doubt.rating -= certainty;
  }
  return doubt;
}

/// Moves `t` over a character and its repetitions, adding to `doubt`.
DecodedCharacter pass_character(Path path, std::size_t& t, Doubt doubt) {
  DecodedCharacter character{.unichar = path[t].unichar, .step = static_cast<std::int32_t>(t)};
  do {
    const double certainty = path[t].certainty;
    const bool forgets = character.unichar == space_unichar && path[t].source == WordSource::none;
    if (certainty < doubt.certainty || forgets) doubt.certainty = certainty;
    doubt.rating -= certainty;
    ++t;
  } while (t < path.size() && path[t].repeats);
  character.certainty = static_cast<float>(doubt.certainty);
  character.rating = static_cast<float>(doubt.rating);
  return character;
}

std::vector<DecodedCharacter> read_characters(Path path) {
  std::vector<DecodedCharacter> characters;
  std::int32_t last_end = 0;
  for (std::size_t t = 0; t < path.size();) {
    auto nulls = pass_nulls(path, t);
    if (t == path.size()) {
      if (!characters.empty()) charge(characters.back(), nulls);
      break;
    }
    const auto start = static_cast<std::int32_t>(t);
    if (path[t].unichar == space_unichar && !characters.empty() && path[t].source != WordSource::none) {
      charge(characters.back(), nulls);
      nulls = {};
    }
    auto character = pass_character(path, t, nulls);
    if (!characters.empty()) {
      character.begin = last_end + (start - last_end) / 2;
      characters.back().end = character.begin;
    }
    last_end = static_cast<std::int32_t>(t);
    characters.push_back(character);
  }
  if (!characters.empty()) characters.back().end = static_cast<std::int32_t>(path.size());
  return characters;
}

/// The end of the word that begins with character `first`.
std::size_t word_end(const std::vector<DecodedCharacter>& characters, std::size_t first, Path path,
                     const Unicharset& unicharset) {
  std::size_t end = first + 1;
  for (; end < characters.size(); ++end) {
    if (characters[end].unichar == space_unichar) break;
    const auto& point = path[static_cast<std::size_t>(characters[end].step)];
    if (point.starts_word) break;
    const bool spaced = unicharset.is_space_delimited(characters[end].unichar) &&
                        unicharset.is_space_delimited(characters[end - 1].unichar);
    if (point.source == WordSource::network && !spaced) break;
  }
  return end;
}

void rate(DecodedWord& word, std::span<const DecodedCharacter> characters) {
  float worst = std::numeric_limits<float>::max();
  for (const auto& character : characters) worst = std::min(worst, character.certainty);
  word.certainty = std::min(word.space_certainty, worst) * certainty_scale;
  word.confidence = std::clamp(100.0F + 5.0F * word.certainty, 0.0F, 100.0F);
}

}  // namespace

DecodedLine read_path(Path path, const Unicharset& unicharset) {
  DecodedLine line;
  line.characters = read_characters(path);
  const auto& characters = line.characters;
  float space_before = 0;
  for (std::size_t first = 0; first < characters.size();) {
    const auto end = word_end(characters, first, path, unicharset);
    const bool space_follows = end < characters.size() && characters[end].unichar == space_unichar;
    const float space_after = space_follows ? characters[end].certainty : 0.0F;
    DecodedWord word;
    word.first = static_cast<std::uint32_t>(first);
    word.size = static_cast<std::uint32_t>(end - first);
    word.source = path[static_cast<std::size_t>(characters[end - 1].step)].source;
    word.leading_space = first > 0 && characters[first - 1].unichar == space_unichar;
    word.space_certainty = std::min(space_after, space_before);
    for (std::size_t i = first; i < end; ++i) word.text += unicharset.utf8(characters[i].unichar);
    rate(word, std::span(characters).subspan(first, end - first));
    line.words.push_back(std::move(word));
    space_before = space_after;
    first = space_follows ? end + 1 : end;
  }
  return line;
}

}  // namespace sohoa::ocr::lstm
