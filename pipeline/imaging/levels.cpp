// Half a million pixels tell the levels of a page as well as all of them: 0.3 ms for A4 at 150 dpi, not 1.1. Four
// tables in turn: on paper neighbours have the same level, and counting them in one table would wait for its own last
// store each time (three times as long).

#include "pipeline/imaging/levels.hpp"

#include <algorithm>
#include <numeric>

namespace sohoa::imaging {
namespace {

constexpr std::int64_t enough_pixels = 500'000;

}  // namespace

Levels levels_of(const Raster& grey) {
  std::array<Levels, 4> tables{};
  const auto width = static_cast<std::size_t>(grey.width());
  const auto step = static_cast<std::int32_t>(std::max<std::int64_t>(1, grey.bounds().area() / enough_pixels));
  for (std::int32_t y = 0; y < grey.height(); y += step) {
    const auto* pixels = grey.row(y);
    std::size_t x = 0;
    for (; x + 4 <= width; x += 4) {
      for (std::size_t table = 0; table < 4; ++table) ++tables[table][pixels[x + table]];
    }
    for (; x < width; ++x) ++tables[0][pixels[x]];
  }
  for (std::size_t level = 0; level < 256; ++level) {
    for (std::size_t table = 1; table < 4; ++table) tables[0][level] += tables[table][level];
  }
  return tables[0];
}

std::int64_t count_of(const Levels& levels) {
  return std::accumulate(levels.begin(), levels.end(), std::int64_t{0});
}

}  // namespace sohoa::imaging
