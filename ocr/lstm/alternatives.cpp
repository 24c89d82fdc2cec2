#include "ocr/lstm/alternatives.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

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

}  // namespace

void find_alternatives(const OutputView& outputs, const Recoder& recoder, const Unicharset& unicharset,
                       DecodedLine& line) {
  constexpr float tiny = 1e-9F;
  const auto least = std::exp(least_odds);
  std::vector<float> best(static_cast<std::size_t>(recoder.code_range()));
  for (auto& word : line.words) {
    for (auto i = word.first; i < word.first + word.size; ++i) {
      const auto& character = line.characters[i];
      const auto next = i + 1 < line.characters.size() ? line.characters[i + 1].step : outputs.steps;
      const auto end = std::max(next, character.step + 1);
      const auto own = recoder.code(character.unichar);
      const auto read = std::max(best_of_steps(outputs, character.step, end, own), tiny);
      if (1 - read < read * least) continue;  // most are so sure
      best_of_steps(outputs, character.step, end, best);
      for (std::int32_t code = 0; code < recoder.code_range(); ++code) {
        const auto odds = best[static_cast<std::size_t>(code)] / read;
        const auto unichar = recoder.unichar(code);
        if (odds < least || code == own || unichar == no_unichar || unichar == space_unichar) continue;
        word.alternatives.push_back({with_other(line, word, i, unichar, unicharset), std::log(odds)});
      }
    }
    const auto kept = std::min(word.alternatives.size(), most_alternatives);
    std::partial_sort(word.alternatives.begin(), word.alternatives.begin() + static_cast<std::ptrdiff_t>(kept),
                      word.alternatives.end(),
                      [](const Alternative& one, const Alternative& other) { return one.odds > other.odds; });
    word.alternatives.resize(kept);
  }
}

}  // namespace sohoa::ocr::lstm
