// A small component belongs to the line to whose letters it is nearest, among the lines in whose band it lies. The band
// reaches from 2.6 x-heights above the baseline (capitals with two marks, as in "Ấ") to 0.7 below it (dots under
// letters end at 0.45, commas at 0.35). Between tight lines both bands hold a mark; then the distance decides: marks
// stand 0.1 to 0.25 x-heights from their own letter, above or below, and further from the other line's. What has no
// letter above or below it (stops, dashes, dotted leaders) goes by its distance to the end of the line, which grows
// with each: first from left to right, then back for what stands before a line.

#include "ocr/layout/marks.hpp"

#include <algorithm>
#include <cmath>

namespace sohoa::ocr::layout {
namespace {

constexpr double band_above = 2.6;  // x-heights
constexpr double band_below = 0.7;
constexpr double mark_distance = 0.9;    // x-heights from its letter
constexpr double comma_distance = 0.4;   // x-heights from the letter before it
constexpr double stop_distance = 0.9;    // x-heights from the line's end: stops, quotation marks, dust
constexpr double leader_distance = 1.6;  // dots of a leader
constexpr double dash_distance = 5;      // what is long enough for a dash before a list's item

const PixelRect& box_of(const std::vector<Component>& all, std::int32_t i) {
  return all[static_cast<std::size_t>(i)].box;
}

double gap(std::int32_t a_begin, std::int32_t a_end, std::int32_t b_begin, std::int32_t b_end) {
  return std::max(0, std::max(a_begin, b_begin) - std::min(a_end, b_end));
}

class Attachment {
 public:
  Attachment(const std::vector<Component>& all, std::vector<TextRun>& runs) : all_(all), runs_(runs) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const auto& run = runs[i];
      const double left = run.baseline(run.left - dash_distance * run.x_height);
      const double right = run.baseline(run.right + dash_distance * run.x_height);
      const auto first = row_of(std::min(left, right) - band_above * run.x_height);
      const auto last = row_of(std::max(left, right) + band_below * run.x_height);
      if (last >= rows_.size()) rows_.resize(last + 1);
      for (auto row = first; row <= last; ++row) rows_[row].push_back(i);
    }
  }

  /// Whether a line took it.
  bool attach(std::int32_t small) {
    const auto& box = box_of(all_, small);
    TextRun* best = nullptr;
    double least = 1e9;
    const auto row = row_of(box.center_y());
    if (row >= rows_.size()) return false;
    for (const auto i : rows_[row]) {
      if (const double cost = cost_for(runs_[i], box); cost < least) {
        least = cost;
        best = &runs_[i];
      }
    }
    if (best == nullptr) return false;
    best->marks.push_back(small);
    best->left = std::min(best->left, box.x);
    best->right = std::max(best->right, box.right());
    return true;
  }

 private:
  /// In x-heights; huge where it cannot belong to the line.
  [[nodiscard]] double cost_for(const TextRun& run, const PixelRect& box) const {
    constexpr double never = 1e9;
    const double x = run.x_height;
    if (box.x > run.right + dash_distance * x || box.right() < run.left - dash_distance * x) return never;
    const double base = run.baseline(box.center_x());
    if (base - box.y > band_above * x || box.bottom() - base > band_below * x) return never;
    const auto [across, down] = distance_to_letters(run, box);
    if (across == 0) return down <= mark_distance * x ? down / x : never;
    // Between tight lines a comma is as near to the ascender below it as to its own letter; but only commas and stops
    // stand across a baseline.
    const bool across_baseline = box.y < base - 0.1 * x && box.bottom() > base - 0.15 * x;
    if (across_baseline && across <= comma_distance * x) return 0.1 * across / x;
    const double to_end = gap(box.x, box.right(), run.left, run.right);
    const double middle = (base - box.center_y()) / x;
    const bool dash = box.width > 0.3 * x && box.width > 2 * box.height && middle > 0.25 && middle < 0.9;
    const bool leader = box.x > run.right && std::abs(base - box.bottom()) < 0.15 * x && box.height < 0.4 * x;
    if (to_end > (dash ? dash_distance : leader ? leader_distance : stop_distance) * x) return never;
    // Away from letters only what stands where stops, dashes and quotation marks do.
    if (middle > 2 || middle < -0.4) return never;
    const double off = middle > 1.3 ? middle - 1.3 : std::max(0.0, -0.2 - middle);
    return 0.5 + off + 0.1 * to_end / x + 0.02 * across / x;
  }

  struct Distance {
    double across = 1e9;
    double down = 1e9;
  };
  [[nodiscard]] Distance distance_to_letters(const TextRun& run, const PixelRect& box) const {
    Distance best;
    const auto after =
        std::upper_bound(run.letters.begin(), run.letters.end(), box.right(),
                         [&](std::int32_t x, std::int32_t letter) { return x < box_of(all_, letter).x; });
    // Letters overlap their neighbours by a few pixels at most: the three to the left are enough.
    const auto first = after - std::min<std::ptrdiff_t>(3, after - run.letters.begin());
    const auto last = after == run.letters.end() ? after : after + 1;
    for (auto it = first; it != last; ++it) {
      const auto& letter = box_of(all_, *it);
      const Distance here{gap(box.x, box.right(), letter.x, letter.right()),
                          gap(box.y, box.bottom(), letter.y, letter.bottom())};
      if (here.across < best.across || (here.across == best.across && here.down < best.down)) best = here;
    }
    return best;
  }

  static std::size_t row_of(double y) { return static_cast<std::size_t>(std::max(0.0, y) / 32); }

  const std::vector<Component>& all_;
  std::vector<TextRun>& runs_;
  std::vector<std::vector<std::size_t>> rows_;  ///< lines whose band meets 32 pixel rows of the page
};

}  // namespace

std::vector<std::int32_t> attach_small(const std::vector<Component>& all, std::vector<std::int32_t> small,
                                       std::vector<TextRun>& runs) {
  Attachment attachment(all, runs);
  std::sort(small.begin(), small.end(),
            [&](std::int32_t a, std::int32_t b) { return box_of(all, a).x < box_of(all, b).x; });
  std::erase_if(small, [&](std::int32_t i) { return attachment.attach(i); });
  std::reverse(small.begin(), small.end());
  std::erase_if(small, [&](std::int32_t i) { return attachment.attach(i); });
  return small;
}

}  // namespace sohoa::ocr::layout
