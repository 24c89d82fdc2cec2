#pragma once

// OpenCV beside our values; included by this folder's .cpp files only.

#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "pipeline/model/raster.hpp"

namespace sohoa::imaging {

/// The raster's own pixels, not copied. MUST NOT be written to, nor outlive the raster.
inline cv::Mat view(const Raster& raster) {
  if (raster.empty()) return {};
  return {raster.height(), raster.width(), CV_8UC(raster.channels()), const_cast<std::uint8_t*>(raster.row(0))};
}

/// Pixels being made, which become a Raster without a copy.
class Sheet {
 public:
  Sheet(int width, int height, int channels)
      : width_(width),
        height_(height),
        channels_(channels),
        bytes_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
               static_cast<std::size_t>(channels)) {}

  /// A copy of a raster's pixels to change.
  explicit Sheet(const Raster& raster)
      : width_(raster.width()),
        height_(raster.height()),
        channels_(raster.channels()),
        bytes_(raster.row(0), raster.row(0) + raster.stride() * raster.height()) {}

  /// OpenCV functions that find this size and type write in place.
  [[nodiscard]] cv::Mat mat() { return {height_, width_, CV_8UC(channels_), bytes_.data()}; }
  [[nodiscard]] Raster take() && { return {width_, height_, channels_, std::move(bytes_)}; }

 private:
  int width_;
  int height_;
  int channels_;
  std::vector<std::uint8_t> bytes_;
};

inline Raster to_raster(const cv::Mat& mat) {
  Sheet sheet(mat.cols, mat.rows, mat.channels());
  auto target = sheet.mat();
  mat.copyTo(target);
  return std::move(sheet).take();
}

}  // namespace sohoa::imaging
