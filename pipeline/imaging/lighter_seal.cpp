// Method: red ink scanned in shades of grey is lighter than black type. How dark type is, is measured beside the seal;
// within it only what is darker than half-way between both stays, with the pixel around it that scanners blur.
// Typical: rims of 90 to 130 beside type of 15 to 50. Takes 1 ms a seal at 300 dpi.

#include "pipeline/imaging/lighter_seal.hpp"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

#include "pipeline/imaging/mat.hpp"
#include "pipeline/imaging/seal_letters.hpp"

namespace sohoa::imaging {
namespace {

/// The level that a quarter of the type's pixels reach, outside of `seal` (non-zero within); nothing where there is
/// hardly any type.
std::optional<int> type_level(const cv::Mat& area, const cv::Mat& seal, double mm) {
  constexpr double least_type_mm2 = 8;  // a short name
  std::array<int, ink_level> histogram{};
  int count = 0;
  for (int y = 0; y < area.rows; ++y) {
    const auto *grey = area.ptr<std::uint8_t>(y), *within = seal.ptr<std::uint8_t>(y);
    for (int x = 0; x < area.cols; ++x) {
      if (within[x] != 0 || grey[x] >= ink_level) continue;
      ++histogram[grey[x]];
      ++count;
    }
  }
  if (count < least_type_mm2 * mm * mm) return std::nullopt;
  int left = count / 4, level = 0;
  while ((left -= histogram[static_cast<std::size_t>(level)]) >= 0) ++level;
  return level;
}

}  // namespace

std::optional<Raster> without_lighter_seal(const Raster& grey, const Ring& outline, int rim_level, Dpi dpi) {
  constexpr int apart = 40;  // levels: noise and blur of type are below
  constexpr double beyond_mm = 1, beside_mm = 20;
  const double mm = dpi.value / 25.4;
  const auto reach = static_cast<int>(outline.radius + beside_mm * mm);
  const cv::Rect wanted(static_cast<int>(outline.center.x) - reach, static_cast<int>(outline.center.y) - reach,
                        2 * reach, 2 * reach);
  const cv::Rect place = wanted & cv::Rect(0, 0, grey.width(), grey.height());
  if (place.empty()) return std::nullopt;
  cv::Mat seal(place.size(), CV_8U, cv::Scalar(0));
  cv::circle(seal, cv::Point(static_cast<int>(outline.center.x), static_cast<int>(outline.center.y)) - place.tl(),
             static_cast<int>(outline.radius + beyond_mm * mm), cv::Scalar(255), cv::FILLED);
  const auto type = type_level(view(grey)(place), seal, mm);
  if (!type || rim_level < *type + apart) return std::nullopt;

  Sheet sheet(grey);
  cv::Mat area = sheet.mat()(place);
  cv::Mat stays = area < (*type + rim_level) / 2;
  cv::dilate(stays, stays, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  area.setTo(255, seal & ~stays);
  return std::move(sheet).take();
}

}  // namespace sohoa::imaging
