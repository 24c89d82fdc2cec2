// Lines from letters, bottom up.
//   1. Each letter looks for its nearest neighbour to the right whose foot is about as low, within 1.6 letter heights
//   (a
//      word space has 0.35 letter heights, in justified lines up to 1.2); the two are joined if the neighbour finds it,
//      too, looking to the left. The feet decide, not the overlap: what two lines' touching letters make up has its
//      foot on the lower line and is joined to that only.
//   2. Baselines are fitted (baseline.hpp).
//   3. Chains on one baseline are joined over gaps below 2.4 em, the nearest first, and over wider ones that are full
//   of
//      ink: letters under a seal's ring are one component with it and in no chain. Upright rules part. Single letters
//      join a line in whose band they stand.
// Chains of Vietnamese body text break at about every fifth word space in step 1 and are whole after step 3.

#include "ocr/layout/chains.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/layout/baseline.hpp"

namespace sohoa::ocr::layout {
namespace {

constexpr double neighbour_gap = 1.6;   // letter heights
constexpr double foot_tolerance = 0.5;  // of the smaller letter's height: a descender reaches 0.45 x-heights down
constexpr double tallest_letter = 4;    // type sizes, as kind_of has it
constexpr double inked_gap_x = 16;      // x-heights: a ring of 36 mm covers as much where it runs along a line
constexpr double least_ink = 0.1;       // share of the band of small letters; letters have 0.25 to 0.35

const PixelRect& box_of(const std::vector<Component>& all, std::int32_t i) {
  return all[static_cast<std::size_t>(i)].box;
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
      if (next < 0 || nearest.left[static_cast<std::size_t>(next)] != at || taken[static_cast<std::size_t>(next)] != 0)
        break;
      const bool parted = rule_between(field, box_of(field.all, letters[here]),
                                       box_of(field.all, letters[static_cast<std::size_t>(next)]));
      at = parted ? -1 : next;
    }
  }
  return chains;
}

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
      return box.bottom() < base + 0.8 * x && box.bottom() > base - 0.4 * x && box.y > base - 2.4 * x &&
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
