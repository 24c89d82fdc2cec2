// Method: the reduced page is cut at a level between paper and ink (Otsu's, kept within 90..190, so that an empty page
// does not split its noise), and connected pieces are taken (2 ms at 150 dpi A4). The usual letter height is the median
// height of the pieces that could be letters at any resolution (6 to 80 pixels high, not a line or a solid block). It
// is measured, not derived from the page's dpi, which may lie.

#include "pipeline/imaging/glyphs.hpp"

#include <algorithm>

#include "pipeline/imaging/levels.hpp"

namespace sohoa::imaging {
namespace {

constexpr std::size_t most_glyphs = 60'000;
constexpr int least_letter = 6, greatest_letter = 80;  // pixels
constexpr std::size_t few_letters = 5;

double usual_height(const std::vector<Glyph>& glyphs) {
  std::vector<int> heights;
  for (const auto& [box, area] : glyphs) {
    if (box.height < least_letter || box.height > greatest_letter) continue;
    if (box.width < 2 || box.width > 4 * box.height) continue;
    heights.push_back(box.height);
  }
  if (heights.size() < few_letters) return 0;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

/// The level that splits the page into two classes of the greatest variance between them (N. Otsu, 1979).
int otsu(const Levels& levels) {
  double total = 0;
  double sum = 0;
  for (int level = 0; level < 256; ++level) {
    total += levels[static_cast<std::size_t>(level)];
    sum += static_cast<double>(level) * levels[static_cast<std::size_t>(level)];
  }
  double dark = 0;
  double dark_sum = 0;
  double most = 0;
  int best = 0;
  for (int level = 0; level < 255; ++level) {
    dark += levels[static_cast<std::size_t>(level)];
    dark_sum += static_cast<double>(level) * levels[static_cast<std::size_t>(level)];
    if (dark == 0 || dark == total) continue;
    const double apart = dark_sum / dark - (sum - dark_sum) / (total - dark);
    const double between = dark * (total - dark) * apart * apart;
    if (between > most) {
      most = between;
      best = level;
    }
  }
  return best;
}

}  // namespace

std::vector<Glyph> Glyphs::letters() const {
  std::vector<Glyph> found;
  for (const auto& glyph : all) {
    if (glyph.box.height < 0.6 * letter_height || glyph.box.height > 2.2 * letter_height) continue;
    if (glyph.box.width > 4 * letter_height || glyph.box.width < 2) continue;
    found.push_back(glyph);
  }
  return found;
}

Glyphs find_glyphs(const Raster& grey) {
  Glyphs glyphs;
  glyphs.width = grey.width();
  glyphs.height = grey.height();
  glyphs.level = std::clamp(otsu(levels_of(grey)), 90, 190);
  glyphs.all = dark_pieces(grey, grey.bounds(), glyphs.level);
  std::erase_if(glyphs.all, [](const Glyph& glyph) { return glyph.area < 2; });
  if (glyphs.all.size() > most_glyphs) {
    std::nth_element(glyphs.all.begin(), glyphs.all.begin() + most_glyphs, glyphs.all.end(),
                     [](const Glyph& a, const Glyph& b) { return a.area > b.area; });
    glyphs.all.resize(most_glyphs);
  }
  glyphs.letter_height = usual_height(glyphs.all);
  return glyphs;
}

}  // namespace sohoa::imaging
