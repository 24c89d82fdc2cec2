// A page out of a JPEG comes as luma and chroma, and stays so: its luma is the grey that is read, and its colours are
// needed at 75 dpi only (a sixteenth of the pixels), and where ink is taken away.

#include "pipeline/imaging/shades.hpp"

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "pipeline/imaging/mat.hpp"
#include "pipeline/imaging/reduce.hpp"

namespace sohoa::imaging {

namespace {

/// A plane of chroma at the size of the luma. Mostly that is by a whole factor: 7 times as fast as any other.
cv::Mat fitted(const Raster& plane, cv::Size size) {
  const int factor = static_cast<int>(std::lround(static_cast<double>(plane.width()) / size.width));
  const auto fits = [&](int has, int wanted) { return has >= wanted * factor && has < (wanted + 2) * factor; };
  cv::Mat fit = view(plane);
  if (factor >= 1 && fits(fit.cols, size.width) && fits(fit.rows, size.height)) {
    fit = fit({0, 0, size.width * factor, size.height * factor});
  }
  cv::Mat result;
  cv::resize(fit, result, size, 0, 0, cv::INTER_AREA);
  return result;
}

}  // namespace

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
  cv::Mat merged;
  cv::merge(std::vector{luma, fitted(page.chroma.red, luma.size()), fitted(page.chroma.blue, luma.size())}, merged);
  Sheet sheet(luma.cols, luma.rows, 3);
  auto rgb = sheet.mat();
  cv::cvtColor(merged, rgb, cv::COLOR_YCrCb2RGB);
  return std::move(sheet).take();
}

}  // namespace sohoa::imaging
