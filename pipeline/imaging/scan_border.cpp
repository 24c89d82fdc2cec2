// Method: solid black that reaches the page's edge. The dark pixels are opened by a square of a hundredth of the
// shorter side (2 mm on A4: type has thinner strokes), what is left and touches the edge is kept and grown back into
// the dark pixels around it. Scanner lids also leave thin lines along an edge: dark runs of a sixth of the side or
// longer within 2 % of the edge. Typical: under 1 ms where nothing at the edge is dark, else 3; a lid's shadow covers 0
// to 5 % of a page, a small sheet on a black lid up to 50 %.

#include "pipeline/imaging/scan_border.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "pipeline/imaging/mat.hpp"

namespace sohoa::imaging {
namespace {

constexpr int dark = 110;  // level of a lid; ink of pale scans may be brighter, which does no harm here
constexpr double unsafe_part = 0.6;

cv::Mat rectangle(int width, int height) {
  return cv::getStructuringElement(cv::MORPH_RECT, {std::max(1, width), std::max(1, height)});
}

/// Pieces of `mask` that come within two pixels of the edge.
cv::Mat touching_edge(cv::Mat mask) {
  constexpr std::uint8_t met = 128;
  constexpr int rim = 3;
  const auto follow = [&](int x, int y) {
    if (mask.at<std::uint8_t>(y, x) == 255) cv::floodFill(mask, {x, y}, met, nullptr, {}, {}, 8);
  };
  for (int y = 0; y < mask.rows; ++y) {
    const bool in_rim = y < rim || y >= mask.rows - rim;
    for (int x = 0; x < mask.cols; ++x) {
      if (!in_rim && x == rim) x = std::max(rim, mask.cols - rim);
      follow(x, y);
    }
  }
  return mask == met;
}

bool any_at_edge(const cv::Mat& ink) {
  const int rim = std::min({4, ink.cols, ink.rows});  // opening by a square of even side may move a piece by a pixel
  return cv::countNonZero(ink.rowRange(0, rim)) > 0 || cv::countNonZero(ink.rowRange(ink.rows - rim, ink.rows)) > 0 ||
         cv::countNonZero(ink.colRange(0, rim)) > 0 || cv::countNonZero(ink.colRange(ink.cols - rim, ink.cols)) > 0;
}

/// Solid black that reaches the edge, grown back into the ink around it.
cv::Mat solid_at_edge(const cv::Mat& ink) {
  if (!any_at_edge(ink)) return cv::Mat::zeros(ink.size(), CV_8U);
  const int side = std::max(3, std::min(ink.cols, ink.rows) / 100);
  cv::Mat solid;
  // Outside the page counts as dark, so that a strip thinner than the square is found at the edge itself.
  cv::erode(ink, solid, rectangle(side, side), {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(255));
  if (cv::countNonZero(solid) == 0) return solid;
  cv::dilate(solid, solid, rectangle(side, side), {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  cv::Mat border = touching_edge(solid);
  if (cv::countNonZero(border) > 0) {
    cv::dilate(border, border, rectangle(side, side));
    border &= ink;
  }
  return border;
}

/// The most ink that any column, or else any row, has.
int most_in_a_line(const cv::Mat& ink, bool columns) {
  cv::Mat sums;
  cv::reduce(ink, sums, columns ? 0 : 1, cv::REDUCE_SUM, CV_32S);
  double most = 0;
  cv::minMaxLoc(sums, nullptr, &most);
  return static_cast<int>(most) / 255;
}

/// Dark runs along the edge, looked for in four strips only: a frame or rule that crosses a strip is no run in it.
cv::Mat edge_lines(const cv::Mat& ink) {
  cv::Mat lines(ink.size(), CV_8U, cv::Scalar(0));
  const int strip = std::max(3, std::min(ink.cols, ink.rows) / 50);
  if (ink.cols <= 2 * strip || ink.rows <= 2 * strip) return lines;
  const auto look = [&](const cv::Rect& box, const cv::Mat& bridge, const cv::Mat& run) {
    cv::Mat found;
    // Bridged across by three pixels first: a lid's line runs askew and breaks.
    cv::dilate(ink(box), found, bridge);
    if (most_in_a_line(found, run.rows > 1) < std::max(run.rows, run.cols)) return;
    cv::morphologyEx(found, found, cv::MORPH_OPEN, run);
    lines(box) |= found;
  };
  const auto upright = rectangle(1, ink.rows / 6);
  const auto level = rectangle(ink.cols / 6, 1);
  look({0, 0, strip, ink.rows}, rectangle(3, 1), upright);
  look({ink.cols - strip, 0, strip, ink.rows}, rectangle(3, 1), upright);
  look({0, 0, ink.cols, strip}, rectangle(1, 3), level);
  look({0, ink.rows - strip, ink.cols, strip}, rectangle(1, 3), level);
  return lines;
}

}  // namespace

ScanBorder find_scan_border(const Raster& grey) {
  cv::Mat ink;
  cv::threshold(view(grey), ink, dark, 255, cv::THRESH_BINARY_INV);
  cv::Mat border = solid_at_edge(ink);
  border |= edge_lines(ink);
  const int covered = cv::countNonZero(border);
  ScanBorder found;
  found.page_part = static_cast<float>(covered) / static_cast<float>(border.total());
  if (covered == 0 || found.page_part > unsafe_part) return found;
  cv::dilate(border, border, rectangle(5, 5));  // the soft rim between lid and paper
  found.mask = to_raster(border);
  return found;
}

}  // namespace sohoa::imaging
