#include "ocr/line_geometry.hpp"

#include <algorithm>
#include <iterator>

namespace sohoa::ocr {

double ordinary_em(const std::vector<FoundLine>& lines, Dpi dpi) {
  std::vector<double> heights;  // one entry a word, so that long lines count for more
  for (const auto& found : lines) {
    const double height = found.x_height > 0 ? found.x_height : found.line.box.height * 0.6;
    heights.insert(heights.end(), found.line.words.size(), height);
  }
  if (heights.empty()) return std::max(5.0, dpi.pixels(13));
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return std::max(5.0, em_of_x_height * *middle);
}

double baseline_at(const TextLine& line, double x) {
  const double run = line.baseline_end.x - line.baseline_start.x;
  if (run <= 0) return line.baseline_start.y;
  return line.baseline_start.y + (line.baseline_end.y - line.baseline_start.y) * (x - line.baseline_start.x) / run;
}

namespace {

void fit_to_words(TextLine& line, const TextLine& baseline_of) {
  line.box = {};
  for (const auto& word : line.words) line.box = united(line.box, word.box);
  const double left = line.box.x;
  const double right = line.box.right();
  const Point start{left, baseline_at(baseline_of, left)};
  line.baseline_end = {right, baseline_at(baseline_of, right)};
  line.baseline_start = start;
}

}  // namespace

FoundLine part_of(const FoundLine& found, std::size_t first, std::size_t last) {
  FoundLine part;
  part.x_height = found.x_height;
  part.block = found.block;
  const auto& words = found.line.words;
  part.line.words.assign(words.begin() + static_cast<std::ptrdiff_t>(first),
                         words.begin() + static_cast<std::ptrdiff_t>(last));
  fit_to_words(part.line, found.line);
  return part;
}

FoundLine joined(const FoundLine& a, const FoundLine& b) {
  const auto& left = a.line.box.x <= b.line.box.x ? a : b;
  const auto& right = &left == &a ? b : a;
  FoundLine both = left;
  both.x_height = std::max(a.x_height, b.x_height);
  both.line.words.insert(both.line.words.end(), right.line.words.begin(), right.line.words.end());
  std::stable_sort(both.line.words.begin(), both.line.words.end(),
                   [](const Word& v, const Word& w) { return v.box.x < w.box.x; });
  both.line.box = united(a.line.box, b.line.box);
  both.line.baseline_end = right.line.baseline_end;
  return both;
}

double vertical_overlap(const PixelRect& a, const PixelRect& b) {
  const auto shared = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  const auto smaller = std::min(a.height, b.height);
  return smaller <= 0 || shared <= 0 ? 0.0 : static_cast<double>(shared) / smaller;
}

PixelRect box_around(const std::vector<FoundLine>& lines) {
  PixelRect box;
  for (const auto& found : lines) box = united(box, found.line.box);
  return box;
}

std::vector<FoundLine> by_rows(std::vector<FoundLine> lines) {
  std::stable_sort(lines.begin(), lines.end(), [](const FoundLine& a, const FoundLine& b) {
    return a.line.box.center_y() < b.line.box.center_y();
  });
  std::vector<FoundLine> ordered;
  std::vector<FoundLine> row;
  const auto flush = [&] {
    std::stable_sort(row.begin(), row.end(),
                     [](const FoundLine& a, const FoundLine& b) { return a.line.box.x < b.line.box.x; });
    std::move(row.begin(), row.end(), std::back_inserter(ordered));
    row.clear();
  };
  for (auto& line : lines) {
    // A row ends where a line lies lower than its first one, or under one that it already has.
    const bool beside = !row.empty() && std::all_of(row.begin(), row.end(), [&](const FoundLine& other) {
      const auto shared =
          std::min(other.line.box.right(), line.line.box.right()) - std::max(other.line.box.x, line.line.box.x);
      return shared <= 0 && vertical_overlap(other.line.box, line.line.box) >= 0.5;
    });
    if (!beside) flush();
    row.push_back(std::move(line));
  }
  flush();
  return ordered;
}

}  // namespace sohoa::ocr
