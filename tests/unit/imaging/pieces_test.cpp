#include "pipeline/imaging/pieces.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

#include "pipeline/imaging/levels.hpp"

namespace sohoa::imaging {

bool operator==(const Piece& a, const Piece& b) {
  return a.box == b.box && a.area == b.area;
}

namespace {

Raster noise(std::int32_t width, std::int32_t height, int dark_percent, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (auto& pixel : pixels) {
    const bool dark = static_cast<int>(random() % 100) < dark_percent;
    pixel = static_cast<std::uint8_t>(dark ? random() % 129 : 129 + random() % 127);
  }
  return {width, height, 1, std::move(pixels)};
}

/// One pixel after the other, each piece spread from its first.
std::vector<Piece> spread_pieces(const Raster& grey, const PixelRect& part, int level) {
  std::vector<bool> seen(static_cast<std::size_t>(grey.bounds().area()));
  const auto is_new = [&](std::int32_t x, std::int32_t y) {
    return x >= part.x && y >= part.y && x < part.right() && y < part.bottom() && grey.row(y)[x] <= level &&
           !seen[static_cast<std::size_t>(y * grey.width() + x)];
  };
  std::vector<Piece> pieces;
  for (auto y = part.y; y < part.bottom(); ++y) {
    for (auto x = part.x; x < part.right(); ++x) {
      if (!is_new(x, y)) continue;
      Piece piece;
      std::vector<std::pair<std::int32_t, std::int32_t>> next{{x, y}};
      seen[static_cast<std::size_t>(y * grey.width() + x)] = true;
      while (!next.empty()) {
        const auto [u, v] = next.back();
        next.pop_back();
        piece.box = united(piece.box, {u, v, 1, 1});
        ++piece.area;
        for (const auto& [du, dv] : {std::pair{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}}) {
          if (!is_new(u + du, v + dv)) continue;
          seen[static_cast<std::size_t>((v + dv) * grey.width() + u + du)] = true;
          next.emplace_back(u + du, v + dv);
        }
      }
      pieces.push_back(piece);
    }
  }
  return pieces;
}

struct Speckle {
  std::int32_t width, height;
  int dark_percent;
};

class PiecesTest : public ::testing::TestWithParam<Speckle> {};

TEST_P(PiecesTest, AreThoseThatSpreadingFinds) {
  const auto& [width, height, dark] = GetParam();
  const auto grey = noise(width, height, dark, 7);
  EXPECT_EQ(dark_pieces(grey, grey.bounds(), 128), spread_pieces(grey, grey.bounds(), 128));
  const PixelRect part{width / 5, height / 4, width / 2, height / 2};
  EXPECT_EQ(dark_pieces(grey, part, 128), spread_pieces(grey, part, 128));
}

INSTANTIATE_TEST_SUITE_P(All, PiecesTest,
                         ::testing::Values(Speckle{1, 1, 100}, Speckle{64, 3, 100}, Speckle{65, 40, 30},
                                           Speckle{200, 90, 10}, Speckle{300, 120, 45}, Speckle{128, 128, 70},
                                           Speckle{130, 50, 0}, Speckle{63, 77, 55}));

TEST(Levels, CountEveryPixelOnce) {
  const auto grey = noise(37, 11, 40, 3);
  const auto levels = levels_of(grey);
  for (int level = 0; level < 256; ++level) {
    EXPECT_EQ(levels[static_cast<std::size_t>(level)],
              std::count(grey.row(0), grey.row(0) + grey.bounds().area(), level))
        << level;
  }
}

}  // namespace
}  // namespace sohoa::imaging
