// Method: the words of both documents, without marks and case, are aligned; pages correspond where most of their
// aligned words do, and pages without words where they look alike. A place where words differ is a misreading if what
// stands there is nearly the same; else something else stands there, and a few such numbers, or more such words, make
// it another paper. Thresholds: of 432 pairs of scans of one paper (1-bit, fax, phone, 200 dpi) all but two have at
// most one other number, the two have two that are 13 and 18 % of theirs; other words are at most 1.1 %. Of 54
// certificates read again with all digits changed each has three other numbers or more; all 54 are told, and 9 of 10
// where only four numbers are changed.

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "api/service/duplicate_service.hpp"
#include "pipeline/text/align_words.hpp"
#include "pipeline/text/edit_distance.hpp"
#include "pipeline/text/plain_words.hpp"

namespace sohoa::api {
namespace {

constexpr std::size_t a_few_words = 8;   // longer stretches are missing or added, not exchanged
constexpr double misread_digits = 0.34;  // of a number's
constexpr double misread_letters = 0.6;  // of a word's; poor scans misread half of them
constexpr double two_numbers_share = 0.2;
constexpr double more_numbers_share = 0.1;
constexpr double other_words_share = 0.012;
constexpr std::size_t least_other_words = 4;
constexpr double differing_share = 0.55;  // of the shorter text, exchanged for something else

/// A document's words, and where they stand.
struct Words {
  std::vector<std::string> plain;
  std::vector<std::string_view> printed;
  std::vector<std::uint32_t> page;

  explicit Words(const std::vector<std::string>& pages) {
    for (std::size_t number = 0; number < pages.size(); ++number) {
      const std::string_view text = pages[number];
      for (std::size_t at = 0; at < text.size();) {
        const auto begin = text.find_first_not_of(" \n\t\r", at);
        if (begin == std::string_view::npos) break;
        at = std::min(text.find_first_of(" \n\t\r", begin), text.size());
        const auto word = text.substr(begin, at - begin);
        for (auto& one : text::plain_words(word)) {
          plain.push_back(std::move(one));
          printed.push_back(word);
          page.push_back(static_cast<std::uint32_t>(number + 1));
        }
      }
    }
  }

  [[nodiscard]] std::string shown(std::size_t begin, std::size_t count) const {
    std::string text;
    for (auto i = begin; i < begin + count; ++i) text += (text.empty() ? "" : " ") + std::string(printed[i]);
    return text;
  }
  [[nodiscard]] std::uint32_t page_of(std::size_t begin, std::size_t count) const {
    return count > 0 ? page[begin] : 0;
  }
};

enum class Kind { digits, letters };

std::string only(Kind kind, const std::vector<std::string>& words, std::size_t begin, std::size_t count) {
  std::string kept;
  for (auto i = begin; i < begin + count; ++i) {
    for (const char c : words[i]) {
      if ((c >= '0' && c <= '9') == (kind == Kind::digits)) kept += c;
    }
  }
  return kept;
}

std::size_t numbers_in(const Words& words) {
  return static_cast<std::size_t>(std::count_if(words.plain.begin(), words.plain.end(), [](const auto& word) {
    return std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }) >= 2;
  }));
}

bool exchanged(const std::string& one, const std::string& other, std::size_t least, double misread) {
  if (one.size() < least || other.size() < least) return false;
  const double longer = static_cast<double>(std::max(one.size(), other.size()));
  return static_cast<double>(text::edit_distance(one, other)) > std::max(1.0, misread * longer);
}

bool is_other_content(const Words& one, const Words& other, const std::vector<text::WordDifference>& places) {
  std::size_t numbers = 0, words = 0, replaced = 0;
  for (const auto& [begin, count, other_begin, other_count] : places) {
    replaced += std::min(count, other_count);
    if (count == 0 || other_count == 0 || count > a_few_words || other_count > a_few_words) continue;
    const auto both = [&](Kind kind) {
      return std::pair(only(kind, one.plain, begin, count), only(kind, other.plain, other_begin, other_count));
    };
    const auto [digits, other_digits] = both(Kind::digits);
    const auto [letters, other_letters] = both(Kind::letters);
    numbers += exchanged(digits, other_digits, 2, misread_digits);
    words += exchanged(letters, other_letters, 4, misread_letters);
  }
  const auto of = [](std::size_t part, std::size_t whole) {
    return static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(1, whole));
  };
  const auto shorter = std::min(one.plain.size(), other.plain.size());
  const double of_numbers = of(numbers, std::min(numbers_in(one), numbers_in(other)));
  return (numbers > 1 && of_numbers > (numbers > 2 ? more_numbers_share : two_numbers_share)) ||
         (words >= least_other_words && of(words, shorter) > other_words_share) ||
         of(replaced, shorter) > differing_share;
}

