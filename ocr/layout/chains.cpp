// Lines from letters, bottom up.
//   1. Each letter looks for its nearest neighbour to the right whose foot is about as low, within 1.6 letter heights (a
//      word space has 0.25 em, or 0.35 letter heights, and up to 1 em in justified lines); the two are joined if the
//      neighbour finds it, too, looking to the left. The feet decide, not the overlap: what two lines' touching letters
//      make up has its foot on the lower line and is joined to that only.
//   2. A baseline is laid through most of a chain's feet. The page's lean is the median of the long chains'; short
//      chains take it over, so that three letters with a descender cannot tilt their line.
//   3. Chains on one baseline are joined over gaps below 3 em, the nearest first; single letters join a line in whose
//      band they stand.
// Chains of Vietnamese body text break at about every fifth word space in step 1 and are whole after step 3.

#include "ocr/layout/chains.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sohoa::ocr::layout {
namespace {

constexpr double neighbour_gap = 1.6;      // letter heights
constexpr double foot_tolerance = 0.5;     // of the smaller letter's height: a descender reaches 0.45 x-heights down
constexpr double tallest_letter = 4;       // type sizes, as kind_of has it
constexpr double inked_gap_x = 16;         // x-heights: a ring of 36 mm covers as much where it runs along a line
constexpr double least_ink = 0.1;          // share of the band of small letters; letters have 0.25 to 0.35
constexpr double most_lean = 0.03;         // 1.7 degrees
constexpr std::size_t telling_letters = 12;  // a chain of so many has a slope of its own

const PixelRect& box_of(const std::vector<Component>& all, std::int32_t i) {
  return all[static_cast<std::size_t>(i)].box;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

bool rule_between(const LetterField& field, const PixelRect& left, const PixelRect& right) {
  const auto top = std::max(left.y, right.y);
  const auto bottom = std::min(left.bottom(), right.bottom());
  return std::any_of(field.upright_rules.begin(), field.upright_rules.end(), [&](const PixelRect& rule) {
    return rule.center_x() > left.center_x() && rule.center_x() < right.center_x() && rule.y < (top + bottom) / 2 &&
           rule.bottom() > (top + bottom) / 2;
  });
}

/// Each letter's nearest neighbours, as places in the list of letters; -1: none.
struct Neighbours {
  std::vector<std::int32_t> right;
  std::vector<std::int32_t> left;
};

/// What two letters beside each other are apart, gap and feet; huge where they are no neighbours.
double distance(const PixelRect& a, const PixelRect& b) {
  constexpr double never = 1e9;
  const double gap = b.x - a.right();
  const auto higher = std::max(a.height, b.height);
  const auto lower = std::min(a.height, b.height);
  if (gap > neighbour_gap * higher || b.center_x() <= a.center_x() + 0.1 * lower) return never;
  const double foot = std::abs(b.bottom() - a.bottom());
  const auto shared = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  if (foot > foot_tolerance * lower || shared < 0.4 * lower) return never;
  return std::max(0.0, gap) + foot;
}

/// Letters are sorted by their left edges. They are looked up by bands of their feet, so that a page of 60,000 letters
/// costs no more for each.
Neighbours neighbours(const LetterField& field, const std::vector<std::int32_t>& letters) {
  Neighbours nearest{std::vector<std::int32_t>(letters.size(), -1), std::vector<std::int32_t>(letters.size(), -1)};
  std::vector<double> right_cost(letters.size(), 1e9);
  std::vector<double> left_cost(letters.size(), 1e9);
  const double band_height = foot_tolerance * tallest_letter * field.size;
  std::vector<std::vector<std::size_t>> bands;
  const auto band_of = [&](std::size_t i) {
    return static_cast<std::size_t>(box_of(field.all, letters[i]).bottom() / band_height) + 1;
  };
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (band_of(i) + 1 >= bands.size()) bands.resize(band_of(i) + 2);
    bands[band_of(i)].push_back(i);
  }
  const double reach = neighbour_gap * tallest_letter * field.size;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const auto& a = box_of(field.all, letters[i]);
    for (auto band = band_of(i) - 1; band <= band_of(i) + 1; ++band) {
      auto it = std::upper_bound(bands[band].begin(), bands[band].end(), i);
      for (; it != bands[band].end(); ++it) {
        const auto& b = box_of(field.all, letters[*it]);
        if (b.x - a.right() > reach) break;
        const double cost = distance(a, b);
        if (cost < right_cost[i]) {
          right_cost[i] = cost;
          nearest.right[i] = static_cast<std::int32_t>(*it);
        }
        if (cost < left_cost[*it]) {
          left_cost[*it] = cost;
          nearest.left[*it] = static_cast<std::int32_t>(i);
        }
      }
    }
  }
  return nearest;
}

