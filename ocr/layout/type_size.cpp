// Letters of one type and size have few heights: x-height, with ascender, with descender, capital. The most frequent
// height on a page of text is the x-height, because most letters are small ones and Vietnamese marks are components of
// their own; counted by width, so that marks and dots, which are as many, count for less. In type of capitals only it
// is their height. 13-point Times has an x-height of 24 pixels at 300 dpi, its capitals 36, its dots 6. On a page of
// few words in several sizes dots may still be the most frequent height (bold type's have 9 pixels): they are known by
// what stands around them, letters 2.2 to 4.6 times as tall and more of these than of their own kind. On certificates
// capitals and digits may be the most frequent: nothing stands 1.3 to 1.65 times as tall, as ascenders do over small
// letters. On 568 pages that was 0.00 to 0.14 of the weight of capitals and 0.20 to 1.5 of that of small letters (two
// newspapers 0.08 and 0.14), and 0.6 to 0.76 times as tall stood 0.25 to 1.25 on pages of capitals and small letters.

#include "ocr/layout/type_size.hpp"

#include <algorithm>
#include <cmath>

namespace sohoa::ocr::layout {

double type_size(const std::vector<Component>& all, const std::vector<std::int32_t>& open, double usual) {
  constexpr std::int32_t least_letters = 6;
  const auto least = static_cast<std::int32_t>(usual * 0.35);  // 5-point type
  const auto most = static_cast<std::int32_t>(usual * 5);
  std::vector<double> widths(static_cast<std::size_t>(most) + 3);
  std::vector<std::int32_t> counts(widths.size());
  for (const auto i : open) {
    const auto& [box, area] = all[static_cast<std::size_t>(i)];
    // Letters are between a stroke and a few letters wide and neither hollow frames nor bars.
    if (box.height < least || box.height > most || box.width > 3 * box.height || 8 * box.width < box.height) continue;
    if (area * 8 < box.area()) continue;
    widths[static_cast<std::size_t>(box.height)] += box.width;
    ++counts[static_cast<std::size_t>(box.height)];
  }
  // Taller letters are wider, too: weighing by width over height keeps a few large ones from outweighing the text.
  std::vector<double> sums(widths.size() + 1);
  for (std::size_t h = 1; h < widths.size(); ++h) sums[h + 1] = sums[h] + widths[h] / static_cast<double>(h);
  const auto between = [&](double from, double to) {
    const auto at = [&](double h) { return std::min(static_cast<std::size_t>(std::ceil(h)), widths.size()); };
    return sums[at(to)] - sums[at(from)];
  };
  const auto are_dots = [&](double size) { return between(2.2 * size, 4.6 * size) > between(0.85 * size, 2 * size); };
  // With small letters of their type below them; where there are none, capitals are the type's size.
  const auto are_capitals = [&](double size) {
    const double own = between(0.9 * size, 1.1 * size);
    return between(1.3 * size, 1.65 * size) < 0.15 * own && between(0.6 * size, 0.76 * size) > 0.25 * own;
  };
  double best = 0;
  std::int32_t letters = 0;
  std::size_t height = 0;
  for (std::size_t h = 1; h + 1 < widths.size(); ++h) {
    const auto size = static_cast<double>(h);
    const double weight = (widths[h - 1] + 2 * widths[h] + widths[h + 1]) / size;
    if (weight <= best || are_dots(size) || are_capitals(size)) continue;
    best = weight;
    height = h;
    letters = counts[h - 1] + counts[h] + counts[h + 1];
  }
  return letters >= least_letters ? static_cast<double>(height) : usual;
}

PartKind kind_of(const Component& component, double size, Dpi dpi) {
  const auto& box = component.box;
  const double speck = 0.0065 * dpi.value;  // 0.16 mm, 2 pixels at 300 dpi: a stop of 6-point type is larger
  if (box.width <= speck && box.height <= speck) return PartKind::speck;
  if (box.height < 0.6 * size) return box.width > 6 * size ? PartKind::large : PartKind::small;
  if (box.height > 4 * size || box.width > 25 * size) return PartKind::large;
  return PartKind::letter;
}

}  // namespace sohoa::ocr::layout
