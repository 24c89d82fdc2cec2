// What a second look is worth, on the gold pages: each costs about 20 ms; the heads and feet of documents have about
// ten doubtful parts, the marks cut off are one or two lines on every third page. A new reading must be surer than the
// old one and may not lose letters: an area that holds pieces of a neighbouring line reads worse than before, and is
// then dropped.

#include "ocr/second_look.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/evidence.hpp"
#include "ocr/line_geometry.hpp"

namespace sohoa::ocr {
namespace {

constexpr double column_gap_em = 2.0;
constexpr double sure_word = 85;  // sure words of 300-dpi print have 90 to 97

PixelRect widened(const PixelRect& box, double by, const FoundPage& page) {
  const auto d = static_cast<std::int32_t>(std::lround(by));
  return intersection({box.x - d, box.y - d, box.width + 2 * d, box.height + 2 * d}, {0, 0, page.width, page.height});
}

bool is_doubtful(const TextLine& line) {
  return std::any_of(line.words.begin(), line.words.end(),
                     [](const Word& word) { return word.confidence < sure_word && count_alphanumeric(word.text) > 0; });
}

/// Lower than any letters of the page's ordinary type.
bool is_low(const FoundLine& found, double em) {
  const auto& words = found.line.words;
  const auto low = [&](const Word& word) { return word.box.height < 0.42 * em; };
  return (found.x_height > 0 && found.x_height < 0.45 * em / 2.1) || std::all_of(words.begin(), words.end(), low);
}

/// A run of words of a line, up to a gap as wide as between columns.
struct Part {
  FoundLine found;
  std::size_t line = 0;
  bool alone = true;  ///< the only part of its line
  bool better = false;
  bool absorbed = false;  ///< was marks of another part, which has them now
};

std::vector<Part> parts_of(const FoundPage& page, double em) {
  std::vector<Part> parts;
  for (std::size_t line = 0; line < page.lines.size(); ++line) {
    const auto& words = page.lines[line].line.words;
    const auto before = parts.size();
    std::size_t first = 0;
    for (std::size_t i = 1; i <= words.size(); ++i) {
      const bool gap = i == words.size() || words[i].box.x - words[i - 1].box.right() >= column_gap_em * em;
      if (!gap || (i < words.size() && is_low(page.lines[line], em))) continue;
      parts.push_back({part_of(page.lines[line], first, i), line, true, false, false});
      first = i;
    }
    for (auto i = before; i < parts.size(); ++i) parts[i].alone = parts.size() - before == 1;
  }
  return parts;
}

/// Marks read as words of their own: low, unsure, close above the letters that they belong to. A row of them may be
/// parted by gaps as wide as between columns.
bool are_marks_of(const FoundLine& marks, const FoundLine& letters, double em) {
  const auto& upper = marks.line.box;
  const auto& lower = letters.line.box;
  const bool short_words = std::all_of(marks.line.words.begin(), marks.line.words.end(),
                                       [](const Word& word) { return count_alphanumeric(word.text) <= 2; });
  return is_low(marks, em) && (confidence_of(marks.line) < 75 || short_words) &&
         upper.center_y() < lower.y + 0.3 * em && lower.y - upper.bottom() < 0.35 * em && upper.x > lower.x - em &&
         upper.right() < lower.right() + em;
}

class SecondLook {
 public:
  SecondLook(const FoundPage& page, const ReadLine& read_line, int most)
      : page_(page), read_line_(read_line), left_(most), em_(page_em(page)), parts_(parts_of(page, em_)) {}

  std::vector<FoundLine> run() {
    look_with_marks();
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const auto& part = parts_[i];
      if (part.alone || part.better || part.absorbed || !is_doubtful(part.found.line)) continue;
      improve(i, freed(i, widened(part.found.line.box, 0.12 * em_, page_)), 1);
    }
    return reassembled();
  }

 private:
  /// Whether the area's new reading is surer by `gain` and has as many letters; then it stands in the part.
  bool improve(std::size_t i, const PixelRect& area, double gain) {
    if (left_ <= 0 || area.height < 0.5 * em_) return false;
    --left_;
    auto& found = parts_[i].found;
    auto again = read_line_(area);
    if (!again || again->line.words.empty()) return false;
    const auto letters = count_alphanumeric(found.line.text());
    if (count_alphanumeric(again->line.text()) * 10 < letters * 8) return false;
    if (confidence_of(again->line) < confidence_of(found.line) + gain) return false;
    // The same letters with fewer marks: the area cut them off.
    if (folded(again->line.text()) == folded(found.line.text()) &&
        again->line.text().size() < found.line.text().size()) {
      return false;
    }
    again->block = found.block;
    found = std::move(*again);
    parts_[i].better = true;
    return true;
  }

  void look_with_marks() {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      for (std::size_t j = 0; j < parts_.size(); ++j) {
        if (i == j || parts_[j].absorbed || !are_marks_of(parts_[i].found, parts_[j].found, em_)) continue;
        const auto area = widened(united(parts_[i].found.line.box, parts_[j].found.line.box), 0.08 * em_, page_);
        // The marks were missing before: nearly as sure as before is better.
        if (improve(j, area, -2)) parts_[i].absorbed = true;
        break;
      }
    }
  }

  /// `area` without what belongs to surer parts above and below part `i`.
  [[nodiscard]] PixelRect freed(std::size_t i, PixelRect area) const {
    const double middle = parts_[i].found.line.box.center_y();
    for (std::size_t j = 0; j < parts_.size(); ++j) {
      const auto& other = parts_[j].found.line;
      const bool meets = !intersection(parts_[i].found.line.box, other.box).empty();
      // Marks and descenders of neighbouring lines may overlap by a few pixels; a joined part overlaps by half a line.
      if (j == i || !meets || vertical_overlap(parts_[i].found.line.box, other.box) < 0.35) continue;
      if (confidence_of(other) < 80) continue;
      if (other.box.center_y() > middle && other.box.y > area.y) {
        area.height = other.box.y - area.y;
      } else if (other.box.center_y() < middle) {
        const auto bottom = area.bottom();
        area.y = std::max(area.y, other.box.bottom());
        area.height = bottom - area.y;
      }
    }
    return area;
  }

  std::vector<FoundLine> reassembled() {
    std::vector<FoundLine> lines;
    for (std::size_t first = 0; first < parts_.size();) {
      auto last = first;
      bool changed = false;
      for (; last < parts_.size() && parts_[last].line == parts_[first].line; ++last) {
        changed = changed || parts_[last].better || parts_[last].absorbed;
      }
      if (!changed) lines.push_back(page_.lines[parts_[first].line]);
      for (auto i = first; changed && i < last; ++i) {
        if (!parts_[i].absorbed) lines.push_back(std::move(parts_[i].found));
      }
      first = last;
    }
    return lines;
  }

  const FoundPage& page_;
  const ReadLine& read_line_;
  int left_;
  double em_;
  std::vector<Part> parts_;
};

}  // namespace

std::vector<FoundLine> with_second_look(const FoundPage& page, const ReadLine& read_line, int most) {
  return SecondLook(page, read_line, most).run();
}

}  // namespace sohoa::ocr