std::vector<std::vector<std::int32_t>> linked(const LetterField& field, const std::vector<std::int32_t>& letters) {
  const auto nearest = neighbours(field, letters);
  std::vector<std::vector<std::int32_t>> chains;
  std::vector<char> taken(letters.size());
  for (std::size_t first = 0; first < letters.size(); ++first) {
    if (taken[first] != 0) continue;
    auto& chain = chains.emplace_back();
    for (auto at = static_cast<std::int32_t>(first); at >= 0;) {
      const auto here = static_cast<std::size_t>(at);
      taken[here] = 1;
      chain.push_back(letters[here]);
      const auto next = nearest.right[here];
      if (next < 0 || nearest.left[static_cast<std::size_t>(next)] != at || taken[static_cast<std::size_t>(next)] != 0) break;
      const bool parted = rule_between(field, box_of(field.all, letters[here]),
                                       box_of(field.all, letters[static_cast<std::size_t>(next)]));
      at = parted ? -1 : next;
    }
  }
  return chains;
}

/// The middle of the densest window of `width` over sorted values, and how many lie in it.
struct Cluster {
  double value = 0;
  std::size_t count = 0;
};

Cluster densest(const std::vector<double>& sorted, double width) {
  Cluster best;
  for (std::size_t first = 0, last = 0; first < sorted.size(); ++first) {
    while (last < sorted.size() && sorted[last] - sorted[first] <= width) ++last;
    if (last - first > best.count) best = {sorted[(first + last - 1) / 2], last - first};
  }
  return best;
}

/// What counts as one height in a run: a seventh of its own letters', which may be larger than the page's type.
double height_window(const TextRun& run, const std::vector<Component>& all, double size) {
  std::vector<double> heights;
  for (const auto i : run.letters) heights.push_back(box_of(all, i).height);
  return 0.14 * std::max(size, 0.7 * median(std::move(heights)));
}

double fitted_x_height(const TextRun& run, const std::vector<Component>& all, double size) {
  const double window = height_window(run, all, size);
  std::vector<double> heights;
  for (const auto i : run.letters) {
    const auto& box = box_of(all, i);
    const double height = run.baseline(box.center_x()) - box.y;
    if (height > 0.4 * size) heights.push_back(height);
  }
  if (heights.empty()) return size;
  std::sort(heights.begin(), heights.end());
  const auto mode = densest(heights, window);
  // Small letters stand at 0.6 to 0.75 of capitals and ascenders.
  std::vector<double> lower;
  for (const double h : heights) {
    if (h > 0.58 * mode.value && h < 0.8 * mode.value) lower.push_back(h);
  }
  if (lower.size() * 6 > heights.size()) return densest(lower, window).value;
  const auto taller = std::count_if(heights.begin(), heights.end(), [&](double h) { return h > 1.25 * mode.value; });
  // Eight letters of one height are capitals on a page of capitals too: small ones have ascenders among them.
  const bool even = heights.size() >= 8 && static_cast<double>(mode.count) > 0.85 * static_cast<double>(heights.size());
  const bool capitals = taller * 10 < static_cast<std::ptrdiff_t>(heights.size()) && (mode.value > 1.2 * size || even);
  return capitals ? 0.68 * mode.value : mode.value;
}

double slope_of(const TextRun& run, const std::vector<Component>& all, double size) {
  // Theil and Sen over pairs half the chain apart: descenders are outliers.
  std::vector<double> slopes;
  const auto half = run.letters.size() / 2;
  for (std::size_t i = 0; i + half < run.letters.size(); ++i) {
    const auto& a = box_of(all, run.letters[i]);
    const auto& b = box_of(all, run.letters[i + half]);
    const double across = b.center_x() - a.center_x();
    if (across > 2 * size) slopes.push_back((b.bottom() - a.bottom()) / across);
  }
  return median(std::move(slopes));
}

double page_lean(std::vector<TextRun>& runs, const std::vector<Component>& all, double size) {
  std::vector<double> leans;
  for (const auto& run : runs) {
    if (run.letters.size() < telling_letters) continue;
    const double slope = slope_of(run, all, size);
    leans.insert(leans.end(), run.letters.size() / telling_letters, slope);
  }
  return std::clamp(median(std::move(leans)), -most_lean, most_lean);
}

}  // namespace

void fit(TextRun& run, const std::vector<Component>& all, double size, double lean) {
  std::sort(run.letters.begin(), run.letters.end(),
            [&](std::int32_t a, std::int32_t b) { return box_of(all, a).x < box_of(all, b).x; });
  run.left = box_of(all, run.letters.front()).x;
  run.right = 0;
  for (const auto i : run.letters) run.right = std::max(run.right, box_of(all, i).right());
  run.slope = lean;
  if (run.letters.size() >= telling_letters && run.right - run.left > 15 * size) {
    const double own = slope_of(run, all, size);
    if (std::abs(own - lean) < 0.008) run.slope = own;
  }
  std::vector<double> feet;
  for (const auto i : run.letters) {
    const auto& box = box_of(all, i);
    feet.push_back(box.bottom() - run.slope * box.center_x());
  }
  std::sort(feet.begin(), feet.end());
  const auto cluster = densest(feet, std::max(3.0, height_window(run, all, size)));
  run.offset = cluster.value;
  run.fit = static_cast<double>(cluster.count) / static_cast<double>(feet.size());
  run.x_height = fitted_x_height(run, all, size);
}

