// Method: which axis the lines run along is told by the skew search of both axes: along the lines letters' edges fall
// into far fewer bins. Which way up is put to the vote of neighbouring pieces on a line:
//   - a tall letter beside a low one: Latin text has more ascenders and capitals (they rise) than descenders (they
//   hang);
//   - a small piece straight above or below a letter: marks and dots of Vietnamese stand above (only the dot of "nang"
//   below), and so do
//     the dots of i and j in any Latin text.
// Each pair is one vote; n votes by chance spread as sqrt(n), so z = (rise - hang) / sqrt(n). Typical: a page of
// Vietnamese text |z| = 15 to 40, ten lines of English 5 to 8. |z| < 3 is "unsure": the page stays as it is. Cost 1 to
// 3 ms beside the skew search: only boxes are looked at.

#include "pipeline/imaging/reading_direction.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace sohoa::imaging {
namespace {

constexpr double sure_z = 3;

/// The boxes of the page after it was turned clockwise by `turn`.
PixelRect turned(const PixelRect& box, Turn turn, const Glyphs& page) {
  switch (turn) {
    case Turn::none: return box;
    case Turn::clockwise_90: return {page.height - box.bottom(), box.x, box.height, box.width};
    case Turn::half: return {page.width - box.right(), page.height - box.bottom(), box.width, box.height};
    case Turn::clockwise_270: return {box.y, page.width - box.right(), box.height, box.width};
  }
  return box;
}

/// Boxes in rows of a grid, so that neighbours are found without looking at all.
class Rows {
 public:
  Rows(std::vector<PixelRect> boxes, double pitch) : pitch_(std::max(4.0, pitch)) {
    for (const auto& box : boxes) {
      const auto row = row_of(box.center_y());
      if (rows_.size() <= row) rows_.resize(row + 1);
      rows_[row].push_back(box);
    }
    for (auto& row : rows_) {
      std::sort(row.begin(), row.end(), [](const PixelRect& a, const PixelRect& b) { return a.x < b.x; });
    }
  }

  /// Calls `visit` for boxes whose left edge lies in [from, to) in the rows around `y`.
  template <typename Visit>
  void near(double y, std::int32_t from, std::int32_t to, Visit&& visit) const {
    const auto middle = row_of(y);
    for (auto row = middle == 0 ? 0 : middle - 1; row <= middle + 1 && row < rows_.size(); ++row) {
      auto box = std::lower_bound(rows_[row].begin(), rows_[row].end(), from,
                                  [](const PixelRect& a, std::int32_t x) { return a.x < x; });
      for (; box != rows_[row].end() && box->x < to; ++box) visit(*box);
    }
  }

 private:
  [[nodiscard]] std::size_t row_of(double y) const { return static_cast<std::size_t>(std::max(0.0, y) / pitch_); }

  double pitch_;
  std::vector<std::vector<PixelRect>> rows_;
};

struct Votes {
  double rise = 0;
  double hang = 0;

  [[nodiscard]] double z() const { return rise + hang == 0 ? 0 : (rise - hang) / std::sqrt(rise + hang); }
};

Votes ask(const Glyphs& glyphs, Turn turn, double skew_degrees) {
  const double height = glyphs.letter_height;
  const double slope = std::tan(skew_degrees * std::numbers::pi / 180);
  std::vector<PixelRect> letters;
  std::vector<PixelRect> marks;
  for (const auto& glyph : glyphs.all) {
    const auto box = turned(glyph.box, turn, glyphs);
    if (box.height >= 0.6 * height && box.height <= 2.2 * height && box.width <= 3 * height && box.width > 1) {
      letters.push_back(box);
    } else if (box.height >= 0.1 * height && box.height <= 0.5 * height && box.width <= 0.9 * height) {
      marks.push_back(box);
    }
  }
  const Rows rows(letters, 1.5 * height);
  Votes votes;
  const auto reach = static_cast<std::int32_t>(2 * height);
  for (const auto& a : letters) {
    rows.near(a.center_y(), a.x + 1, a.x + a.width + reach, [&](const PixelRect& b) {
      const double lean = slope * (b.center_x() - a.center_x());
      const double top = b.y - a.y - lean;
      const double foot = b.bottom() - a.bottom() - lean;
      const double larger = std::max(a.height, b.height);
      if (larger < 1.2 * std::min(a.height, b.height)) return;
      if (std::min(std::abs(top), std::abs(foot)) > 0.15 * height) return;  // on another line, or a mark grown on
      if (std::abs(std::abs(top) - std::abs(foot)) < 0.15 * height) return;
      (std::abs(top) > std::abs(foot) ? votes.rise : votes.hang) += 1;
    });
  }
  for (const auto& mark : marks) {
    double above = 1e9;  // the gap to the letter below this mark
    double below = 1e9;
    rows.near(mark.center_y(), mark.x - static_cast<std::int32_t>(2 * height), mark.right(), [&](const PixelRect& b) {
      const int shared = std::min(mark.right(), b.right()) - std::max(mark.x, b.x);
      if (2 * shared < mark.width) return;
      if (mark.bottom() <= b.y + 1) above = std::min<double>(above, b.y - mark.bottom());
      if (mark.y >= b.bottom() - 1) below = std::min<double>(below, mark.y - b.bottom());
    });
    const double gap = std::min(above, below);
    if (gap > 0.5 * height || std::abs(above - below) < 0.1 * height) continue;
    (above < below ? votes.rise : votes.hang) += 1;
  }
  return votes;
}

}  // namespace

ReadingDirection find_direction(const Glyphs& glyphs) {
  ReadingDirection direction;
  if (glyphs.letter_height <= 0) return direction;
  const auto across = skew_of_lines(glyphs, Axis::horizontal);
  const auto down = skew_of_lines(glyphs, Axis::vertical);
  const bool vertical = down.peak > across.peak;
  direction.skew = vertical ? down : across;
  const Turn candidate = vertical ? Turn::clockwise_90 : Turn::none;
  const Turn opposite = vertical ? Turn::clockwise_270 : Turn::half;
  const double z = ask(glyphs, candidate, direction.skew.degrees).z();
  const auto best = z >= 0 ? candidate : opposite;
  // Letters of typewriters stand in columns too, yet their rows stand out at least by a quarter more.
  const double lead = std::max(across.peak, down.peak) / std::max(1.0, std::min(across.peak, down.peak)) - 1;
  const auto sure_axis = static_cast<float>(std::clamp(lead * 2.5, 0.0, 1.0));
  const auto sure_side = static_cast<float>(std::clamp(1 - std::exp(-std::abs(z) / 2.5), 0.0, 1.0));
  direction.confidence = std::min(sure_axis, sure_side);
  if (best == Turn::none || (std::abs(z) >= sure_z && sure_axis >= 0.5F)) direction.turn = best;
  if (direction.turn == Turn::none && vertical) direction.skew = across;
  return direction;
}

}  // namespace sohoa::imaging
