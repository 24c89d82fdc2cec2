// QR: each of its three finder patterns shows dark, light, dark, light, dark runs of 1:1:3:1:1 modules to every line
// through its middle, at any angle (ISO/IEC 18004, 6.3.3). Rows 0.6 mm apart meet the middle 3 x 3 modules of codes
// with modules of 0.25 mm and more; what a row shows is confirmed by the column through its middle, which text and
// tables do not pass (measured: see README.md).
//
// Bars and other matrices: a row through text has as many changes as one through bars, but text has gaps between its
// lines. So a place counts where changes go on over 6.5 mm, more than a line of text is high, and are many on average.

#include "pipeline/barcodes/likely_places.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>

namespace sohoa::barcodes {
namespace {

using Runs = std::array<double, 5>;  // pixels

struct Finder {
  double x = 0;
  double y = 0;
  double module = 0;  ///< pixels
};

/// The module's size where the runs are 1:1:3:1:1, each half a module off at most; else 0.
double finder_module(const Runs& runs) {
  constexpr double smallest = 1.4;  // pixels: below, no reader tells modules apart
  const double module = (runs[0] + runs[1] + runs[2] + runs[3] + runs[4]) / 7;
  if (module < smallest) return 0;
  for (const int i : {0, 1, 3, 4}) {
    if (std::abs(runs[i] - module) > module * 0.55 + 0.5) return 0;
  }
  return std::abs(runs[2] - 3 * module) > module * 1.2 + 0.5 ? 0 : module;
}

/// The runs of the column through (x, y), which lies in the middle one; all 0 where there are not five.
Runs column_runs(const Raster& page, std::int32_t x, std::int32_t y, double module) {
  const auto longest = static_cast<std::int32_t>(module * 5) + 2;
  Runs runs{};
  for (const int direction : {-1, 1}) {
    auto at = direction < 0 ? y : y + 1;
    for (int i = 0; i < 3; ++i) {
      auto& run = runs[2 + direction * i];
      const bool dark = i != 1;
      const auto start = at;
      while (at >= 0 && at < page.height() && (page.row(at)[x] < dark_below) == dark &&
             std::abs(at - start) <= longest) {
        at += direction;
      }
      if (at == start) return {};
      run += std::abs(at - start);
    }
  }
  return runs;
}

class Finders {
 public:
  explicit Finders(const Raster& page) : page_(page) {}

  void look_at(const std::vector<std::int32_t>& edges, std::int32_t y) {
    for (std::size_t first = 0; first + 5 < edges.size(); first += 2) {
      Runs runs{};
      for (std::size_t i = 0; i < runs.size(); ++i) runs[i] = edges[first + i + 1] - edges[first + i];
      const double module = finder_module(runs);
      if (module > 0) confirm((edges[first + 2] + edges[first + 3]) / 2, y, module);
    }
  }
  [[nodiscard]] const std::vector<Finder>& found() const { return found_; }

 private:
  void confirm(std::int32_t x, std::int32_t y, double module) {
    constexpr std::size_t most = 300;  // a page of checks has thousands; no page of codes has
    if (found_.size() >= most) return;
    const double upright = finder_module(column_runs(page_, x, y, module));
    if (upright == 0 || upright > module * 1.5 || module > upright * 1.5) return;
    for (const auto& known : found_) {
      if (std::hypot(known.x - x, known.y - y) < 4 * module) return;
    }
    found_.push_back({static_cast<double>(x), static_cast<double>(y), module});
  }