namespace {

bool is_solid(const TextRun& run) {
  return run.letters.size() >= 3;
}

class Joining {
 public:
  Joining(const LetterField& field, std::vector<TextRun> runs, double lean)
      : field_(field), runs_(std::move(runs)), lean_(lean) {}

  std::vector<TextRun> run() {
    std::sort(runs_.begin(), runs_.end(), [](const TextRun& a, const TextRun& b) { return a.left < b.left; });
    // The nearest first: a far chain may not jump over a near one.
    for (const double reach : {1.5, 3.0, cut_gap_x, inked_gap_x}) {
      while (join_within(reach)) {
      }
    }
    return std::move(runs_);
  }

 private:
  bool join_within(double reach) {
    bool joined = false;
    double tallest = 0;
    for (const auto& run : runs_) tallest = std::max(tallest, run.x_height);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      for (std::size_t j = i + 1; j < runs_.size(); ++j) {
        auto& a = runs_[i];
        auto& b = runs_[j];
        if (b.left - a.right > reach * tallest) break;
        if (a.letters.empty() || b.letters.empty() || !fits(a, b, reach)) continue;
        a.letters.insert(a.letters.end(), b.letters.begin(), b.letters.end());
        b.letters.clear();
        fit(a, field_.all, field_.size, lean_);
        joined = true;
      }
    }
    std::erase_if(runs_, [](const TextRun& run) { return run.letters.empty(); });
    return joined;
  }

  [[nodiscard]] bool fits(const TextRun& a, const TextRun& b, double reach) const {
    const double gap = b.left - a.right;
    const double x_height = std::max(a.x_height, b.x_height);
    if (gap > reach * x_height) return false;
    if (is_solid(a) && is_solid(b)) {
      // Two lines cannot share a baseline: runs through each other on one are one.
      const double ratio = std::min(a.x_height, b.x_height) / x_height;
      const double at = (std::min(a.right, b.right) + b.left) / 2.0;
      if (ratio < 0.55 || std::abs(a.baseline(at) - b.baseline(at)) > 0.22 * x_height) return false;
    } else if (gap < -2 * x_height || !(is_solid(a) ? stands_in(b, a) : stands_in(a, b))) {
      return false;
    }
    if (gap < 0) return true;
    if (rule_between(field_, box_of(field_.all, a.letters.back()), box_of(field_.all, b.letters.front()))) return false;
    return gap <= cut_gap_x * x_height || is_inked(a, b);
  }

  /// Whether the band between two runs has ink all along: letters that a seal's ring or a pen stroke runs through.
  [[nodiscard]] bool is_inked(const TextRun& a, const TextRun& b) const {
    const auto x = static_cast<std::int32_t>(std::lround(a.x_height));
    for (auto left = a.right; left < b.left; left += 2 * x) {
      const auto base = static_cast<std::int32_t>(std::lround(a.baseline(left)));
      const PixelRect slice{left, base - x, std::min(2 * x, b.left - left), x};
      if (static_cast<double>(field_.page.ink_in(slice)) < least_ink * static_cast<double>(slice.area())) return false;
    }
    return true;
  }

  /// Whether every letter of a short chain stands in a line's band as letters do.
  [[nodiscard]] bool stands_in(const TextRun& loose, const TextRun& line) const {
    const double x = is_solid(line) ? line.x_height : std::max(line.x_height, loose.x_height);
    return std::all_of(loose.letters.begin(), loose.letters.end(), [&](std::int32_t i) {
      const auto& box = box_of(field_.all, i);
      const double base = line.baseline(box.center_x());
      return box.bottom() < base + 0.6 * x && box.bottom() > base - 0.4 * x && box.y > base - 2.4 * x &&
             box.y < base - 0.4 * x;
    });
  }

  const LetterField& field_;
  std::vector<TextRun> runs_;
  double lean_;
};

}  // namespace

std::vector<TextRun> chained(const LetterField& field, std::vector<std::int32_t> letters) {
  std::sort(letters.begin(), letters.end(),
            [&](std::int32_t a, std::int32_t b) { return box_of(field.all, a).x < box_of(field.all, b).x; });
  std::vector<TextRun> runs;
  for (auto& chain : linked(field, letters)) {
    TextRun run;
    run.letters = std::move(chain);
    runs.push_back(std::move(run));
  }
  const double lean = page_lean(runs, field.all, field.size);
  for (auto& run : runs) fit(run, field.all, field.size, lean);
  return Joining(field, std::move(runs), lean).run();
}

}  // namespace sohoa::ocr::layout
