// Method: luma over the whole page (one SIMD pass), divided by the paper's grey where the paper is uneven; then only
// the places that the ink map marks are made again from their red or blue channel, and what lies beside the paper is
// painted white; last a table stretches the tones. A clean page costs nothing where it
// comes as luma (out of a JPEG, or bilevel), else the luma pass alone (4 ms at 300 dpi A4). Stretching is mild: white
// is drawn in to the level that 60 % of the page exceeds, less a margin of 8 for paper texture and faint show-through;
// black comes up to half the level of the ink's own median. A page of good contrast stays untouched, byte by byte.

#include "pipeline/imaging/grey_page.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

#include "pipeline/imaging/levels.hpp"
#include "pipeline/imaging/mat.hpp"

namespace sohoa::imaging {
namespace {

using Table = std::array<std::uint8_t, 256>;

Table stretched(int black, int white) {
  Table table{};
  for (int level = 0; level < 256; ++level) {
    table[static_cast<std::size_t>(level)] =
        static_cast<std::uint8_t>(std::clamp((level - black) * 255 / std::max(1, white - black), 0, 255));
  }
  return table;
}

/// The first of the page's pixels in a row that belong to column `map_x` of a map: those x with x * map / page = map_x.
std::int32_t first_of(std::int32_t map_x, std::int32_t map_width, std::int32_t page_width) {
  return static_cast<std::int32_t>((std::int64_t{map_x} * page_width + map_width - 1) / map_width);
}

/// One colour's ink: its channel's level on white paper, with the ink itself at 255.
struct Ink {
  int channel;  // of R G B
  Table table;

  [[nodiscard]] std::uint8_t operator()(int level, const std::uint8_t* paper) const {
    if (paper != nullptr) level = std::min(255, level * 255 / std::max<int>(1, paper[channel]));
    return table[static_cast<std::size_t>(level)];
  }
};

/// The full page's red and blue channel, a row at a time.
class Channels {
 public:
  explicit Channels(const Shades& page) : page_(page) {
    if (page.chroma.empty()) return;
    const auto width = page.luma.width();
    for (std::int32_t x = 0; x < width; ++x) {
      column_.push_back(static_cast<std::int32_t>(std::int64_t{x} * page.chroma.red.width() / width));
    }
  }

  void go_to(std::int32_t y) {
    luma_ = page_.luma.row(y);
    if (page_.chroma.empty()) {
      rgb_ = page_.rgb.row(y);
      return;
    }
    const auto row = static_cast<std::int32_t>(std::int64_t{y} * page_.chroma.red.height() / page_.luma.height());
    blue_ = page_.chroma.blue.row(row);
    red_ = page_.chroma.red.row(row);
  }

  [[nodiscard]] int red(std::int32_t x) const {
    if (rgb_ != nullptr) return rgb_[std::int64_t{x} * 3];
    return with_chroma(x, red_, 1436);  // 1.402 in 1024ths
  }
  [[nodiscard]] int blue(std::int32_t x) const {
    if (rgb_ != nullptr) return rgb_[std::int64_t{x} * 3 + 2];
    return with_chroma(x, blue_, 1815);  // 1.772
  }

 private:
  [[nodiscard]] int with_chroma(std::int32_t x, const std::uint8_t* plane, int weight) const {
    const int chroma = plane[column_[static_cast<std::size_t>(x)]] - 128;
    return std::clamp(luma_[x] + ((chroma * weight + 512) >> 10), 0, 255);
  }

