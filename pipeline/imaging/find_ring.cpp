// Method: a Hough transform for circles of seals. Every ink pixel votes, for each radius, for the centres on a circle
// around it, in the same number of directions for each radius. The votes are taken at a coarse size (the mask shrunk by
// a whole factor, so that the greatest radius is at most 24 pixels), then the best centres are measured on the mask
// itself: the coverage is the part of 120 directions in which ink lies within one pixel of the circle, and centre and
// radius are moved by single pixels as long as it grows. Why not gradients (HoughCircles): seals are broken, doubled
// and lie over text, and their edges point everywhere. The votes are gathered, not scattered: a centre adds up the ink
// at 64 places around it, 16 centres at a time, and only where enough ink lies around: 0.2 ms a search for a page's red
// ink, 2 ms for all its type (scattered: 3 to 15). Typical coverage: a seal .85 to 1, a pale imprint of one .6 to .85,
// text met by chance .35 to .55.

#include "pipeline/imaging/find_ring.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <opencv2/core/hal/intrin.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "pipeline/imaging/mat.hpp"

namespace sohoa::imaging {
namespace {

constexpr int directions = 120;       // in which coverage is looked for
constexpr int vote_directions = 64;   // enough for a radius of 24 coarse pixels (circumference 150) and a vote box of 3
constexpr double coarse_radius = 24;  // pixels
constexpr std::size_t candidates = 8;  // centres measured finely
constexpr int least_ink = 20;          // coarse pixels: a third of the smallest circle

struct Unit {
  double x;
  double y;
};

/// All round in long strides, so that a few tell what the rest will say.
template <std::size_t n>
std::array<Unit, n> circle() {
  constexpr std::size_t stride = 49;  // shares no divisor with n
  static_assert(std::gcd(stride, n) == 1);
  std::array<Unit, n> units{};
  for (std::size_t i = 0; i < n; ++i) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(i * stride % n) / static_cast<double>(n);
    units[i] = {std::cos(angle), std::sin(angle)};
  }
  return units;
}

/// Without a call, as lround would be: half of the search's time.
int rounded(double place) {
  constexpr int above_zero = 1 << 20;
  return static_cast<int>(place + above_zero + 0.5) - above_zero;
}

/// The circle's coverage, or 0 where it is less than `enough`.
float coverage(const cv::Mat& mask, const Ring& ring, float enough = 0) {
  static const auto units = circle<directions>();
  auto spare = static_cast<int>(directions * (1 - enough) + 0.01F);  // rounding must not cost one
  int met = 0;
  for (const auto& unit : units) {
    const int before = met;
    for (const double off : {0.0, -1.0, 1.0}) {
      const int x = rounded(ring.center.x + (ring.radius + off) * unit.x);
      const int y = rounded(ring.center.y + (ring.radius + off) * unit.y);
      if (x < 0 || y < 0 || x >= mask.cols || y >= mask.rows || mask.at<std::uint8_t>(y, x) == 0) continue;
      ++met;
      break;
    }
    if (met == before && --spare < 0) return 0;
  }
  return static_cast<float>(met) / directions;
}

/// Moves the circle until no step makes it better covered.
Ring settled(const cv::Mat& mask, Ring ring, const RingSearch& search, double step) {
  ring.coverage = coverage(mask, ring);
  for (; step >= 0.9; step /= 2) {
    for (bool moved = true; moved;) {
      moved = false;
      for (int dx = -1; dx <= 1; ++dx) {
        for (int dy = -1; dy <= 1; ++dy) {
          for (int dr = -1; dr <= 1; ++dr) {
            Ring next{{ring.center.x + dx * step, ring.center.y + dy * step}, ring.radius + dr * step, 0};
            if (next.radius < search.least_radius || next.radius > search.greatest_radius) continue;
            next.coverage = coverage(mask, next, ring.coverage);
            if (next.coverage > ring.coverage) {
              ring = next;
              moved = true;
            }
          }
        }
      }
    }
  }
  return ring;
}

/// The coarse ink with a margin as wide as any circle, one byte a pixel: 0 or 1.
class Ink {
 public:
  explicit Ink(const cv::Mat& mask) : size_(mask.size()) {
    cv::copyMakeBorder(mask, padded_, margin, margin, margin, margin + lane, cv::BORDER_CONSTANT, cv::Scalar(0));
    cv::min(padded_, cv::Scalar(1), padded_);
    cv::integral(padded_, totals_, CV_32S);
  }

