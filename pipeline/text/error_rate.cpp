// Levenshtein distance by one row of dynamic programming; for the best substring the row starts at zero everywhere
// (Sellers) and its minimum is the answer. A page of 4,000 characters takes about 20 ms.
#include "pipeline/text/error_rate.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "pipeline/text/unicode.hpp"

namespace sohoa::text {
namespace {

enum class Match { whole, best_substring };

template <typename Sequence>
std::uint64_t distance(const Sequence& truth, const Sequence& text, Match match) {
  std::vector<std::uint32_t> row(text.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = match == Match::whole ? static_cast<std::uint32_t>(j) : 0;
  for (const auto& symbol : truth) {
    auto diagonal = row[0]++;
    for (std::size_t j = 1; j < row.size(); ++j) {
      const auto substituted = diagonal + (text[j - 1] == symbol ? 0U : 1U);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
    }
  }
  return match == Match::whole ? row.back() : *std::min_element(row.begin(), row.end());
}

std::vector<std::u32string> words_of(const std::u32string& folded) {
  std::vector<std::u32string> words;
  for (std::size_t start = 0; start < folded.size();) {
    const auto end = std::min(folded.find(U' ', start), folded.size());
    words.push_back(folded.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

std::string_view without_stamps(std::string_view truth) {
  for (const std::string_view mark : {"[stamp]", "[esign]"}) {
    for (auto at = truth.find(mark); at != std::string_view::npos; at = truth.find(mark, at + 1)) {
      if (at == 0 || truth[at - 1] == '\n') {
        truth = truth.substr(0, at);
        break;
      }
    }
  }
  return truth;
}

double rate(std::uint64_t errors, std::uint64_t of) {
  return of == 0 ? 0.0 : static_cast<double>(errors) / static_cast<double>(of);
}

}  // namespace

ErrorCounts& ErrorCounts::operator+=(const ErrorCounts& other) {
  characters += other.characters;
  character_errors += other.character_errors;
  words += other.words;
  word_errors += other.word_errors;
  line_characters += other.line_characters;
  line_errors += other.line_errors;
  base_errors += other.base_errors;
  return *this;
}

double ErrorCounts::cer() const {
  return rate(character_errors, characters);
}
double ErrorCounts::wer() const {
  return rate(word_errors, words);
}
double ErrorCounts::line_cer() const {
  return rate(line_errors, line_characters);
}
double ErrorCounts::base_cer() const {
  return rate(base_errors, line_characters);
}
double ErrorCounts::marks_cer() const {
  return line_cer() - base_cer();
}

ErrorCounts compare(std::string_view truth, std::string_view text) {
  truth = without_stamps(truth);
  const auto read = folded_spaces(nfc(text));
  const auto read_points = code_points(read);
  const auto read_base = code_points(without_marks(read));
  const auto whole = code_points(folded_spaces(nfc(truth)));

  ErrorCounts counts;
  counts.characters = whole.size();
  counts.character_errors = distance(whole, read_points, Match::whole);
  const auto true_words = words_of(whole);
  counts.words = true_words.size();
  counts.word_errors = distance(true_words, words_of(read_points), Match::whole);
  for (std::size_t start = 0; start < truth.size();) {
    const auto end = std::min(truth.find('\n', start), truth.size());
    const auto line = folded_spaces(nfc(truth.substr(start, end - start)));
    const auto line_points = code_points(line);
    counts.line_characters += line_points.size();
    counts.line_errors += distance(line_points, read_points, Match::best_substring);
    counts.base_errors += distance(code_points(without_marks(line)), read_base, Match::best_substring);
    start = end + 1;
  }
  return counts;
}

}  // namespace sohoa::text
