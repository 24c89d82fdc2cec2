// Marks belong into the top margin (../shared/domain.md, section 3). Where a stamp or a heading stands there, the place
// moves along the margin and then down; what is there
// is known from the reading and from the map of ink, so that a logo or a pen stroke is not covered either.

#include "pipeline/issue/mark_places.hpp"

#include <algorithm>

namespace sohoa::issue {
namespace {

constexpr double edge = 8, distance = 2, step = 4;  // points: what printers reach, air around marks, the search's grid
constexpr double upper_part = 0.35;                 // of the page's height: below it a mark is not at the top

double overlap(const PointRect& a, const PointRect& b) {
  const double width = std::min(a.right(), b.right()) - std::max(a.x, b.x);
  const double height = std::min(a.top(), b.top()) - std::max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

PointRect with_air(const PointRect& place) {
  return {place.x - distance, place.y - distance, place.width + 2 * distance, place.height + 2 * distance};
}

}  // namespace

PageRoom::PageRoom(const RecognizedPage& page, PageExtent extent) : extent_(extent) {
  if (page.width <= 0 || page.height <= 0) return;
  const double x = extent.width / page.width, y = extent.height / page.height;
  const auto take_box = [&](const PixelRect& box) {
    taken_.push_back({box.x * x, extent.height - box.bottom() * y, box.width * x, box.height * y});
  };
  for (const auto& block : page.blocks) {
    for (const auto& line : block.lines) take_box(line.box);
  }
  if (page.ink) take_ink(*page.ink);
  for (const auto& seal : page.quality.seals) take_box(seal.box);
  for (const auto& code : page.barcodes) take_box(code.box);
}

/// Runs of inked cells.
void PageRoom::take_ink(const InkMap& ink) {
  const double width = extent_.width / InkMap::side, height = extent_.height / InkMap::side;
  for (int row = 0; row < InkMap::rows; ++row) {
    for (int column = 0; column < InkMap::side;) {
      const int begin = column;
      while (column < InkMap::side && ink.at(row, column)) ++column;
      if (column > begin) {
        taken_.push_back({begin * width, extent_.height - (row + 1) * height, (column - begin) * width, height});
      }
      if (column == begin) ++column;
    }
  }
}

double PageRoom::covered(const PointRect& place) const {
  double area = 0;
  const auto wide = with_air(place);
  for (const auto& other : taken_) area += overlap(wide, other);
  return area;
}

bool PageRoom::is_free(const PointRect& place) const {
  const auto wide = with_air(place);
  return std::none_of(taken_.begin(), taken_.end(), [&](const PointRect& other) { return overlap(wide, other) > 0; });
}

std::optional<PointRect> PageRoom::best(Corner corner, double width, double height, double lowest,
                                        bool may_cover) const {
  std::optional<PointRect> found;
  double least = 0;
  for (double down = edge; down + height <= extent_.height * lowest; down += step) {
    for (double inwards = edge; inwards + width <= extent_.width - edge; inwards += step) {
      const double x = corner == Corner::top_left ? inwards : extent_.width - inwards - width;
      const PointRect place{x, extent_.height - down - height, width, height};
      const double distance_cost = down + inwards / 2;
      if (found && distance_cost >= least) break;  // further inwards it costs more
      if (!may_cover && !is_free(place)) continue;
      const double cost = distance_cost + (may_cover ? 10 * covered(place) : 0);
      if (!found || cost < least) {
        found = place;
        least = cost;
      }
    }
  }
  return found;
}

std::optional<PointRect> PageRoom::take(Corner corner, double width, double height, double lowest) {
  const auto place = best(corner, width, height, lowest, false);
  if (place) taken_.push_back(*place);
  return place;
}

PointRect PageRoom::take_anyway(Corner corner, double width, double height) {
  auto place = take(corner, width, height, upper_part);
  if (!place) place = best(corner, width, height, upper_part, true);
  // Not even the page is large enough: its corner.
  if (!place) place = PointRect{0, std::max(0.0, extent_.height - height), width, height};
  taken_.push_back(*place);
  return *place;
}

}  // namespace sohoa::issue
