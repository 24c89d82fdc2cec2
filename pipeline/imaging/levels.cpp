// Four tables in turn: on paper neighbours have the same level, and counting them in one table would wait for its own
// last store each time (2 ms for A4 at 150 dpi against 0.7).

#include "pipeline/imaging/levels.hpp"

namespace sohoa::imaging {

Levels levels_of(const Raster& grey) {
  std::array<Levels, 4> tables{};
  const auto count = static_cast<std::size_t>(grey.bounds().area());
  const auto* pixels = grey.row(0);
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    for (std::size_t table = 0; table < 4; ++table) ++tables[table][pixels[i + table]];
  }
  for (; i < count; ++i) ++tables[0][pixels[i]];
  for (std::size_t level = 0; level < 256; ++level) {
    for (std::size_t table = 1; table < 4; ++table) tables[0][level] += tables[table][level];
  }
  return tables[0];
}

}  // namespace sohoa::imaging
