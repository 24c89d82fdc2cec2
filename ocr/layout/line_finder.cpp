// The order of line finding:
//   type size     tells letters from marks, pictures and pen strokes
//   chains        letters to lines
//   rows of marks quotation marks that were chained to each other go back to the line that they stand over
//   strays        single letters that a line passes through go into it (two letters that touch the line below have
//   their
//                 foot too low to be chained)
//   capitals      of headings so large that they were no letters
//   marks         dots, marks, stops and dashes, and loose pairs that turn out to be commas or stacked marks
//   alone         what is left of letters' size and shape: page numbers, "1", "&"
//   other sizes   the same again for what is left, if it is of one size: footnotes below 0.6 of the ordinary type
//   no text       leftovers of seals, corners of frames and pen strokes are dropped
// Pen strokes that look like letters stay: a reader is surer of that than geometry.

#include "ocr/layout/line_finder.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/layout/baseline.hpp"
#include "ocr/layout/chains.hpp"
#include "ocr/layout/gutters.hpp"
#include "ocr/layout/marks.hpp"
#include "ocr/layout/type_size.hpp"

namespace sohoa::ocr::layout {
namespace {

constexpr double usual_x_height_inch = 0.08;  // 13-point type: 24 pixels at 300 dpi
constexpr std::size_t line_letters = 3;       // fewer are loose: they may be anything
constexpr double regular_fit = 0.5;           // share of feet on the baseline; print has 0.75 to 0.95
constexpr std::size_t regular_letters = 4;
constexpr std::size_t second_size_letters = 12;
constexpr double heading_size = 2.2;  // of the ordinary type: its capitals are about as tall as kind_of allows

class Finder {
 public:
  Finder(const BitPage& page, const std::vector<Component>& all, const Rules& rules,
         const std::vector<PixelRect>& seals, Dpi dpi)
      : page_(page), all_(all), rules_(rules), seals_(seals), dpi_(dpi) {}

  FoundRuns run() {
    std::vector<std::int32_t> open(all_.size());
    for (std::size_t i = 0; i < open.size(); ++i) open[i] = static_cast<std::int32_t>(i);
    FoundRuns found;
    const double usual = usual_x_height_inch * dpi_.value;
    found.size = type_size(all_, open, usual);
    open = add_lines(std::move(open), found.size, found.runs);
    give_up_small_type(found.runs, found.size, open);
    const double second = type_size(all_, open, usual);
    const bool other = second < 0.75 * found.size || second > 3 * found.size;
    if (other && count_of(open, second) >= second_size_letters) {
      std::vector<TextRun> more;
      open = add_lines(std::move(open), second, more);
      // Smaller pieces are dust and parts of marks more often than type: lines only.
      std::erase_if(more, [](const TextRun& run) { return run.letters.size() < 6 || run.fit < 0.6; });
      found.runs.insert(found.runs.end(), more.begin(), more.end());
    }
    std::erase_if(found.runs, [&](const TextRun& run) { return !is_text(run, found.size); });
    measure(found);
    return found;
  }

 private:
  [[nodiscard]] const Component& at(std::int32_t i) const { return all_[static_cast<std::size_t>(i)]; }

  [[nodiscard]] std::size_t count_of(const std::vector<std::int32_t>& open, double size) const {
    return static_cast<std::size_t>(std::count_if(open.begin(), open.end(), [&](std::int32_t i) {
      const double height = at(i).box.height;
      return height > 0.8 * size && height < 1.8 * size;
    }));
  }