  const Shades& page_;
  std::vector<std::int32_t> column_;  // of the chroma, for each pixel of a row
  const std::uint8_t* luma_ = nullptr;
  const std::uint8_t* rgb_ = nullptr;
  const std::uint8_t* blue_ = nullptr;
  const std::uint8_t* red_ = nullptr;
};

void take_inks_away(const Shades& page, const GreyPlan& plan, cv::Mat grey) {
  const auto& map = plan.inks.grey_from;
  const Ink red{0, stretched(0, plan.inks.red_level)};
  const Ink blue{2, stretched(0, plan.inks.blue_level)};
  Channels channels(page);
  for (std::int32_t y = 0; y < grey.rows; ++y) {
    const auto map_y = static_cast<std::int32_t>(std::int64_t{y} * map.height() / grey.rows);
    const auto* how = map.row(map_y);
    if (std::all_of(how, how + map.width(), [](std::uint8_t from) { return from == 0; })) continue;
    channels.go_to(y);
    auto* out = grey.ptr<std::uint8_t>(y);
    for (std::int32_t map_x = 0; map_x < map.width(); ++map_x) {
      const auto from = how[map_x];
      if (from == 0) continue;
      const auto* paper = plan.paper.even ? nullptr : plan.paper.colour.row(map_y) + std::int64_t{map_x} * 3;
      for (auto x = first_of(map_x, map.width(), grey.cols); x < first_of(map_x + 1, map.width(), grey.cols); ++x) {
        if ((from & 1) != 0) out[x] = std::max(out[x], red(channels.red(x), paper));
        if ((from & 2) != 0) out[x] = std::max(out[x], blue(channels.blue(x), paper));
      }
    }
  }
}

void paint_border(const Raster& border, cv::Mat grey) {
  for (int y = 0; y < grey.rows; ++y) {
    const auto* row = border.row(static_cast<std::int32_t>(std::int64_t{y} * border.height() / grey.rows));
    auto* out = grey.ptr<std::uint8_t>(y);
    // Runs of the small row, so that a clean row costs one look at each small pixel.
    for (std::int32_t x = 0; x < border.width(); ++x) {
      if (row[x] == 0) continue;
      const auto first = std::int64_t{x} * grey.cols / border.width();
      const auto last = x + 1 == border.width() ? grey.cols : (std::int64_t{x} + 1) * grey.cols / border.width();
      std::fill(out + first, out + last, std::uint8_t{255});
    }
  }
}

}  // namespace

Raster grey_page(const Shades& page, const GreyPlan& plan) {
  auto grey = on_white_paper(page.luma, plan.paper);
  if (page.coloured() && !plan.inks.grey_from.empty()) {
    Sheet sheet(grey);
    take_inks_away(page, plan, sheet.mat());
    grey = std::move(sheet).take();
  }
  return finished(grey, plan.border, plan.tones);
}

Raster finished(const Raster& grey, const Raster& border, const Tones& tones) {
  if (border.empty() && tones.untouched()) return grey;
  Sheet sheet(grey);
  auto target = sheet.mat();
  if (!tones.untouched()) {
    const auto table = stretched(tones.black, tones.white);
    cv::LUT(target, cv::Mat(1, 256, CV_8U, const_cast<std::uint8_t*>(table.data())), target);
  }
  if (!border.empty()) paint_border(border, target);
  return std::move(sheet).take();
}

Tones measure_tones(const Raster& grey) {
  const auto histogram = levels_of(grey);
  const auto percentile = [&](int first, int last, double part) {
    std::int64_t count = 0;
    for (int i = first; i <= last; ++i) count += histogram[static_cast<std::size_t>(i)];
    auto left = static_cast<std::int64_t>(part * static_cast<double>(count));
    for (int i = first; i <= last; ++i) {
      left -= histogram[static_cast<std::size_t>(i)];
      if (left < 0) return i;
    }
    return last;
  };
  const int paper = percentile(0, 255, 0.4);
  const int ink = percentile(0, std::max(1, paper * 6 / 10), 0.25);
  Tones tones;
  if (paper < 250 && paper > 80) tones.white = static_cast<std::uint8_t>(std::max(paper - 8, 64));
  if (ink > 60 && ink < paper / 2) tones.black = static_cast<std::uint8_t>(ink / 2);
  return tones;
}

}  // namespace sohoa::imaging
