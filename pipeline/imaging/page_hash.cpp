// Method: the page, shrunk to about 75 dpi, as ink (darkness above 40 levels) in 64 x 64 cells; square roots, so that a
// seal weighs no more than a paragraph; a discrete cosine transform; the signs of its lowest 32 rows x 8 columns. Rows
// count for more, since lines of text and gaps between paragraphs are what tells pages of text apart. Two such hashes
// a page: of the sheet as framed, and moved so that the middle of its ink (the middle between the 5 % and 95 % points,
// darker ink only) is the middle of the window. Scans of one sheet mostly agree on the frame; a shifted one (2.5 % of
// the side) only on the content. Pages compare by the smaller distance (model/page_hash.hpp).
//
// Measured with 260 synthetic pages (144 papers of 16 kinds), each sheet scanned as office scan at 300 and 200 dpi, as
// 1-bit and as fax or phone picture, against the first scan. Of scans of one sheet within the bits that 1 % of pages of
// other papers of the same kind stay within ("hard"):
//   mean of 16 x 16 over the content box 73 to 83 %; over the frame 50 to 61 %; DCT 16 x 16 over the content box 76 to
//   87 %, over the frame 82 to 97 %; gradients (dHash) 76 to 89 %; DCT 32 x 8 over the frame 96 to 98 %.
// The last fails when the sheet lies 2.5 % off (45 % within 56 bits); together with the second view 95 % are within 56
// bits then, 98 to 99 % else, and so are 0.7 to 1.4 % of hard pairs and 0.1 to 0.5 % of any others: pages with a few
// lines, and forms, which do look alike. So a hash finds and supports; the words decide.

#include "pipeline/imaging/page_hash.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "pipeline/imaging/reduce.hpp"

namespace sohoa::imaging {
namespace {

constexpr std::int32_t working_side = 880;  // pixels of the longer side: 75 dpi for A4
constexpr int cells = 64;
constexpr int row_waves = 32;
constexpr int column_waves = 8;
constexpr int paper_noise = 40;  // levels below white that count as paper
constexpr int dark_ink = 90;     // levels below white: neither show-through nor scanner noise
constexpr double outer_ink = 0.05;
constexpr double least_ink = 2e-5;  // mean darkness, 0..1: a page number alone has more

using Waves = std::array<std::array<float, cells>, row_waves>;
using Cells = std::array<std::array<float, cells>, cells>;

const Waves& waves() {
  static const Waves all = [] {
    Waves made{};
    for (int k = 0; k < row_waves; ++k) {
      for (int i = 0; i < cells; ++i) {
        made[k][i] = static_cast<float>(std::cos(std::numbers::pi * (2 * i + 1) * k / (2.0 * cells)));
      }
    }
    return made;
  }();
  return all;
}

/// Darkness, 0 (white) to 255.
class Darkness {
 public:
  explicit Darkness(const Raster& page)
      : width_(page.width()),
        height_(page.height()),
        levels_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_)) {
    for (std::int32_t y = 0; y < height_; ++y) {
      const auto* from = page.row(y);
      auto* to = levels_.data() + std::int64_t{y} * width_;
      if (page.channels() == 1) {
        for (std::int32_t x = 0; x < width_; ++x) to[x] = static_cast<std::uint8_t>(255 - from[x]);
      } else {
        for (std::int32_t x = 0; x < width_; ++x) {
          const auto* pixel = from + std::int64_t{x} * 3;
          to[x] = static_cast<std::uint8_t>(255 - ((77 * pixel[0] + 150 * pixel[1] + 29 * pixel[2]) >> 8));
        }
      }
    }
  }
  [[nodiscard]] std::int32_t width() const { return width_; }
  [[nodiscard]] std::int32_t height() const { return height_; }
  [[nodiscard]] const std::uint8_t* row(std::int32_t y) const { return levels_.data() + std::int64_t{y} * width_; }

 private:
  std::int32_t width_;
  std::int32_t height_;
  std::vector<std::uint8_t> levels_;
};

/// Which share of pixel `at` lies in which of the window's cells: at most two neighbours.
struct Share {
  int cell = -1;  ///< none: outside the window
  float here = 0;
  float next = 0;  ///< of the cell after it
};

std::vector<Share> shares(std::int32_t size, double start) {
  std::vector<Share> all(static_cast<std::size_t>(size));
  const double a_cell = static_cast<double>(size) / cells;  // the window is as large as the page
  for (std::int32_t at = 0; at < size; ++at) {
    const double begin = (at - start) / a_cell;
    const double end = (at + 1 - start) / a_cell;
    const int cell = static_cast<int>(std::floor(begin));
    if (cell < 0 || cell >= cells) continue;
    const double split = std::min<double>(cell + 1, end);
    all[static_cast<std::size_t>(at)] = {cell, static_cast<float>(split - begin),
                                         cell + 1 < cells ? static_cast<float>(end - split) : 0};
  }
  return all;
}

