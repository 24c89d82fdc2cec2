// A page out of a JPEG comes as luma and chroma, and stays so: its luma is the grey that is read, and its colours are
// needed at 75 dpi only (a sixteenth of the pixels), and where ink is taken away.

#include "pipeline/imaging/shades.hpp"

#include <opencv2/imgproc.hpp>
#include <vector>

#include "pipeline/imaging/mat.hpp"
#include "pipeline/imaging/reduce.hpp"

namespace sohoa::imaging {

Shades shades_of(const Raster& pixels, const Chroma& chroma) {
  if (pixels.channels() == 1) return {pixels, {}, chroma};
  Sheet sheet(pixels.width(), pixels.height(), 1);
  auto luma = sheet.mat();
  cv::cvtColor(view(pixels), luma, cv::COLOR_RGB2GRAY);
  return {std::move(sheet).take(), pixels, {}};
}

Shades reduced(const Shades& page, int factor) {
  return {reduced(page.luma, factor), page.rgb.empty() ? Raster() : reduced(page.rgb, factor), page.chroma};
}

Raster colours_of(const Shades& page) {
  if (!page.rgb.empty()) return page.rgb;
  if (page.chroma.empty()) return page.luma;
  const auto luma = view(page.luma);
  std::vector<cv::Mat> planes{luma, {}, {}};
  cv::resize(view(page.chroma.red), planes[1], luma.size(), 0, 0, cv::INTER_AREA);
  cv::resize(view(page.chroma.blue), planes[2], luma.size(), 0, 0, cv::INTER_AREA);
  cv::Mat merged;
  cv::merge(planes, merged);
  Sheet sheet(luma.cols, luma.rows, 3);
  auto rgb = sheet.mat();
  cv::cvtColor(merged, rgb, cv::COLOR_YCrCb2RGB);
  return std::move(sheet).take();
}

}  // namespace sohoa::imaging
