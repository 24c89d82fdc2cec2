#include "ocr/best_of.hpp"

#include <algorithm>
#include <utility>

namespace sohoa::ocr {
namespace {

using Words = std::vector<Word>;

// A model is as sure of a letter without its marks as another is of the letter with them: English reads "xã" as "xa"
// and has no doubt. So the second language has a say only where the first one stumbles.
constexpr double sure_enough = 75;
constexpr double clearly_surer = 10;

/// Weighted by length: a sure letter does not make up for an unsure word.
double sureness(const Words& words, std::size_t first, std::size_t last) {
  double sum = 0, weight = 0;
  for (auto i = first; i < last; ++i) {
    sum += double{words[i].confidence} * words[i].box.width;
    weight += words[i].box.width;
  }
  return weight > 0 ? sum / weight : 0;
}

}  // namespace

bool is_doubtful(const FoundLine& found) {
  return std::any_of(found.line.words.begin(), found.line.words.end(),
                     [](const Word& word) { return word.confidence < sure_enough; });
}

FoundLine best_of(FoundLine first, FoundLine second) {
  if (second.line.words.empty()) return first;
  if (first.line.words.empty()) return second;
  const auto& a = first.line.words;
  const auto& b = second.line.words;
  Words best;
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    // The shortest stretch whose end is a gap between words in both.
    auto end_i = std::min(i + 1, a.size()), end_j = std::min(j + 1, b.size());
    while (end_i < a.size() || end_j < b.size()) {
      const bool a_reaches = end_j < b.size() && end_i > 0 && a[end_i - 1].box.right() > b[end_j].box.center_x();
      const bool b_reaches = end_i < a.size() && end_j > 0 && b[end_j - 1].box.right() > a[end_i].box.center_x();
      if (a_reaches) {
        ++end_j;
      } else if (b_reaches) {
        ++end_i;
      } else {
        break;
      }
    }
    const auto sure = sureness(a, i, end_i);
    const bool second_better = sure < sure_enough && sureness(b, j, end_j) > sure + clearly_surer;
    const auto& from = second_better ? b : a;
    best.insert(best.end(), from.begin() + static_cast<std::ptrdiff_t>(second_better ? j : i),
                from.begin() + static_cast<std::ptrdiff_t>(second_better ? end_j : end_i));
    i = end_i;
    j = end_j;
  }
  first.line.words = std::move(best);
  first.line.box = {};
  for (const auto& word : first.line.words) first.line.box = united(first.line.box, word.box);
  return first;
}

}  // namespace sohoa::ocr
