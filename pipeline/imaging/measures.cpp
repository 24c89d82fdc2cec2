// Sharpness: in 64 rows, where a row crosses mid level between paper and ink, the largest step between two pixels over
// the whole rise within 7 pixels. 1-bit and crisp 1, a good scan at 300 dpi .6 to 1, out of focus or enlarged under .3;
// the median counts. Blank: pieces darker than 160 on white paper (show-through stays above 180) and at least 1.2 mm
// high, not solid discs near an edge (punch holes, 4 to 8 mm). At most two such pieces are no text: a blank page with
// its number, a hair, a staple.

#include "pipeline/imaging/measures.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "pipeline/imaging/levels.hpp"
#include "pipeline/imaging/pieces.hpp"

namespace sohoa::imaging {
namespace {

constexpr int sampled_rows = 64;
constexpr int reach = 3;           // pixels on each side of an edge
constexpr int least_rise = 90;     // levels, to count as an edge of ink
constexpr int show_through = 160;  // level
constexpr int stray_pieces = 2;

bool is_punch_hole(const Piece& piece, const Raster& page, double mm) {
  const auto& box = piece.box;
  const double fill = static_cast<double>(piece.area) / static_cast<double>(box.area());
  const bool round = std::abs(box.width - box.height) < 0.25 * std::max(box.width, box.height) && fill > 0.65;
  const bool sized = box.width > 3.5 * mm && box.width < 9 * mm;
  const int margin = static_cast<int>(20 * mm);
  const bool outside =
      box.x < margin || box.y < margin || box.right() > page.width() - margin || box.bottom() > page.height() - margin;
  return round && sized && outside;
}

}  // namespace

float sharpness_of(const Raster& grey) {
  std::vector<float> slopes;
  const int rows = std::min(sampled_rows, grey.height());
  for (int i = 0; i < rows; ++i) {
    const auto* row = grey.row(static_cast<std::int32_t>((std::int64_t{2} * i + 1) * grey.height() / (2 * rows)));
    for (int x = reach; x + reach + 1 < grey.width(); ++x) {
      if ((row[x] < 128) == (row[x + 1] < 128)) continue;
      const auto [low, high] = std::minmax_element(row + x - reach, row + x + reach + 2);
      const int rise = *high - *low;
      if (rise < least_rise) continue;
      int step = 0;
      for (int at = x - 1; at <= x + 1; ++at) step = std::max(step, std::abs(row[at + 1] - row[at]));
      slopes.push_back(static_cast<float>(step) / static_cast<float>(rise));
      x += reach;
    }
  }
  if (slopes.size() < 20) return 0;
  const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
  std::nth_element(slopes.begin(), middle, slopes.end());
  // A step of a sixth of the rise is a ramp over six pixels; half the rise in one step is as good as type gets at 300
  // dpi.
  return std::clamp((*middle - 0.15F) / 0.40F, 0.0F, 1.0F);
}

float contrast_of(const Raster& grey) {
  const auto histogram = levels_of(grey);
  std::int64_t seen = 0;
  int paper = 255;
  const auto total = count_of(histogram);
  for (; paper > 0 && seen * 2 < total; --paper) seen += histogram[static_cast<std::size_t>(paper)];
  std::int64_t inked = 0;
  const int darker = paper * 7 / 10;
  for (int level = 0; level < darker; ++level) inked += histogram[static_cast<std::size_t>(level)];
  if (inked * 5000 < total) return 0;
  // The darkest third: the rest of the ink's pixels are edges that mix with paper.
  std::int64_t left = inked / 6;
  int ink = 0;
  while (ink < darker && (left -= histogram[static_cast<std::size_t>(ink)]) >= 0) ++ink;
  return static_cast<float>(paper - ink) / 255.0F;
}

bool is_blank(const Raster& grey, Dpi dpi, const std::vector<PixelRect>& imprints) {
  const double mm = dpi.value / 25.4;
  int pieces = 0;
  for (const auto& piece : dark_pieces(grey, grey.bounds(), show_through)) {
    const auto& box = piece.box;
    if (std::max(box.height, box.width) < 1.2 * mm) continue;
    if (std::any_of(imprints.begin(), imprints.end(),
                    [&](const PixelRect& imprint) { return intersection(box, imprint) == box; })) {
      continue;
    }
    if (is_punch_hole(piece, grey, mm)) continue;
    ++pieces;
  }
  return pieces <= stray_pieces;
}

bool has_cut_edges(const Glyphs& glyphs) {
  constexpr int enough = 3;
  int touching = 0;
  for (const auto& glyph : glyphs.letters()) {
    const auto& box = glyph.box;
    if (box.x <= 1 || box.y <= 1 || box.right() >= glyphs.width - 1 || box.bottom() >= glyphs.height - 1) ++touching;
  }
  return touching >= enough;
}

}  // namespace sohoa::imaging
