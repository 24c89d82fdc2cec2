// Newspapers and booklets set columns one em apart, no further than a wide space in a justified line. What tells them
// is that gaps stand above each other: a gap of 2 x-heights that stays open, 1.5 wide, over six lines, with a column's
// width of text on either side, is a gutter; the rivers of white in loosely set text are open for three or four lines.
// Each side of a line counts for half, if it has a column's width: a paragraph's short last line is parted from the
// other column, too, where the lines around it are; bullets and numbers before a list never are. So do lines that end
// or begin at the gap, because they were not chained across it.

#include "ocr/layout/gutters.hpp"

#include <algorithm>
#include <optional>

#include "ocr/layout/baseline.hpp"

namespace sohoa::ocr::layout {
namespace {

constexpr double gap_x = 2.0;     // x-heights, of a gap that may be part of a gutter
constexpr double open_x = 1.5;    // of what must stay open
constexpr double space_x = 0.35;  // of a space between words
constexpr double wider_than_spaces = 1.5;
constexpr double column_x = 12;  // of text on either side
constexpr double edge_x = 3;     // a column's line ends so near to the gutter
constexpr double pitch_x = 4.5;  // from one line to the next
constexpr double lines_needed = 6;

struct Gap {
  double from = 0;
  double to = 0;
  [[nodiscard]] double width() const { return to - from; }
};

Gap common(const Gap& a, const Gap& b) {
  return {std::max(a.from, b.from), std::min(a.to, b.to)};
}

class Gutters {
 public:
  Gutters(const std::vector<TextRun>& lines, const std::vector<Component>& all, const std::vector<PixelRect>& seals)
      : lines_(lines), seals_(seals) {
    for (const auto& line : lines) gaps_.push_back(gaps_of(line, all));
    order_.resize(lines.size());
    for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = i;
    std::sort(order_.begin(), order_.end(),
              [&](std::size_t a, std::size_t b) { return middle(lines_[a]) < middle(lines_[b]); });
    place_.resize(order_.size());
    for (std::size_t k = 0; k < order_.size(); ++k) place_[order_[k]] = k;
  }

  /// Where line `i` is to be parted: the middles of gutters, from the left.
  [[nodiscard]] std::vector<double> cuts(std::size_t i) const {
    const auto& line = lines_[i];
    std::vector<double> found;
    double left = line.left;
    for (const auto& gap : gaps_[i]) {
      const double x = line.x_height;
      if (gap.width() < gap_x * x) continue;
      auto open = gap;
      const double count = columns_beside(gap, left, line.right, x) + followed(i, 1, open) + followed(i, -1, open);
      if (count < lines_needed) continue;
      found.push_back((open.from + open.to) / 2);
      left = gap.to;
    }
    return found;
  }

 private:
  static double middle(const TextRun& line) { return line.baseline((line.left + line.right) / 2.0); }

  /// Half for each side on which a line from `left` to `right` has a column's width.
  static double columns_beside(const Gap& gap, double left, double right, double x) {
    return (gap.from - left >= column_x * x ? 0.5 : 0) + (right - gap.to >= column_x * x ? 0.5 : 0);
  }

  /// Gaps wider than the line's spaces between words.
  [[nodiscard]] std::vector<Gap> gaps_of(const TextRun& line, const std::vector<Component>& all) const {
    std::vector<Gap> gaps;
    std::vector<double> spaces;
    double right = line.left;
    for (const auto i : line.letters) {
      const auto& box = all[static_cast<std::size_t>(i)].box;
      const Gap gap{right, static_cast<double>(box.x)};
      if (gap.width() >= space_x * line.x_height) spaces.push_back(gap.width());
      if (gap.width() >= open_x * line.x_height) gaps.push_back(gap);
      right = std::max<double>(right, box.right());
    }
    std::erase_if(gaps, [&](const Gap& gap) { return in_seal(gap, middle(line)); });
    if (spaces.empty()) return gaps;
    std::sort(spaces.begin(), spaces.end());
    const double wide = wider_than_spaces * spaces[spaces.size() / 2];
    std::erase_if(gaps, [&](const Gap& gap) { return spaces.size() > 1 && gap.width() < wide; });
    return gaps;
  }

  /// How many lines above or below keep `open` open, which shrinks to what they all do.
  double followed(std::size_t i, int direction, Gap& open) const {
    double count = 0;
    double last = middle(lines_[i]);
    const double x = lines_[i].x_height;
    for (auto k = static_cast<std::ptrdiff_t>(place_[i]) + direction;
         k >= 0 && k < static_cast<std::ptrdiff_t>(order_.size()); k += direction) {
      const auto other = order_[static_cast<std::size_t>(k)];
      const auto& line = lines_[other];
      if (std::abs(middle(line) - last) > pitch_x * x) break;
      if (line.right < open.from - edge_x * x || line.left > open.to + edge_x * x) continue;
      const auto still = kept_open(other, open);
      if (!still || still->width() < open_x * x) break;
      open = *still;
      count += columns_beside(open, line.left, line.right, x);
      last = middle(line);
    }
    return count;
  }

  /// What of `open` line `i` leaves open.
  [[nodiscard]] std::optional<Gap> kept_open(std::size_t i, const Gap& open) const {
    const auto& line = lines_[i];
    if (line.right <= (open.from + open.to) / 2) return common(open, {static_cast<double>(line.right), open.to});
    if (line.left >= (open.from + open.to) / 2) return common(open, {open.from, static_cast<double>(line.left)});
    std::optional<Gap> widest;
    for (const auto& gap : gaps_[i]) {
      const auto shared = common(open, gap);
      if (!widest || shared.width() > widest->width()) widest = shared;
    }
    return widest;
  }

  /// A seal's ring takes the letters that it touches out of a line.
  [[nodiscard]] bool in_seal(const Gap& gap, double y) const {
    return std::any_of(seals_.begin(), seals_.end(), [&](const PixelRect& seal) {
      return gap.to > seal.x && gap.from < seal.right() && y > seal.y && y < seal.bottom() + seal.height / 10.0;
    });
  }

  const std::vector<TextRun>& lines_;
  const std::vector<PixelRect>& seals_;
  std::vector<std::vector<Gap>> gaps_;
  std::vector<std::size_t> order_;  ///< from the top
  std::vector<std::size_t> place_;  ///< in order_
};

}  // namespace

std::vector<TextRun> parted_at_gutters(std::vector<TextRun> lines, const std::vector<Component>& all,
                                       const std::vector<PixelRect>& seals, double size) {
  const Gutters gutters(lines, all, seals);
  std::vector<TextRun> parted;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto cuts = gutters.cuts(i);
    if (cuts.empty()) {
      parted.push_back(lines[i]);
      continue;
    }
    std::vector<TextRun> parts(cuts.size() + 1);
    for (const auto letter : lines[i].letters) {
      const double x = all[static_cast<std::size_t>(letter)].box.center_x();
      const auto part = std::upper_bound(cuts.begin(), cuts.end(), x) - cuts.begin();
      parts[static_cast<std::size_t>(part)].letters.push_back(letter);
    }
    for (auto& part : parts) {
      if (part.letters.empty()) continue;
      fit(part, all, size, lines[i].slope);
      parted.push_back(std::move(part));
    }
  }
  return parted;
}

}  // namespace sohoa::ocr::layout
