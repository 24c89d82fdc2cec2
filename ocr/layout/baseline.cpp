// A baseline is where most feet of letters stand: the densest cluster of their bottoms, because descenders, commas and
// what touches the line below are outliers on one side, and a mean or a least-squares fit would follow them. Lines of
// twelve and more letters have a slope of their own (Theil and Sen's median of slopes), if it is near the page's;
// shorter ones take the page's lean over. x-height is the cluster of heights that has enough letters 0.58 to 0.8 of the
// most frequent height: below capitals and ascenders; a line of capitals only has none, and its letters are taller than
// the page's type. On print at 300 dpi feet of one line lie within 2 pixels; baselines are right to 1 pixel, x-heights
// to 2.

#include "ocr/layout/baseline.hpp"

#include <algorithm>
#include <cmath>

namespace sohoa::ocr::layout {
namespace {

constexpr double most_lean = 0.03;           // 1.7 degrees
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

double fitted_x_height(TextRun& run, const std::vector<Component>& all, double size) {
  const double window = height_window(run, all, size);
  std::vector<double> heights;
  for (const auto i : run.letters) {
    const auto& box = box_of(all, i);
    const double height = run.baseline(box.center_x()) - box.y;
    if (height > 0.4 * size) heights.push_back(height);
  }
  run.capitals = run.even = false;
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
  run.capitals = taller * 10 < static_cast<std::ptrdiff_t>(heights.size()) && mode.value > 1.2 * size;
  // Eight letters of one height are capitals where the page's type is no smaller too: small ones have ascenders.
  run.even = !run.capitals && heights.size() >= 8 &&
             static_cast<double>(mode.count) > 0.85 * static_cast<double>(heights.size());
  return run.capitals ? capitals_to_x * mode.value : mode.value;
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

double page_lean(const std::vector<TextRun>& runs, const std::vector<Component>& all, double size) {
  std::vector<double> leans;
  for (const auto& run : runs) {
    if (run.letters.size() < telling_letters) continue;
    const double slope = slope_of(run, all, size);
    leans.insert(leans.end(), run.letters.size() / telling_letters, slope);
  }
  return std::clamp(median(std::move(leans)), -most_lean, most_lean);
}

}  // namespace sohoa::ocr::layout
