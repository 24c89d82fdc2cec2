// Method: thresholds on the share of equal minima (text) and on page hashes. Where either text is too short to say
// anything, pages decide alone, and all must be alike. Two sizes of text and the share that both have in common give
// how much of the shorter stands in the longer: J (1 + r) / (1 + J) of it for sizes 1 and r. The figures behind the
// thresholds: tests/bench/duplicates.py; issue/fingerprinter.cpp and imaging/page_hash.cpp have the distributions.

#include "indexer/likeness.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <vector>

namespace sohoa::indexer {
namespace {

constexpr std::uint64_t enough_words = 12;  // fewer say nothing: a stamp, a page number
constexpr double same_words = 0.36;         // pairs of words in common of one paper read twice: 99.5 % have more
constexpr double same_words_alone = 0.5;    // where no page looks alike
constexpr double same_picture_words = 0.98;
constexpr int same_picture_bits = 3;     // another coding of the same pixels
constexpr double contained_words = 0.7;  // of the shorter text
constexpr double part_size = 0.75;       // a part has at most so much of the whole's words, or pages
constexpr double nearly_all = 0.92;      // of the words: the page that is missing had hardly any
constexpr double least_words = 0.05;     // three minima: what a form's papers share by chance is less
constexpr std::uint32_t few_pages = 2;   // that alike prove a part where the texts' sizes hide it

struct PagePairs {
  std::uint32_t alike = 0;
  std::uint32_t possible = 0;  ///< pages of the one with fewer, blank ones apart
  bool fewer = false;          ///< it has so few that it may be a part
  int farthest = 0;            ///< bits, of those alike
};

bool is_part(double few, double many) {
  return few <= part_size * many;
}

/// Nearest pages first, each once.
PagePairs pair_pages(const Fingerprint& one, const Fingerprint& other) {
  std::vector<std::tuple<int, std::size_t, std::size_t>> near;
  std::uint32_t of_one = 0, of_other = 0;
  for (const auto& page : one.pages) of_one += page.has_value();
  for (const auto& page : other.pages) of_other += page.has_value();
  for (std::size_t i = 0; i < one.pages.size(); ++i) {
    for (std::size_t j = 0; j < other.pages.size() && one.pages[i]; ++j) {
      if (!other.pages[j]) continue;
      if (const int bits = distance(*one.pages[i], *other.pages[j]); bits <= alike_pages_differ) {
        near.emplace_back(bits, i, j);
      }
    }
  }
  std::sort(near.begin(), near.end());
  std::vector<bool> taken_one(one.pages.size()), taken_other(other.pages.size());
  PagePairs pairs{0, std::min(of_one, of_other), is_part(std::min(of_one, of_other), std::max(of_one, of_other)), 0};
  for (const auto& [bits, i, j] : near) {
    if (taken_one[i] || taken_other[j]) continue;
    taken_one[i] = taken_other[j] = true;
    ++pairs.alike;
    pairs.farthest = std::max(pairs.farthest, bits);
  }
  return pairs;
}

/// How much of the shorter text the longer one has, at most 1.
double contained(double text, std::uint64_t one, std::uint64_t other) {
  const auto [few, many] = std::minmax(one, other);
  return few == 0 ? 0 : std::min(1.0, text * (1 + static_cast<double>(many) / static_cast<double>(few)) / (1 + text));
}

std::optional<Likeness> judged(const Fingerprint& one, const Fingerprint& other, double text, const PagePairs& pages) {
  const bool all_pages = pages.possible > 0 && pages.alike == pages.possible;
  const auto [few_words, many_words] = std::minmax(one.text.words, other.text.words);
  if (few_words < enough_words) {
    const bool both = many_words < enough_words;
    if (!all_pages || (!both && !pages.fewer)) return std::nullopt;
    if (pages.fewer) return Likeness::part_of;
    return pages.farthest <= same_picture_bits ? Likeness::same_scan : Likeness::rescan;
  }
  const auto few = static_cast<double>(few_words), many = static_cast<double>(many_words);
  if (is_part(few, many) || (pages.fewer && few < nearly_all * many)) {
    const bool by_text = contained(text, few_words, many_words) >= contained_words && text > least_words;
    const bool by_pages = all_pages && pages.fewer && pages.alike >= few_pages;
    return by_text || by_pages ? std::optional(Likeness::part_of) : std::nullopt;
  }
  if (text < same_words) return std::nullopt;
  if (pages.alike * 2 >= std::max(1U, pages.possible)) {
    const bool same_picture = all_pages && pages.farthest <= same_picture_bits && text >= same_picture_words;
    return same_picture ? Likeness::same_scan : Likeness::rescan;
  }
  return text >= same_words_alone ? std::optional(Likeness::same_text) : std::nullopt;
}

}  // namespace

double likeness_of(const TextSketch& one, const TextSketch& other) {
  if (one.minima.size() != TextSketch::size || other.minima.size() != TextSketch::size) return 0;
  std::size_t equal = 0;
  for (std::size_t i = 0; i < TextSketch::size; ++i) equal += one.minima[i] == other.minima[i];
  return static_cast<double>(equal) / TextSketch::size;
}

std::optional<SimilarDocument> likeness_of(const Fingerprint& one, const Fingerprint& other) {
  const double text = likeness_of(one.text, other.text);
  const auto pages = pair_pages(one, other);
  const auto likeness = judged(one, other, text, pages);
  if (!likeness) return std::nullopt;
  return SimilarDocument{{}, *likeness, text, pages.alike, pages.possible};
}

}  // namespace sohoa::indexer
