#include "ocr/fields/page_view.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

/// From pixels of the page to units on the page set straight.
class Ruler {
 public:
  explicit Ruler(const RecognizedPage& page)
      : scale_(page.width > 0 ? page_units / page.width : 1),
        center_{page.width / 2.0, page.height / 2.0},
        sine_(std::sin(page.quality.skew_degrees * std::numbers::pi / 180)),
        cosine_(std::cos(page.quality.skew_degrees * std::numbers::pi / 180)) {}

  [[nodiscard]] Point operator()(Point p) const {
    const double dx = p.x - center_.x, dy = p.y - center_.y;
    return {(center_.x + dx * cosine_ + dy * sine_) * scale_, (center_.y - dx * sine_ + dy * cosine_) * scale_};
  }
  [[nodiscard]] double scale() const { return scale_; }

 private:
  double scale_;
  Point center_;
  double sine_, cosine_;
};

void place(Line& line, const Ruler& ruler, double y) {
  const auto &first = line.words.front().box, &last = line.words.back().box;
  line.left = ruler({static_cast<double>(first.x), first.center_y()}).x;
  line.right = ruler({static_cast<double>(last.right()), last.center_y()}).x;
  line.y = y;
  line.folded = fold(line.words);
}

}  // namespace

std::string Line::text() const {
  std::string result;
  for (const auto& word : words) result += (result.empty() ? "" : " ") + word.text;
  return result;
}

std::string Line::letters() const {
  return letters_of(text());
}

PixelRect Line::box() const {
  PixelRect result;
  for (const auto& word : words) result = united(result, word.box);
  return result;
}

float Line::confidence() const {
  float least = 100;
  for (const auto& word : words) least = std::min(least, word.confidence);
  return words.empty() ? 0 : least / 100;
}

float Line::mean_confidence() const {
  float sum = 0, length = 0;
  for (const auto& word : words) {
    const auto size = static_cast<float>(word.text.size());
    sum += size * word.confidence;
    length += size;
  }
  return length > 0 ? sum / length / 100 : 0;
}

bool Line::in_capitals() const {
  std::size_t letters = 0, capitals = 0;
  for (const auto c : folded.printed) {
    letters += text::is_letter(c);
    capitals += text::is_upper(c);
  }
  return letters > 0 && capitals * 5 >= letters * 4;
}

std::vector<Line> PageView::body(double from, double to) const {
  std::vector<Line> found;
  for (const auto& line : lines) {
    if (!is_apart(line.role) && line.y >= from && line.y < to) found.push_back(line);
  }
  std::stable_sort(found.begin(), found.end(), [](const Line& a, const Line& b) { return a.y < b.y; });
  return found;
}

PageView view_of(const RecognizedPage& page) {
  const Ruler ruler(page);
  PageView view{page.number, page.height * ruler.scale(), {}};
  for (std::size_t block = 0; block < page.blocks.size(); ++block) {
    for (const auto& text_line : page.blocks[block].lines) {
      Line line{{}, page.blocks[block].role, block, 0, 0, 0, {}};
      std::copy_if(text_line.words.begin(), text_line.words.end(), std::back_inserter(line.words),
                   [](const Word& word) { return !word.text.empty(); });
      if (line.words.empty()) continue;
      const Point start = ruler(text_line.baseline_start), end = ruler(text_line.baseline_end);
      place(line, ruler, (start.y + end.y) / 2);
      view.lines.push_back(std::move(line));
    }
  }
  return view;
}

Line part_of(const Line& line, std::size_t first, std::size_t last) {
  Line part = line;
  part.words.assign(line.words.begin() + static_cast<std::ptrdiff_t>(first),
                    line.words.begin() + static_cast<std::ptrdiff_t>(last));
  // Along the line units grow with pixels.
  const double pixels = line.words.back().box.right() - line.words.front().box.x;
  const double unit = pixels > 0 ? line.width() / pixels : 0;
  part.left = line.left + unit * (part.words.front().box.x - line.words.front().box.x);
  part.right = line.left + unit * (part.words.back().box.right() - line.words.front().box.x);
  part.folded = fold(part.words);
  return part;
}

Columns columns_at(const std::vector<Line>& lines, double x) {
  Columns columns;
  for (const auto& line : lines) {
    std::size_t cut = 0;
    while (cut < line.words.size() && part_of(line, cut, cut + 1).center() < x) ++cut;
    if (cut > 0) columns.left.push_back(cut == line.words.size() ? line : part_of(line, 0, cut));
    if (cut < line.words.size()) columns.right.push_back(cut == 0 ? line : part_of(line, cut, line.words.size()));
  }
  return columns;
}

}  // namespace sohoa::fields
