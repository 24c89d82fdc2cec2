// Method: the page is cut into tiles of 16 x 16 reduced pixels (5.4 mm at 75 dpi: larger than any text stroke). The
// paper in a tile is the 80th percentile of each channel: text covers under 25 % of a tile, so the percentile sits on
// bare paper. Tiles much darker than the page's own paper (photographs, black scanner borders, bold blocks) tell
// nothing and take the mean of their neighbours, ring by ring. The grid is median-filtered (3 x 3) and enlarged
// bilinearly. Division by it removes shadows, a lamp's fall-off and the paper's tint. Typical: 1 ms at 75 dpi. The gain
// is bounded by the darkness that a tile may have (under 0.45 of the page's paper it is no paper), so noise in a black
// area is never blown up to a picture. Photographs and scans of a page in shadow keep ink/paper ratios because both are
// lit alike: division is the right model.

#include "pipeline/imaging/paper.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <opencv2/imgproc.hpp>

#include "pipeline/imaging/mat.hpp"

namespace sohoa::imaging {
namespace {

constexpr int tile_size = 16;             // reduced pixels
constexpr double paper_percentile = 0.8;  // of a tile's pixels
constexpr double darkest_paper = 0.45;    // of the page's paper
constexpr int white = 247;                // a level from here on reads as white for every reader

/// A tile's samples of one channel side by side, filled up with white to whole tiles.
using Tile = std::array<std::uint8_t, tile_size * tile_size>;

/// The least level that more than `count` samples do not exceed, found by halving: no table to clear, and counting is
/// SIMD.
std::uint8_t level_above(int count, const Tile& tile) {
  int low = 0;
  int high = 255;
  while (low < high) {
    const auto middle = static_cast<std::uint8_t>((low + high) / 2);
    std::array<std::uint8_t, tile_size> found{};  // one count a column, at most tile_size
    for (std::size_t i = 0; i < tile.size(); i += tile_size) {
      for (std::size_t x = 0; x < tile_size; ++x) {
        found[x] = static_cast<std::uint8_t>(found[x] + (tile[i + x] <= middle ? 1 : 0));
      }
    }
    if (std::accumulate(found.begin(), found.end(), 0) > count) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return static_cast<std::uint8_t>(low);
}

std::uint8_t percentile(const cv::Mat& tile, int channel, double part) {
  Tile samples;
  samples.fill(255);
  auto* to = samples.data();
  for (int y = 0; y < tile.rows; ++y) {
    const auto* row = tile.ptr<std::uint8_t>(y) + channel;
    for (int x = 0; x < tile.cols; ++x, row += tile.channels()) *to++ = *row;
  }
  return level_above(static_cast<int>(part * tile.rows * tile.cols), samples);
}

/// One value a tile and channel.
cv::Mat tile_grid(const cv::Mat& page) {
  const int columns = (page.cols + tile_size - 1) / tile_size;
  const int rows = (page.rows + tile_size - 1) / tile_size;
  cv::Mat grid(rows, columns, CV_8UC(page.channels()));
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      const cv::Rect box(x * tile_size, y * tile_size, std::min(tile_size, page.cols - x * tile_size),
                         std::min(tile_size, page.rows - y * tile_size));
      for (int c = 0; c < page.channels(); ++c) {
        grid.ptr<std::uint8_t>(y)[x * page.channels() + c] = percentile(page(box), c, paper_percentile);
      }
    }
  }
  return grid;
}

int brightness(const cv::Mat& grid, int y, int x) {
  int sum = 0;
  for (int c = 0; c < grid.channels(); ++c) sum += grid.ptr<std::uint8_t>(y)[x * grid.channels() + c];
  return sum / grid.channels();
}

/// Tiles that show paper: 255. The page's paper is the 75th percentile of all tiles.
cv::Mat paper_tiles(const cv::Mat& grid) {
  std::vector<int> levels;
  for (int y = 0; y < grid.rows; ++y) {
    for (int x = 0; x < grid.cols; ++x) levels.push_back(brightness(grid, y, x));
  }
  const auto middle = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() * 3 / 4);
  std::nth_element(levels.begin(), middle, levels.end());
  const int least = std::max(1, static_cast<int>(*middle * darkest_paper));
  cv::Mat known(grid.size(), CV_8U, cv::Scalar(0));
  for (int y = 0; y < grid.rows; ++y) {
    for (int x = 0; x < grid.cols; ++x) known.at<std::uint8_t>(y, x) = brightness(grid, y, x) >= least ? 255 : 0;
  }
  return known;
}

