// Method: a speck is a connected dark piece of at most 6 pixels at 300 dpi (in proportion elsewhere; a full stop of 10
// point type has 16 to 30) with two clear pixels all round, so that crumbs of broken strokes stay. Sixteen samples over
// the page are looked at first; under 12 specks a square centimetre the page is left alone (clean scans 0 to 3, a noisy
// fax 30 to 500). Only then the whole page is taken apart (10 ms at 300 dpi A4).

#include "pipeline/imaging/despeckle.hpp"

#include <algorithm>
#include <vector>

#include "pipeline/imaging/mat.hpp"
#include "pipeline/imaging/pieces.hpp"

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

/// The specks of a part of the page.
std::vector<PixelRect> find_specks(const Raster& grey, const PixelRect& part, int largest) {
  std::vector<PixelRect> specks;
  for (const auto& [box, area] : dark_pieces(grey, part, ink)) {
    if (area > largest) continue;
    const auto around = intersection(
        {box.x - clear_around, box.y - clear_around, box.width + 2 * clear_around, box.height + 2 * clear_around},
        part);
    int dark = 0;
    for (auto y = around.y; y < around.bottom(); ++y) {
      const auto* row = grey.row(y);
      dark += static_cast<int>(
          std::count_if(row + around.x, row + around.right(), [](std::uint8_t level) { return level <= ink; }));
    }
    if (dark <= area) specks.push_back(box);
  }
  return specks;
}

double specks_per_square_cm(const Raster& grey, Dpi dpi, int largest) {
  constexpr int samples = 4;  // a side
  const int size = std::min({256, grey.width(), grey.height()});
  std::size_t specks = 0;
  for (int row = 0; row < samples; ++row) {
    for (int column = 0; column < samples; ++column) {
      const PixelRect part{(grey.width() - size) * (2 * column + 1) / (2 * samples),
                           (grey.height() - size) * (2 * row + 1) / (2 * samples), size, size};
      specks += find_specks(grey, part, largest).size();
    }
  }
  const double side_cm = size / dpi.value * 2.54;
  return static_cast<double>(specks) / (samples * samples * side_cm * side_cm);
}

}  // namespace

Despeckled despeckle(const Raster& grey, Dpi dpi) {
  const int largest = largest_speck(dpi);
  if (specks_per_square_cm(grey, dpi, largest) < plainly_there) return {grey, 0};
  Sheet sheet(grey);
  auto target = sheet.mat();
  const auto specks = find_specks(grey, grey.bounds(), largest);
  const cv::Rect all(0, 0, grey.width(), grey.height());
  for (const auto& box : specks) {
    target(cv::Rect(box.x - 1, box.y - 1, box.width + 2, box.height + 2) & all).setTo(255);
  }
  return {std::move(sheet).take(), static_cast<std::int64_t>(specks.size())};
}

}  // namespace sohoa::imaging