  /// Votes for one radius, each centre's neighbourhood of 3 x 3 summed.
  [[nodiscard]] cv::Mat votes(double radius) const {
    static const auto units = circle<vote_directions>();
    std::array<std::ptrdiff_t, vote_directions> steps{};
    for (std::size_t i = 0; i < vote_directions; ++i) {
      steps[i] = std::lround(radius * units[i].x) +
                 std::lround(radius * units[i].y) * static_cast<std::ptrdiff_t>(padded_.step[0]);
    }
    const int reach = static_cast<int>(std::lround(radius));
    cv::Mat sums(size_.height + 2, 1 + (size_.width + lane - 1) / lane * lane + 1, CV_8U, cv::Scalar(0));  // and a rim
    for (int y = 0; y < size_.height; ++y) {
      const auto* centres = padded_.ptr<std::uint8_t>(y + margin) + margin;
      auto* to = sums.ptr<std::uint8_t>(y + 1) + 1;
      for (int x = 0; x < size_.width; x += lane) {
        if (ink_around(x, y, reach) < least_ink) continue;
        auto sum = cv::v_setzero_u8();
        for (const auto step : steps) sum += cv::v_load(centres + x - step);
        cv::v_store(to + x, sum);
      }
      std::fill(to + size_.width, sums.ptr<std::uint8_t>(y + 2), std::uint8_t{0});
    }
    return summed(sums);
  }

 private:
  static constexpr int margin = static_cast<int>(coarse_radius) + 2;
  static constexpr int lane = 16;  // pixels added up at a time

  /// Ink pixels that the circles around `lane` centres can meet.
  [[nodiscard]] int ink_around(int x, int y, int reach) const {
    const auto* above = totals_.ptr<int>(y + margin - reach) + x + margin - reach;
    const auto* below = totals_.ptr<int>(y + margin + reach + 1) + x + margin - reach;
    const int width = lane + 2 * reach;
    return below[width] - below[0] - above[width] + above[0];
  }

  /// Sums of 3 x 3; `sums` has a rim of zeros.
  [[nodiscard]] cv::Mat summed(const cv::Mat& sums) const {
    cv::Mat field(size_, CV_16U);
    std::vector<std::uint16_t> columns(static_cast<std::size_t>(size_.width) + 2);
    for (int y = 0; y < size_.height; ++y) {
      const auto *a = sums.ptr<std::uint8_t>(y), *b = sums.ptr<std::uint8_t>(y + 1), *c = sums.ptr<std::uint8_t>(y + 2);
      for (std::size_t x = 0; x < columns.size(); ++x) columns[x] = static_cast<std::uint16_t>(a[x] + b[x] + c[x]);
      auto* to = field.ptr<std::uint16_t>(y);
      const auto* from = columns.data();
      for (int x = 0; x < size_.width; ++x) to[x] = static_cast<std::uint16_t>(from[x] + from[x + 1] + from[x + 2]);
    }
    return field;
  }