/// Gives unknown tiles the mean of their known neighbours until all are known.
void fill_unknown(cv::Mat& grid, cv::Mat known) {
  const int channels = grid.channels();
  while (cv::countNonZero(known) < static_cast<int>(known.total())) {
    cv::Mat next = known.clone();
    for (int y = 0; y < grid.rows; ++y) {
      for (int x = 0; x < grid.cols; ++x) {
        if (known.at<std::uint8_t>(y, x) != 0) continue;
        std::array<int, 4> sum{};
        int count = 0;
        for (int ny = std::max(0, y - 1); ny <= std::min(grid.rows - 1, y + 1); ++ny) {
          for (int nx = std::max(0, x - 1); nx <= std::min(grid.cols - 1, x + 1); ++nx) {
            if (known.at<std::uint8_t>(ny, nx) == 0) continue;
            ++count;
            for (int c = 0; c < channels; ++c)
              sum[static_cast<std::size_t>(c)] += grid.ptr<std::uint8_t>(ny)[nx * channels + c];
          }
        }
        if (count == 0) continue;
        for (int c = 0; c < channels; ++c) {
          grid.ptr<std::uint8_t>(y)[x * channels + c] =
              static_cast<std::uint8_t>(sum[static_cast<std::size_t>(c)] / count);
        }
        next.at<std::uint8_t>(y, x) = 255;
      }
    }
    known = next;
  }
}

/// Nearly every tile is white: the rest is lines of bold type or a seal, not shade.
bool is_even(const cv::Mat& grid) {
  int dark = 0;
  for (int y = 0; y < grid.rows; ++y) {
    const auto* row = grid.ptr<std::uint8_t>(y);
    for (int x = 0; x < grid.cols * grid.channels(); ++x) dark += row[x] < white ? 1 : 0;
  }
  return dark * 50 <= static_cast<int>(grid.total()) * grid.channels();
}

}  // namespace

Paper measure_paper(const Raster& reduced_page) {
  const auto page = view(reduced_page);
  auto grid = tile_grid(page);
  const auto known = paper_tiles(grid);
  Paper paper;
  paper.confidence = static_cast<float>(cv::countNonZero(known)) / static_cast<float>(known.total());
  if (cv::countNonZero(known) == 0) {
    grid.setTo(cv::Scalar::all(255));  // a black page: nothing to go by
  } else {
    fill_unknown(grid, known);
  }
  if (grid.rows >= 3 && grid.cols >= 3) cv::medianBlur(grid, grid, 3);
  paper.even = is_even(grid);
  cv::Mat colour;
  cv::resize(grid, colour, page.size(), 0, 0, cv::INTER_LINEAR);
  paper.colour = to_raster(colour);
  return paper;
}

Raster on_white_paper(const Raster& page, const Paper& paper) {
  if (paper.even) return page;
  auto colour = view(paper.colour);
  if (colour.channels() == 3 && page.channels() == 1) {
    cv::Mat grey;
    cv::cvtColor(colour, grey, cv::COLOR_RGB2GRAY);
    colour = grey;
  }
  cv::Mat enlarged = colour;
  if (colour.cols != page.width() || colour.rows != page.height()) {
    cv::resize(colour, enlarged, {page.width(), page.height()}, 0, 0, cv::INTER_LINEAR);
  }
  Sheet sheet(page.width(), page.height(), page.channels());
  auto target = sheet.mat();
  cv::divide(view(page), enlarged, target, 255.0);
  return std::move(sheet).take();
}

}  // namespace sohoa::imaging
