#include "ocr/lstm/alternatives.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "ocr/language/letters.hpp"

namespace sohoa::ocr::lstm {
namespace {

/// The best that each code reaches within the steps [first, end).
void best_of_steps(const OutputView& outputs, std::int32_t first, std::int32_t end, std::vector<float>& best) {
  std::fill(best.begin(), best.end(), 0.0F);
  for (auto t = first; t < end; ++t) {
    const auto now = outputs.step(t);
    for (std::size_t code = 0; code < best.size(); ++code) best[code] = std::max(best[code], now[code]);
  }
}

float best_of_steps(const OutputView& outputs, std::int32_t first, std::int32_t end, std::int32_t code) {
  float best = 0;
  for (auto t = first; t < end; ++t) best = std::max(best, outputs.step(t)[static_cast<std::size_t>(code)]);
  return best;
}

/// The word with `unichar` in place of its character `at`.
std::string with_other(const DecodedLine& line, const DecodedWord& word, std::uint32_t at, std::int32_t unichar,
                       const Unicharset& unicharset) {
  std::string text;
  for (auto i = word.first; i < word.first + word.size; ++i) {
    text += unicharset.utf8(i == at ? unichar : line.characters[i].unichar);
  }
  return text;
}

/// A character that the network thought possible in another's place.
struct Rival {
  std::uint32_t at = 0;
  std::int32_t unichar = 0;
  float odds = 0;
};

/// Puts the likeliest `most` of [begin, end) first, the likeliest of all at their head, and tells where they end.
using Rivals = std::vector<Rival>;
Rivals::iterator likeliest(Rivals::iterator begin, Rivals::iterator end, std::size_t most) {
  const auto kept = begin + static_cast<std::ptrdiff_t>(std::min(static_cast<std::size_t>(end - begin), most));
  std::partial_sort(begin, kept, end, [](const Rival& one, const Rival& other) { return one.odds > other.odds; });
  return kept;
}

/// Whether both are the same letter but for their marks.
bool differ_in_marks(std::string_view one, std::string_view other) {
  const auto first = language::only_code_point(one), second = language::only_code_point(other);
  return first && second && language::letter_of(*first).base == language::letter_of(*second).base;
}

}  // namespace

void find_alternatives(const OutputView& outputs, const Recoder& recoder, const Unicharset& unicharset,
                       DecodedLine& line) {
  constexpr float tiny = 1e-9F;
  const auto least = std::exp(least_odds), least_of_marks = std::exp(least_odds_of_marks);
  std::vector<float> best(static_cast<std::size_t>(recoder.code_range()));
  Rivals rivals;
  for (auto& word : line.words) {
    rivals.clear();
    for (auto i = word.first; i < word.first + word.size; ++i) {
      const auto& character = line.characters[i];
      const auto next = i + 1 < line.characters.size() ? line.characters[i + 1].step : outputs.steps;
      const auto end = std::max(next, character.step + 1);
      const auto own = recoder.code(character.unichar);
      const auto read = std::max(best_of_steps(outputs, character.step, end, own), tiny);
      if (1 - read < read * least_of_marks) continue;
      best_of_steps(outputs, character.step, end, best);
      for (std::int32_t code = 0; code < recoder.code_range(); ++code) {
        const auto odds = best[static_cast<std::size_t>(code)] / read;
        const auto unichar = recoder.unichar(code);
        if (odds < least_of_marks || code == own || unichar == no_unichar || unichar == space_unichar) continue;
        if (odds < least && !differ_in_marks(unicharset.utf8(character.unichar), unicharset.utf8(unichar))) continue;
        rivals.push_back({i, unichar, std::log(odds)});
      }
    }
    const auto faint =
        std::partition(rivals.begin(), rivals.end(), [](auto& rival) { return rival.odds >= least_odds; });
    const auto likely_end = likeliest(rivals.begin(), faint, most_alternatives);
    const auto faint_end = likeliest(faint, rivals.end(), most_of_marks);
    const auto tell = [&](const Rival& rival) {
      word.alternatives.push_back({with_other(line, word, rival.at, rival.unichar, unicharset), rival.odds});
    };
    std::for_each(rivals.begin(), likely_end, tell);
    std::for_each(faint, faint_end, tell);
  }
}

}  // namespace sohoa::ocr::lstm
