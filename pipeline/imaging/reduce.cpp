#include "pipeline/imaging/reduce.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "pipeline/imaging/mat.hpp"

namespace sohoa::imaging {

Raster reduced(const Raster& page, int factor) {
  if (factor <= 1) return page;
  if (factor % 2 == 0 && factor > 2) return reduced(reduced(page, 2), factor / 2);  // OpenCV's halving is vector code
  const int width = std::max(1, page.width() / factor);
  const int height = std::max(1, page.height() / factor);
  // A page thinner than one block is averaged over what there is.
  const cv::Rect whole_blocks(0, 0, std::min(page.width(), width * factor), std::min(page.height(), height * factor));
  Sheet sheet(width, height, page.channels());
  auto target = sheet.mat();
  cv::resize(view(page)(whole_blocks), target, target.size(), 0, 0, cv::INTER_AREA);
  return std::move(sheet).take();
}

Raster shrunk(const Raster& page, std::int32_t width, std::int32_t height) {
  Sheet sheet(width, height, page.channels());
  auto target = sheet.mat();
  cv::resize(view(page), target, target.size(), 0, 0, cv::INTER_AREA);
  return std::move(sheet).take();
}

int factor_for(const Raster& page, std::int32_t longest) {
  return std::max(1, (std::max(page.width(), page.height()) + longest - 1) / longest);
}

}  // namespace sohoa::imaging
