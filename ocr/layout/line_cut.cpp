// Foreign ink is painted white with two pixels around it, its edges' grey; then the line's own ink is put back with one
// pixel around it, where the paint went over it. Lines without foreign ink in their crop, most lines, are only copied.

#include <algorithm>
#include <cstring>

#include "ocr/layout/office_layout.hpp"

namespace sohoa::ocr {
namespace {

/// A crop in the making. Columns of a leaning line are shifted as LayoutLine::drop_at says.
class Cut {
 public:
  Cut(const Raster& page, const LayoutLine& line)
      : page_(page), crop_(line.crop), pixels_(static_cast<std::size_t>(line.crop.area()), 255) {
    for (auto x = crop_.x; x < crop_.right(); ++x) drops_.push_back(line.drop_at(x));
  }

  /// How far columns are moved at most: the area of the page that is visible in the crop is so much higher.
  [[nodiscard]] std::int32_t most_drop() const { return std::max(std::abs(drops_.front()), std::abs(drops_.back())); }

  void copy(std::int32_t y, std::int32_t begin, std::int32_t end) {
    pieces(y, begin, end, [](std::uint8_t* to, const std::uint8_t* from, std::size_t n) { std::memcpy(to, from, n); });
  }
  void whiten(std::int32_t y, std::int32_t begin, std::int32_t end) {
    pieces(y, begin, end, [](std::uint8_t* to, const std::uint8_t*, std::size_t n) { std::memset(to, 255, n); });
  }
  [[nodiscard]] Raster raster() && { return {crop_.width, crop_.height, 1, std::move(pixels_)}; }

 private:
  /// Pixels [begin, end) of page row y, clipped to the crop, in pieces of one drop.
  template <typename Fill>
  void pieces(std::int32_t y, std::int32_t begin, std::int32_t end, Fill&& fill) {
    begin = std::max(begin, crop_.x);
    end = std::min(end, crop_.right());
    if (y < 0 || y >= page_.height()) return;
    while (begin < end) {
      const auto first = begin - crop_.x;
      const auto drop = drops_[static_cast<std::size_t>(first)];
      auto last = first + 1;
      while (last < end - crop_.x && drops_[static_cast<std::size_t>(last)] == drop) ++last;
      const auto row = y - crop_.y - drop;
      if (row >= 0 && row < crop_.height) {
        const auto at =
            static_cast<std::size_t>(row) * static_cast<std::size_t>(crop_.width) + static_cast<std::size_t>(first);
        fill(pixels_.data() + at, page_.row(y) + begin, static_cast<std::size_t>(last - first));
      }
      begin = crop_.x + last;
    }
  }

  const Raster& page_;
  PixelRect crop_;
  std::vector<std::uint8_t> pixels_;
  std::vector<std::int32_t> drops_;
};

template <typename Visit>
void visit_runs(const std::vector<layout::InkRun>& runs, const std::vector<std::uint32_t>& row_runs,
                const PixelRect& area, Visit&& visit) {
  const auto rows = static_cast<std::int32_t>(row_runs.size()) - 1;
  for (auto y = std::max(0, area.y); y < std::min(rows, area.bottom()); ++y) {
    const auto first = runs.begin() + row_runs[static_cast<std::size_t>(y)];
    const auto last = runs.begin() + row_runs[static_cast<std::size_t>(y) + 1];
    auto it = std::partition_point(first, last, [&](const layout::InkRun& run) { return run.end <= area.x; });
    for (; it != last && it->begin < area.right(); ++it) visit(y, *it);
  }
}

}  // namespace

Raster cut_line(const Raster& page, const OfficeLayout& layout, std::size_t line) {
  constexpr std::int32_t edge = 2;
  const auto& crop = layout.lines[line].crop;
  if (crop.empty()) return {};
  Cut cut(page, layout.lines[line]);
  const auto drop = cut.most_drop() + edge;
  const PixelRect around{crop.x - edge, crop.y - drop, crop.width + 2 * edge, crop.height + 2 * drop};
  for (auto y = around.y; y < around.bottom(); ++y) cut.copy(y, crop.x, crop.right());
  const auto self = static_cast<std::int32_t>(line);
  bool painted = false;
  const auto paint = [&](std::int32_t y, const layout::InkRun& run) {
    if (run.owner == self) return;
    painted = true;
    for (auto row = y - edge; row <= y + edge; ++row) cut.whiten(row, run.begin - edge, run.end + edge);
  };
  visit_runs(layout.ink.runs, layout.ink.row_runs, around, paint);
  visit_runs(layout.ink.rule_runs, layout.ink.row_rule_runs, around, paint);
  if (painted) {
    visit_runs(layout.ink.runs, layout.ink.row_runs, around, [&](std::int32_t y, const layout::InkRun& run) {
      if (run.owner != self) return;
      for (auto row = y - 1; row <= y + 1; ++row) cut.copy(row, run.begin - 1, run.end + 1);
    });
  }
  return std::move(cut).raster();
}

}  // namespace sohoa::ocr