  cv::Size size_;
  cv::Mat padded_;
  cv::Mat totals_;
};

/// The mask shrunk by a whole factor: ink where a fifth of a block is.
cv::Mat shrunk_ink(const cv::Mat& mask, int factor) {
  cv::Mat coarse(std::max(1, mask.rows / factor), std::max(1, mask.cols / factor), CV_8U);
  std::vector<std::uint16_t> columns(static_cast<std::size_t>(mask.cols));
  const int enough = factor * factor / 5 + 1;
  for (int y = 0; y < coarse.rows; ++y) {
    std::fill(columns.begin(), columns.end(), std::uint16_t{0});
    for (int row = y * factor; row < std::min(mask.rows, (y + 1) * factor); ++row) {
      const auto* from = mask.ptr<std::uint8_t>(row);
      for (std::size_t x = 0; x < columns.size(); ++x)
        columns[x] = static_cast<std::uint16_t>(columns[x] + (from[x] != 0 ? 1 : 0));
    }
    auto* to = coarse.ptr<std::uint8_t>(y);
    for (int x = 0; x < coarse.cols; ++x) {
      const auto first = columns.begin() + std::ptrdiff_t{x} * factor;
      const auto last = first + std::min<std::ptrdiff_t>(factor, columns.end() - first);
      to[x] = std::accumulate(first, last, 0) >= enough ? 255 : 0;
    }
  }
  return coarse;
}

/// By how much a radius has more votes than those a little smaller and greater: lines of type have many for all.
cv::Mat standing_out(const std::vector<cv::Mat>& fields, std::size_t radius) {
  constexpr std::size_t apart = 3;  // coarse pixels: about 3 mm of a seal, more than a rim's width
  const auto& smaller = fields[radius >= apart ? radius - apart : std::min(radius + apart, fields.size() - 1)];
  const auto& greater = fields[radius + apart < fields.size() ? radius + apart : radius - std::min(radius, apart)];
  const auto& own = fields[radius];
  cv::Mat more(own.size(), CV_16U);
  for (int y = 0; y < own.rows; ++y) {
    const auto *votes = own.ptr<std::uint16_t>(y), *less = smaller.ptr<std::uint16_t>(y),
               *most = greater.ptr<std::uint16_t>(y);
    auto* to = more.ptr<std::uint16_t>(y);
    for (int x = 0; x < own.cols; ++x)
      to[x] = static_cast<std::uint16_t>(std::max(0, 2 * votes[x] - less[x] - most[x]));
  }
  return more;
}

}  // namespace

std::optional<Ring> best_ring(const Raster& mask_raster, const RingSearch& search) {
  const auto mask = view(mask_raster);
  if (std::min(mask.cols, mask.rows) < search.least_radius)
    return std::nullopt;  // less than a third of any circle fits
  const int factor = std::max(1, static_cast<int>(std::ceil(search.greatest_radius / coarse_radius)));
  const double scale = 1.0 / factor;
  const auto coarse = shrunk_ink(mask, factor);
  if (cv::countNonZero(coarse) < least_ink) return std::nullopt;
  const Ink ink(coarse);

  struct Candidate {
    double votes;
    Ring ring;
  };
  std::vector<Candidate> best;
  std::vector<double> radii;
  std::vector<cv::Mat> fields;
  for (double radius = search.least_radius * scale; radius <= search.greatest_radius * scale + 0.5; radius += 1) {
    radii.push_back(radius);
    fields.push_back(ink.votes(radius));
  }
  for (std::size_t i = 0; i < radii.size(); ++i) {
    cv::Mat field = standing_out(fields, i);
    for (int k = 0; k < 2; ++k) {
      double most = 0;
      cv::Point at;
      cv::minMaxLoc(field, nullptr, &most, nullptr, &at);
      if (most <= 0) break;
      best.push_back({most, {{(at.x + 0.5) / scale, (at.y + 0.5) / scale}, radii[i] / scale, 0}});
      cv::circle(field, at, static_cast<int>(coarse_radius / 4), cv::Scalar(0), cv::FILLED);
    }
  }
  std::sort(best.begin(), best.end(), [](const Candidate& a, const Candidate& b) { return a.votes > b.votes; });
  if (best.size() > candidates) best.resize(candidates);

  std::optional<Ring> found;
  for (const auto& candidate : best) {
    const auto ring = settled(mask, candidate.ring, search, std::max(1.0, 0.5 / scale));
    if (ring.coverage < search.least_coverage) continue;
    if (!found || ring.coverage > found->coverage) found = ring;
  }
  return found;
}

Ring outermost_ring(const Raster& mask_raster, const Ring& inner, const RingSearch& search) {
  const auto mask = view(mask_raster);
  const float enough = std::max(search.least_coverage, 0.75F * inner.coverage);
  for (double radius = search.greatest_radius; radius > inner.radius + 1; radius -= 1) {
    for (int dy = -3; dy <= 3; ++dy) {
      for (int dx = -3; dx <= 3; ++dx) {
        Ring ring{{inner.center.x + dx, inner.center.y + dy}, radius, 0};
        ring.coverage = coverage(mask, ring, enough);
        if (ring.coverage < enough) continue;
        ring.coverage = std::max(ring.coverage, inner.coverage);
        return ring;
      }
    }
  }
  return inner;
}

std::optional<Ring> find_ring(const Raster& mask, const RingSearch& search) {
  const auto ring = best_ring(mask, search);
  if (!ring) return std::nullopt;
  return outermost_ring(mask, *ring, search);
}

}  // namespace sohoa::imaging