  /// Adds lines of type of one size to `runs`; returns what is in none.
  std::vector<std::int32_t> add_lines(std::vector<std::int32_t> open, double size, std::vector<TextRun>& runs) const {
    std::vector<std::int32_t> letters, small, rest;
    for (const auto i : open) {
      const auto kind = kind_of(at(i), size, dpi_);
      (kind == PartKind::letter ? letters : kind == PartKind::small ? small : rest).push_back(i);
    }
    auto lines =
        parted_at_gutters(chained({page_, all_, rules_.upright, size}, std::move(letters)), all_, seals_, size);
    const auto middle = std::stable_partition(lines.begin(), lines.end(),
                                              [](const TextRun& run) { return run.letters.size() >= line_letters; });
    std::vector<TextRun> loose(middle, lines.end());
    lines.erase(middle, lines.end());
    give_up_rows_of_marks(lines, loose, size);
    take_strays(lines, loose);
    take_capitals(lines, rest, size);
    for (const auto& run : loose) small.insert(small.end(), run.letters.begin(), run.letters.end());
    small = attach_small(all_, std::move(small), lines);
    auto alone = standing_alone(loose, small, size);
    small = attach_small(all_, std::move(small), alone);
    rest.insert(rest.end(), small.begin(), small.end());
    runs.insert(runs.end(), lines.begin(), lines.end());
    runs.insert(runs.end(), alone.begin(), alone.end());
    return rest;
  }

  /// Lines of much smaller type are found by their capitals only, and small letters are taken for marks: they are to be
  /// found again.
  void give_up_small_type(std::vector<TextRun>& runs, double size, std::vector<std::int32_t>& open) const {
    std::erase_if(runs, [&](const TextRun& run) {
      const auto standing = std::count_if(run.marks.begin(), run.marks.end(), [&](std::int32_t i) {
        const auto& box = at(i).box;
        return box.height > 0.3 * size && std::abs(run.baseline(box.center_x()) - box.bottom()) < 0.1 * size;
      });
      if (standing * 2 <= static_cast<std::ptrdiff_t>(run.letters.size())) return false;
      open.insert(open.end(), run.letters.begin(), run.letters.end());
      open.insert(open.end(), run.marks.begin(), run.marks.end());
      return true;
    });
  }

