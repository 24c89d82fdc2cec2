// Method: the reduced page is cut at a level between paper and ink (Otsu's, kept within 90..190, so that an empty page
// does not split its noise), and connected pieces are taken (8 ms at 150 dpi A4). The usual letter height is the median
// height of the pieces that could be letters at any resolution (6 to 80 pixels high, not a line or a solid block). It
// is measured, not derived from the page's dpi, which may lie.

#include "pipeline/imaging/glyphs.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "pipeline/imaging/mat.hpp"

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

Glyphs find_glyphs(const Raster& grey_raster) {
  const auto grey = view(grey_raster);
  cv::Mat ink;
  const double otsu = cv::threshold(grey, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  const double level = std::clamp(otsu, 90.0, 190.0);
  if (level != otsu) cv::threshold(grey, ink, level, 255, cv::THRESH_BINARY_INV);
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
  Glyphs glyphs;
  glyphs.width = grey_raster.width();
  glyphs.height = grey_raster.height();
  for (int i = 1; i < count; ++i) {
    const auto* s = stats.ptr<int>(i);
    if (s[cv::CC_STAT_AREA] < 2) continue;
    glyphs.all.push_back(
        {{s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]}, s[cv::CC_STAT_AREA]});
  }
  if (glyphs.all.size() > most_glyphs) {
    std::nth_element(glyphs.all.begin(), glyphs.all.begin() + most_glyphs, glyphs.all.end(),
                     [](const Glyph& a, const Glyph& b) { return a.area > b.area; });
    glyphs.all.resize(most_glyphs);
  }
  glyphs.letter_height = usual_height(glyphs.all);
  return glyphs;
}

}  // namespace sohoa::imaging