/// For each page the other's page with most of its words, each taken once; the words that correspond.
using Shared = std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t>;

Shared shared_words(const Words& one, const Words& other, const std::vector<text::WordDifference>& places) {
  Shared shared;
  std::size_t at = 0, other_at = 0;
  const auto take_until = [&](std::size_t end) {
    for (; at < end; ++at, ++other_at) ++shared[{one.page[at], other.page[other_at]}];
  };
  for (const auto& place : places) {
    take_until(place.one_begin);
    at += place.one_count;
    other_at += place.other_count;
  }
  take_until(one.plain.size());
  return shared;
}

const PageHash* hash_of(const Fingerprint& fingerprint, std::uint32_t page) {
  return page <= fingerprint.pages.size() && fingerprint.pages[page - 1] ? &*fingerprint.pages[page - 1] : nullptr;
}

std::vector<PageMatch> match_pages(const Shared& shared, std::size_t pages, const Fingerprint& fingerprint,
                                   std::size_t other_pages, const Fingerprint& other_fingerprint) {
  struct Candidate {
    std::size_t words;
    int bits;
    std::uint32_t page, other;
  };
  std::vector<Candidate> candidates;
  for (const auto& [place, words] : shared) candidates.push_back({words, 0, place.first, place.second});
  const auto hashed = [](std::size_t count) {
    return static_cast<std::uint32_t>(std::min(count, Fingerprint::most_pages));
  };
  for (std::uint32_t page = 1; page <= hashed(pages); ++page) {
    for (std::uint32_t other = 1; other <= hashed(other_pages); ++other) {
      const auto *a = hash_of(fingerprint, page), *b = hash_of(other_fingerprint, other);
      if (a == nullptr || b == nullptr || distance(*a, *b) > alike_pages_differ) continue;
      candidates.push_back({0, distance(*a, *b), page, other});
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(b.words, a.bits, a.page, a.other) < std::tuple(a.words, b.bits, b.page, b.other);
  });
  std::vector<std::uint32_t> match(pages + 1), back(other_pages + 1);
  for (const auto& [words, bits, page, other] : candidates) {
    if (match[page] == 0 && back[other] == 0) match[page] = other, back[other] = page;
  }
  std::vector<PageMatch> matches;
  for (std::uint32_t page = 1; page <= pages; ++page) {
    PageMatch one{page, match[page], std::nullopt};
    const auto *a = hash_of(fingerprint, page),
               *b = one.other_page > 0 ? hash_of(other_fingerprint, one.other_page) : nullptr;
    if (a != nullptr && b != nullptr) one.looks_alike = distance(*a, *b) <= alike_pages_differ;
    matches.push_back(one);
  }
  for (std::uint32_t other = 1; other <= other_pages; ++other) {
    if (back[other] == 0) matches.push_back({0, other, std::nullopt});
  }
  return matches;
}

}  // namespace

Comparison compare(const std::vector<std::string>& pages, const Fingerprint& fingerprint,
                   const std::vector<std::string>& other_pages, const Fingerprint& other_fingerprint) {
  const Words one(pages), other(other_pages);
  const auto places = text::differences(one.plain, other.plain);
  Comparison comparison;
  comparison.words = one.plain.size();
  comparison.other_words = other.plain.size();
  for (const auto& [begin, count, other_begin, other_count] : places) {
    comparison.differing += std::max(count, other_count);
    if (comparison.changes.size() == Comparison::most_changes) continue;
    comparison.changes.push_back({one.page_of(begin, count), other.page_of(other_begin, other_count),
                                  one.shown(begin, count), other.shown(other_begin, other_count),
                                  std::max(count, other_count)});
  }
  comparison.other_content = is_other_content(one, other, places);
  comparison.pages =
      match_pages(shared_words(one, other, places), pages.size(), fingerprint, other_pages.size(), other_fingerprint);
  return comparison;
}

}  // namespace sohoa::api
