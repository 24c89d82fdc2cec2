#include "pipeline/text/error_rate.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "pipeline/text/edit_distance.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::text {
namespace {

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
  counts.character_errors = edit_distance(whole, read_points);
  const auto true_words = words_of(whole);
  counts.words = true_words.size();
  counts.word_errors = edit_distance(true_words, words_of(read_points));
  for (std::size_t start = 0; start < truth.size();) {
    const auto end = std::min(truth.find('\n', start), truth.size());
    const auto line = folded_spaces(nfc(truth.substr(start, end - start)));
    const auto line_points = code_points(line);
    counts.line_characters += line_points.size();
    counts.line_errors += edit_distance_to_part(line_points, read_points);
    counts.base_errors += edit_distance_to_part(code_points(without_marks(line)), read_base);
    start = end + 1;
  }
  return counts;
}

}  // namespace sohoa::text