  /// Quotation marks of a line may be as tall as small letters and chained to each other: over the middle of another
  /// line's letters there is no line.
  void give_up_rows_of_marks(std::vector<TextRun>& lines, std::vector<TextRun>& loose, double size) const {
    const auto over = [&](const TextRun& row, const TextRun& line) {
      if (&row == &line || row.letters.size() * 2 > line.letters.size()) return false;
      return std::all_of(row.letters.begin(), row.letters.end(), [&](std::int32_t i) {
        const auto& box = at(i).box;
        const double base = line.baseline(box.center_x());
        return box.center_x() > line.left && box.center_x() < line.right && box.height < 0.8 * size &&
               box.bottom() < base - 0.5 * line.x_height && box.y > base - 2.3 * line.x_height;
      });
    };
    std::vector<char> is_row(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      is_row[i] = std::any_of(lines.begin(), lines.end(), [&](const TextRun& line) { return over(lines[i], line); });
    }
    for (std::size_t i = lines.size(); i-- > 0;) {
      if (is_row[i] == 0) continue;
      loose.push_back(std::move(lines[i]));
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  /// Capitals and ascenders of a heading may be too tall for letters of the page's type, where its small letters are
  /// not.
  void take_capitals(std::vector<TextRun>& lines, std::vector<std::int32_t>& rest, double size) const {
    for (auto& line : lines) {
      const double x = middle_height(line);
      if (x < heading_size * size) continue;
      const auto belongs = [&](std::int32_t i) {
        const auto& [box, area] = at(i);
        const double reach = 1.5 * x;
        return box.height > 1.2 * x && box.height < 2.2 * x && box.width < 4 * x && area * 8 > box.area() &&
               std::abs(box.bottom() - line.baseline(box.center_x())) < 0.25 * x && box.x < line.right + reach &&
               box.right() > line.left - reach;
      };
      // Each letter widens the line, for the next to be in reach.
      for (;;) {
        const auto letter = std::find_if(rest.begin(), rest.end(), belongs);
        if (letter == rest.end()) break;
        line.letters.push_back(*letter);
        rest.erase(letter);
        fit(line, all_, size, line.slope);
      }
    }
  }

  [[nodiscard]] double middle_height(const TextRun& line) const {
    std::vector<std::int32_t> heights;
    for (const auto i : line.letters) heights.push_back(at(i).box.height);
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    return *middle;
  }

  /// Loose letters in the body of a line become its own.
  void take_strays(std::vector<TextRun>& lines, std::vector<TextRun>& loose) const {
    const auto taken = [&](std::int32_t i) {
      const auto& box = at(i).box;
      for (auto& line : lines) {
        const double x = line.x_height;
        if (box.center_x() < line.left || box.center_x() > line.right || box.height < 0.9 * x) continue;
        const double base = line.baseline(box.center_x());
        const double covered = std::min<double>(box.bottom(), base) - std::max<double>(box.y, base - x);
        if (covered < 0.75 * x || box.y < base - 2.5 * x || box.bottom() > base + 1.2 * x) continue;
        const auto place =
            std::lower_bound(line.letters.begin(), line.letters.end(), box.x,
                             [&](std::int32_t letter, std::int32_t left) { return at(letter).box.x < left; });
        line.letters.insert(place, i);
        return true;
      }
      return false;
    };
    for (auto& run : loose) std::erase_if(run.letters, taken);
    std::erase_if(loose, [](const TextRun& run) { return run.letters.empty(); });
  }

  /// Loose runs all of whose letters are still in `small`; these are taken out of it.
  std::vector<TextRun> standing_alone(const std::vector<TextRun>& loose, std::vector<std::int32_t>& small,
                                      double size) const {
    std::sort(small.begin(), small.end());
    std::vector<TextRun> alone;
    for (const auto& run : loose) {
      const bool free = std::all_of(run.letters.begin(), run.letters.end(), [&](std::int32_t i) {
        return std::binary_search(small.begin(), small.end(), i) && at(i).box.height > 0.75 * size;
      });
      if (!free) continue;
      for (const auto i : run.letters) small.erase(std::lower_bound(small.begin(), small.end(), i));
      alone.push_back(run);
    }
    return alone;
  }

  [[nodiscard]] bool is_text(const TextRun& run, double size) const {
    PixelRect box;
    std::int64_t ink = 0;
    for (const auto i : run.letters) {
      box = united(box, at(i).box);
      ink += at(i).area;
    }
    if (run.letters.size() >= regular_letters && run.fit < 0.3) return false;
    if (run.letters.size() >= line_letters)
      return !(in_seal(box) && (run.fit < regular_fit || run.x_height < 0.8 * size));
    // Corners of frames, pieces of rules, strokes.
    if (box.width < 0.1 * box.height || box.height > 3.2 * size || ink * 10 < box.area()) return false;
    return !in_seal(box);
  }

  [[nodiscard]] bool in_seal(const PixelRect& box) const {
    return std::any_of(seals_.begin(), seals_.end(), [&](const PixelRect& seal) {
      return box.center_x() > seal.x && box.center_x() < seal.right() && box.center_y() > seal.y &&
             box.center_y() < seal.bottom();
    });
  }

  void measure(FoundRuns& found) const {
    for (const auto& component : all_) {
      const auto kind = kind_of(component, found.size, dpi_);
      if (kind == PartKind::speck) continue;
      found.ink += component.area;
      found.letters += kind == PartKind::letter;
    }
    for (const auto& run : found.runs) {
      if (run.letters.size() < regular_letters || run.fit < regular_fit) continue;
      found.regular += run.letters.size();
      for (const auto* parts : {&run.letters, &run.marks}) {
        for (const auto i : *parts) found.text_ink += at(i).area;
      }
    }
  }

  const BitPage& page_;
  const std::vector<Component>& all_;
  const Rules& rules_;
  const std::vector<PixelRect>& seals_;
  Dpi dpi_;
};

}  // namespace

FoundRuns find_runs(const BitPage& page, const std::vector<Component>& all, const Rules& rules,
                    const std::vector<PixelRect>& seals, Dpi dpi) {
  return Finder(page, all, rules, seals, dpi).run();
}

}  // namespace sohoa::ocr::layout
