#include "datasets/paragraph.hpp"

#include <algorithm>

namespace sohoa::datasets {
namespace {

std::vector<PlacedWord> words_of(const std::vector<Run>& runs) {
  std::vector<PlacedWord> words;
  for (const auto& run : runs) {
    std::size_t start = 0;
    while (start < run.text.size()) {
      const auto end = std::min(run.text.find(' ', start), run.text.size());
      if (end > start) words.push_back({run.text.substr(start, end - start), 0, run.style, 0, 0});
      start = end + 1;
    }
  }
  return words;
}

/// Spreads what is left of the width over the gaps.
void justify(PlacedLine& line, double spare) {
  if (line.words.size() < 2) return;
  const double each = spare / static_cast<double>(line.words.size() - 1);
  for (std::size_t i = 1; i < line.words.size(); ++i) line.words[i].x += each * static_cast<double>(i);
}

}  // namespace

double right_end(const PlacedWord& word, const FontBook& fonts) {
  return word.x + word.pen_width + fonts.width(std::string_view(word.text).substr(word.pen_bytes), word.style);
}

void center_around(PlacedLine& line, double center, const FontBook& fonts) {
  if (line.words.empty()) return;
  const double shift = center - (line.words.front().x + right_end(line.words.back(), fonts)) / 2;
  for (auto& word : line.words) word.x += shift;
}

std::vector<PlacedLine> break_balanced(const std::vector<Run>& runs, Measure measure, const FontBook& fonts) {
  constexpr double step = 5;  // points taken from each side
  auto lines = break_lines(runs, measure, fonts);
  while (lines.size() > 1 && measure.width > 12 * step) {
    measure.left += step;
    measure.width -= 2 * step;
    auto narrower = break_lines(runs, measure, fonts);
    const bool bursts = std::any_of(narrower.begin(), narrower.end(), [&](const PlacedLine& line) {
      return right_end(line.words.back(), fonts) > measure.left + measure.width + 1;
    });
    if (narrower.size() > lines.size() || bursts) break;
    lines = std::move(narrower);
  }
  return lines;
}

std::vector<PlacedLine> break_lines(const std::vector<Run>& runs, const Measure& measure, const FontBook& fonts) {
  std::vector<PlacedLine> lines;
  double pen = measure.left + measure.first_indent;
  const double end = measure.left + measure.width;
  const auto close = [&](bool last) {
    auto& line = lines.back();
    if (measure.alignment == Alignment::centered) center_around(line, measure.left + measure.width / 2, fonts);
    if (measure.alignment == Alignment::justified && !last) justify(line, end - right_end(line.words.back(), fonts));
  };
  for (auto& word : words_of(runs)) {
    const double width = fonts.width(word.text, word.style);
    const bool fits = !lines.empty() && pen + width <= end;
    if (!fits) {
      if (!lines.empty()) {
        close(false);
        pen = measure.left;
      }
      lines.emplace_back();
    }
    word.x = pen;
    pen += width + fonts.width(" ", word.style);
    lines.back().words.push_back(std::move(word));
  }
  if (!lines.empty()) close(true);
  return lines;
}

}  // namespace sohoa::datasets