/// The ink in a window of the page's size that begins at `left`, `top`; what lies outside the page is white.
Cells ink_in(const Darkness& page, double left, double top) {
  const auto rows = shares(page.height(), top);
  const auto columns = shares(page.width(), left);
  const auto width = static_cast<std::size_t>(page.width());
  std::vector<float> bands(cells * width);
  for (std::int32_t y = 0; y < page.height(); ++y) {
    const auto& share = rows[static_cast<std::size_t>(y)];
    if (share.cell < 0) continue;
    const auto* level = page.row(y);
    auto* band = bands.data() + static_cast<std::size_t>(share.cell) * width;
    for (std::size_t x = 0; x < width; ++x) {
      band[x] += share.here * static_cast<float>(std::max(0, level[x] - paper_noise));
    }
    if (share.next <= 0) continue;
    for (std::size_t x = 0; x < width; ++x) {
      band[x + width] += share.next * static_cast<float>(std::max(0, level[x] - paper_noise));
    }
  }
  Cells ink{};
  for (int r = 0; r < cells; ++r) {
    const auto* band = bands.data() + static_cast<std::size_t>(r) * width;
    for (std::size_t x = 0; x < width; ++x) {
      const auto& share = columns[x];
      if (share.cell < 0) continue;
      ink[r][share.cell] += share.here * band[x];
      if (share.next > 0) ink[r][share.cell + 1] += share.next * band[x];
    }
  }
  return ink;
}

PageHash::Bits signs_of(Cells ink) {
  std::array<std::array<float, column_waves>, cells> by_row{};
  for (int r = 0; r < cells; ++r) {
    for (auto& cell : ink[r]) cell = std::sqrt(cell);
    for (int k = 0; k < column_waves; ++k) {
      for (int c = 0; c < cells; ++c) by_row[r][k] += waves()[k][c] * ink[r][c];
    }
  }
  PageHash::Bits bits{};
  for (int bit = 1; bit < row_waves * column_waves; ++bit) {  // bit 0, the mean, is never negative
    float sum = 0;
    for (int r = 0; r < cells; ++r) sum += waves()[bit / column_waves][r] * by_row[r][bit % column_waves];
    if (sum > 0) bits[static_cast<std::size_t>(bit / 8)] |= static_cast<std::uint8_t>(1U << (bit % 8));
  }
  return bits;
}

/// The middle between the points that the outer shares of the ink lie beyond.
double middle(const std::vector<std::uint32_t>& profile) {
  std::uint64_t sum = 0;
  for (const auto ink : profile) sum += ink;
  const auto point = [&](double part) {
    const double wanted = part * static_cast<double>(sum);
    double before = 0;
    for (std::size_t i = 0; i < profile.size(); ++i) {
      const auto here = static_cast<double>(profile[i]);
      if (before + here >= wanted && here > 0) return static_cast<double>(i) + (wanted - before) / here;
      before += here;
    }
    return static_cast<double>(profile.size()) / 2;
  };
  return sum == 0 ? static_cast<double>(profile.size()) / 2 : (point(outer_ink) + point(1 - outer_ink)) / 2;
}

}  // namespace

std::optional<PageHash> page_hash(const Raster& upright) {
  if (upright.empty() || upright.width() < 1 || upright.height() < 1) return std::nullopt;
  const Darkness page(reduced(upright, factor_for(upright, working_side)));
  std::vector<std::uint32_t> of_rows(static_cast<std::size_t>(page.height()));
  std::vector<std::uint32_t> of_columns(static_cast<std::size_t>(page.width()));
  std::uint64_t all = 0;
  for (std::size_t y = 0; y < of_rows.size(); ++y) {
    const auto* level = page.row(static_cast<std::int32_t>(y));
    std::uint32_t of_row = 0;
    for (std::size_t x = 0; x < of_columns.size(); ++x) {
      const auto ink = static_cast<std::uint32_t>(std::max(0, level[x] - dark_ink));
      of_row += ink;
      of_columns[x] += ink;
    }
    of_rows[y] = of_row;
    all += of_row;
  }
  if (static_cast<double>(all) < least_ink * 255 * static_cast<double>(of_rows.size() * of_columns.size())) {
    return std::nullopt;
  }
  PageHash hash;
  hash.by_sheet = signs_of(ink_in(page, 0, 0));
  hash.by_content =
      signs_of(ink_in(page, middle(of_columns) - page.width() / 2.0, middle(of_rows) - page.height() / 2.0));
  return hash;
}

}  // namespace sohoa::imaging