  const Raster& page_;
  std::vector<Finder> found_;
};

PixelRect around(double left, double top, double right, double bottom, double margin) {
  const auto x = static_cast<std::int32_t>(left - margin);
  const auto y = static_cast<std::int32_t>(top - margin);
  return {x, y, static_cast<std::int32_t>(right + margin) - x, static_cast<std::int32_t>(bottom + margin) - y};
}

/// Of finders that may be of one code, the first taken out of `rest`.
std::vector<Finder> next_group(std::vector<Finder>& rest) {
  constexpr double nearest = 11;  // modules: version 1 has 14
  constexpr double farthest =
      125;  // modules: from corner to corner along a side of version 27; printed ones are smaller
  std::vector<Finder> group{rest.back()};
  rest.pop_back();
  for (std::size_t i = 0; i < group.size(); ++i) {
    const auto one = group[i];
    for (auto other = rest.begin(); other != rest.end();) {
      const bool alike = one.module < other->module * 1.4 && other->module < one.module * 1.4;
      const double distance = std::hypot(one.x - other->x, one.y - other->y) / one.module;
      if (alike && distance > nearest && distance < farthest) {
        group.push_back(*other);
        other = rest.erase(other);
      } else {
        ++other;
      }
    }
  }
  return group;
}

std::vector<PixelRect> qr_places(std::vector<Finder> finders, const PixelRect& page) {
  std::vector<PixelRect> places;
  while (!finders.empty()) {
    const auto group = next_group(finders);
    if (group.size() < 2) continue;  // no reader does with one; letters like these are seldom two of a size
    auto [left, right] = std::minmax_element(group.begin(), group.end(), [](auto& a, auto& b) { return a.x < b.x; });
    auto [top, bottom] = std::minmax_element(group.begin(), group.end(), [](auto& a, auto& b) { return a.y < b.y; });
    constexpr double quiet = 12;      // modules: half a finder, the quiet zone, and something for the binarizer
    constexpr double half_seen = 60;  // modules: where finders are hidden, the rest of a code of version 11 at most
    const double margin = group.size() >= 3 ? quiet : half_seen;
    places.push_back(intersection(around(left->x, top->y, right->x, bottom->y, margin * group.front().module), page));
  }
  return places;
}

/// Adds `place`, made one with what it meets.
void add_place(std::vector<PixelRect>& places, PixelRect place) {
  for (auto met = places.begin(); met != places.end();) {
    if (intersection(*met, place).empty()) {
      ++met;
    } else {
      place = united(*met, place);
      places.erase(met);
      met = places.begin();
    }
  }
  places.push_back(place);
}

/// How far up from a row the changes go on, in one column of words.
struct Streak {
  std::int32_t rows = 0;
  std::int32_t changes = 0;
};

std::vector<PixelRect> dense_places(const BitRows& rows, const PixelRect& page, Dpi dpi) {
  constexpr double bars_high = 6.5;     // mm
  constexpr int fewest = 2, most = 40;  // changes in 64 pixels: none between lines of text; more in speckle
  constexpr int fewest_on_average = 6;
  constexpr double margin_x = 30, margin_y = 4;  // mm: a code is wider than what was sure of it
  const double mm = dpi.value / 25.4;
  const auto wanted = static_cast<std::int32_t>(bars_high * mm / (rows.y_of(1) - rows.y_of(0)));
  std::vector<Streak> streaks(static_cast<std::size_t>(rows.words()));
  std::vector<PixelRect> places;
  for (std::int32_t i = 0; i < rows.count(); ++i) {
    const auto row = rows.row(i);
    for (std::int32_t word = 0; word < rows.words(); ++word) {
      auto& streak = streaks[word];
      const auto changes = row[word] == 0 ? 0 : std::popcount(row[word] ^ (row[word] << 1));
      if (changes < fewest || changes > most) {
        streak = {};
        continue;
      }
      streak = {streak.rows + 1, streak.changes + changes};
      if (streak.rows < wanted || streak.changes < fewest_on_average * streak.rows) continue;
      const double left = word * 64.0 - margin_x * mm, right = (word + 1) * 64.0 + margin_x * mm;
      const double top = rows.y_of(i - streak.rows + 1) - margin_y * mm, bottom = rows.y_of(i) + margin_y * mm;
      add_place(places, intersection(around(left, top, right, bottom, 0), page));
    }
  }
  return places;
}

}  // namespace

LikelyPlaces likely_places(const Raster& page, const BitRows& rows, Dpi dpi) {
  Finders finders(page);
  std::vector<std::int32_t> edges;
  for (std::int32_t i = 0; i < rows.count(); ++i) {
    edges_of(rows.row(i), edges);
    finders.look_at(edges, rows.y_of(i));
  }
  LikelyPlaces places;
  places.qr = qr_places(finders.found(), page.bounds());
  if (rows.count() > 1) places.dense = dense_places(rows, page.bounds(), dpi);
  return places;
}

}  // namespace sohoa::barcodes
