// Method: a speck is a connected dark piece of at most 6 pixels at 300 dpi (in proportion elsewhere; a full stop of 10
// point type has 16 to 30) with two clear pixels all round, so that crumbs of broken strokes stay. Sixteen samples over
// the page are looked at first; under 12 specks a square centimetre the page is left alone (clean scans 0 to 3, a noisy
// fax 30 to 500). Only then the whole page is taken apart (50 ms at 300 dpi A4).

#include "pipeline/imaging/despeckle.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "pipeline/imaging/mat.hpp"

namespace sohoa::imaging {
namespace {

constexpr double plainly_there = 12;  // specks a square centimetre
constexpr int speck_at_300_dpi = 6;   // pixels
constexpr int clear_around = 2;       // pixels
constexpr int ink = 128;

int largest_speck(Dpi dpi) {
  const double part = dpi.value / 300;
  return std::clamp(static_cast<int>(speck_at_300_dpi * part * part), 1, 24);
}

/// Paints specks white in `grey`; returns their number.
std::int64_t wipe(cv::Mat grey, int largest) {
  cv::Mat dark;
  cv::threshold(grey, dark, ink, 255, cv::THRESH_BINARY_INV);
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int count = cv::connectedComponentsWithStats(dark, labels, stats, centres, 8, CV_32S);
  std::int64_t specks = 0;
  const cv::Rect all(0, 0, grey.cols, grey.rows);
  for (int i = 1; i < count; ++i) {
    const auto* s = stats.ptr<int>(i);
    const int area = s[cv::CC_STAT_AREA];
    if (area > largest) continue;
    const cv::Rect box(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]);
    const cv::Rect around = cv::Rect(box.x - clear_around, box.y - clear_around, box.width + 2 * clear_around,
                                     box.height + 2 * clear_around) &
                            all;
    if (cv::countNonZero(dark(around)) > area) continue;
    const cv::Rect rim = cv::Rect(box.x - 1, box.y - 1, box.width + 2, box.height + 2) & all;
    grey(rim).setTo(255);
    ++specks;
  }
  return specks;
}

double specks_per_square_cm(const cv::Mat& grey, Dpi dpi, int largest) {
  constexpr int samples = 4;  // a side
  const int size = std::min({256, grey.cols, grey.rows});
  std::int64_t specks = 0;
  for (int row = 0; row < samples; ++row) {
    for (int column = 0; column < samples; ++column) {
      const cv::Rect box((grey.cols - size) * (2 * column + 1) / (2 * samples),
                         (grey.rows - size) * (2 * row + 1) / (2 * samples), size, size);
      specks += wipe(grey(box).clone(), largest);
    }
  }
  const double side_cm = size / dpi.value * 2.54;
  return static_cast<double>(specks) / (samples * samples * side_cm * side_cm);
}

}  // namespace

Despeckled despeckle(const Raster& grey, Dpi dpi) {
  const int largest = largest_speck(dpi);
  if (specks_per_square_cm(view(grey), dpi, largest) < plainly_there) return {grey, 0};
  Sheet sheet(grey.width(), grey.height(), 1);
  auto target = sheet.mat();
  view(grey).copyTo(target);
  const auto specks = wipe(target, largest);
  return {std::move(sheet).take(), specks};
}

}  // namespace sohoa::imaging
