// Every third pixel of every third row is looked at: letters and stamps have several such in each cell of some 26 x 37
// pixels, and the pass takes .6 ms at 300 dpi. Coloured ink counts by its darkest channel, against the paper's own
// level, so that seals and blue signatures are ink and a yellowed sheet is not.

#include "pipeline/imaging/ink_map.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace sohoa::imaging {
namespace {

constexpr std::int32_t step = 3, sparse = 16;  // pixels
constexpr int darker = 50;                     // levels below the paper: ink
constexpr std::uint32_t inked_one_in = 45;     // samples of a cell; specks are less

std::uint8_t level(const std::uint8_t* pixel, std::int32_t channels) {
  return channels == 1 ? *pixel : std::min({pixel[0], pixel[1], pixel[2]});
}

/// The level that a third of the page is lighter than: paper, also where pictures cover half of it.
int paper_level(const Raster& page) {
  std::array<std::uint32_t, 256> count{};
  std::uint32_t all = 0;
  for (std::int32_t y = 0; y < page.height(); y += sparse) {
    const auto* row = page.row(y);
    for (std::int32_t x = 0; x < page.width(); x += sparse, ++all)
      ++count[level(row + x * page.channels(), page.channels())];
  }
  std::uint32_t lighter = 0;
  int value = 255;
  while (value > 0 && (lighter += count[static_cast<std::size_t>(value)]) < all / 3) --value;
  return value;
}

using Grid = std::vector<std::uint8_t>;  // side x side cells

Grid inked_cells(const Raster& page) {
  constexpr std::int32_t side = InkMap::side;
  struct Cell {
    std::uint32_t seen = 0, ink = 0;
  };
  std::vector<Cell> cells(static_cast<std::size_t>(side) * side);
  const int ink = paper_level(page) - darker;
  for (std::int32_t y = 0; y < page.height(); y += step) {
    const auto* row = page.row(y);
    auto* line = cells.data() + static_cast<std::ptrdiff_t>(std::int64_t{y} * side / page.height()) * side;
    for (std::int32_t column = 0; column < side; ++column) {
      const auto begin = static_cast<std::int32_t>(std::int64_t{column} * page.width() / side);
      const auto end = static_cast<std::int32_t>(std::int64_t{column + 1} * page.width() / side);
      for (auto x = begin; x < end; x += step) {
        ++line[column].seen;
        line[column].ink += level(row + x * page.channels(), page.channels()) < ink ? 1U : 0U;
      }
    }
  }
  Grid grid;
  for (const auto& cell : cells) grid.push_back(cell.ink > 0 && cell.ink * inked_one_in >= cell.seen ? 1 : 0);
  return grid;
}

Grid quarter_clockwise(const Grid& grid) {
  constexpr std::size_t side = InkMap::side;
  Grid turned(grid.size());
  for (std::size_t row = 0; row < side; ++row) {
    for (std::size_t column = 0; column < side; ++column) {
      turned[row * side + column] = grid[(side - 1 - column) * side + row];
    }
  }
  return turned;
}

}  // namespace

InkMap ink_map(const Raster& page, Turn turn) {
  auto grid = inked_cells(page);
  for (int quarter = 0; quarter < static_cast<int>(turn); ++quarter) grid = quarter_clockwise(grid);
  InkMap map;
  for (int row = 0; row < InkMap::rows; ++row) {
    for (int column = 0; column < InkMap::side; ++column) {
      if (grid[static_cast<std::size_t>(row * InkMap::side + column)] != 0) map.set(row, column);
    }
  }
  return map;
}

}  // namespace sohoa::imaging
