// The fast operations on bits against slow, obvious ones, on random pages whose widths are no multiples of a word.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <numeric>
#include <random>

#include "ocr/layout/bit_page.hpp"
#include "ocr/layout/components.hpp"
#include "ocr/layout/rules.hpp"
#include "ocr/layout/type_size.hpp"

namespace sohoa::ocr::layout {
namespace {

Raster random_page(std::int32_t width, std::int32_t height, std::uint32_t percent, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (auto& pixel : pixels)
    pixel = static_cast<std::uint8_t>(random() % 100 < percent ? random() % 160 : 160 + random() % 96);
  return {width, height, 1, std::move(pixels)};
}

struct Case {
  std::int32_t width, height;
  std::uint32_t percent;
};
constexpr Case cases[] = {{1, 1, 100},   {63, 20, 30},  {64, 17, 60}, {65, 33, 50},
                          {130, 41, 85}, {200, 90, 95}, {257, 64, 10}};

void expect_ink(const BitPage& page, const std::function<bool(std::int32_t, std::int32_t)>& wanted, const Case& c) {
  for (std::int32_t y = 0; y < page.height(); ++y) {
    for (std::int32_t x = 0; x < page.width(); ++x) {
      ASSERT_EQ(page.ink(x, y), wanted(x, y)) << c.width << "x" << c.height << " at " << x << "," << y;
    }
  }
}

TEST(BitPage, HoldsWhatIsDarkerThanTheThreshold) {
  for (const auto& c : cases) {
    const auto grey = random_page(c.width, c.height, c.percent, 1);
    expect_ink(binarised(grey, 160), [&](std::int32_t x, std::int32_t y) { return grey.row(y)[x] < 160; }, c);
  }
}

TEST(BitPage, HalvesWithInkWhereAnyPixelWas) {
  for (const auto& c : cases) {
    const auto page = binarised(random_page(c.width, c.height, c.percent / 3, 2), 160);
    const auto any = [&](std::int32_t x, std::int32_t y) {
      return page.ink(2 * x, 2 * y) || page.ink(2 * x + 1, 2 * y) || page.ink(2 * x, 2 * y + 1) ||
             page.ink(2 * x + 1, 2 * y + 1);
    };
    expect_ink(halved(page), any, c);
  }
}

TEST(BitPage, KeepsLongRunsOnly) {
  constexpr std::int32_t length = 7;
  for (const auto& c : cases) {
    const auto page = binarised(random_page(c.width, c.height, c.percent, 3), 160);
    const auto in_run = [&](std::int32_t x, std::int32_t y, std::int32_t dx, std::int32_t dy) {
      std::int32_t run = page.ink(x, y) ? 1 : 0;
      for (std::int32_t i = 1; run > 0 && page.ink(x + i * dx, y + i * dy); ++i) ++run;
      for (std::int32_t i = 1; run > 0 && page.ink(x - i * dx, y - i * dy); ++i) ++run;
      return run >= length;
    };
    expect_ink(long_across(page, length), [&](std::int32_t x, std::int32_t y) { return in_run(x, y, 1, 0); }, c);
    expect_ink(long_upright(page, length), [&](std::int32_t x, std::int32_t y) { return in_run(x, y, 0, 1); }, c);
  }
}

/// Components by flood fill: box and area of each, in the order of their first pixels.
std::vector<Component> flooded(const BitPage& page) {
  std::vector<Component> all;
  std::map<std::pair<std::int32_t, std::int32_t>, bool> seen;
  for (std::int32_t y = 0; y < page.height(); ++y) {
    for (std::int32_t x = 0; x < page.width(); ++x) {
      if (!page.ink(x, y) || seen[{x, y}]) continue;
      Component component;
      std::vector<std::pair<std::int32_t, std::int32_t>> open{{x, y}};
      seen[{x, y}] = true;
      while (!open.empty()) {
        const auto [px, py] = open.back();
        open.pop_back();
        component.box = united(component.box, {px, py, 1, 1});
        ++component.area;
        for (std::int32_t d = 0; d < 9; ++d) {
          const std::pair<std::int32_t, std::int32_t> next{px + d % 3 - 1, py + d / 3 - 1};
          if (!page.ink(next.first, next.second) || seen[next]) continue;
          seen[next] = true;
          open.push_back(next);
        }
      }
      all.push_back(component);
    }
  }
  return all;
}

TEST(Components, AreThoseOfAFloodFill) {
  for (const auto& c : cases) {
    for (const auto percent : {c.percent / 3, c.percent}) {
      const auto page = binarised(random_page(c.width, c.height, percent, 4), 160);
      const auto found = find_components(page, 1'000'000);
      const auto wanted = flooded(page);
      ASSERT_TRUE(found.complete);
      ASSERT_EQ(found.all.size(), wanted.size());
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        EXPECT_EQ(found.all[i].box, wanted[i].box) << i;
        EXPECT_EQ(found.all[i].area, wanted[i].area) << i;
      }
    }
  }
}

TEST(Components, StopAtTheLimit) {
  const auto page = binarised(random_page(200, 90, 50, 5), 160);
  const auto found = find_components(page, 100);
  EXPECT_FALSE(found.complete);
  EXPECT_TRUE(found.all.empty());
}

TEST(Rules, AreLongAndThinAndNoLetters) {
  struct RuleCase {
    std::string name;
    PixelRect box;
    std::size_t across, upright;
  };
  const RuleCase table[] = {
      {"a thin rule", {100, 100, 400, 2}, 1, 0},     {"a thick rule", {100, 100, 400, 10}, 1, 0},
      {"a bar", {100, 100, 400, 30}, 0, 0},          {"a dash", {100, 100, 60, 4}, 0, 0},
      {"an upright rule", {100, 100, 3, 200}, 0, 1}, {"an l of 24 points", {100, 100, 9, 75}, 0, 0},
      {"a picture", {100, 100, 300, 300}, 0, 0},
  };
  for (const auto& [name, box, across, upright] : table) {
    std::vector<std::uint8_t> pixels(700 * 500, 255);
    for (auto y = box.y; y < box.bottom(); ++y)
      std::fill_n(pixels.begin() + y * 700 + box.x, box.width, std::uint8_t{0});
    auto page = binarised({700, 500, 1, std::move(pixels)}, 160);
    const auto rules = take_rules(page, {300});
    EXPECT_EQ(rules.horizontal.size(), across) << name;
    EXPECT_EQ(rules.upright.size(), upright) << name;
    EXPECT_EQ(find_components(page, 1000).all.empty(), across + upright > 0) << name;
  }
}

/// `count` solid marks of a height, as wide as high.
void add_marks(std::vector<Component>& all, std::int32_t height, int count) {
  for (int i = 0; i < count; ++i) all.push_back({{0, 0, height, height}, height * height});
}

TEST(TypeSize, IsTheLettersAlsoWhereDotsAreTheMostFrequentHeight) {
  // A certificate of few words in three sizes: letters spread over many heights, the dots of bold type do not.
  std::vector<Component> all;
  add_marks(all, 9, 100);
  add_marks(all, 22, 36);
  for (const auto height : {27, 28, 29}) add_marks(all, height, 50);
  for (std::int32_t height = 30; height <= 41; ++height) add_marks(all, height, 24);
  std::vector<std::int32_t> open(all.size());
  std::iota(open.begin(), open.end(), 0);
  EXPECT_NEAR(type_size(all, open, 24), 28, 1);
}

TEST(TypeSize, IsTheSmallLettersWhereCapitalsAndDigitsAreMore) {
  // A certificate in 14-point type, recipients in 11-point type below it.
  std::vector<Component> all;
  for (const auto height : {10, 11}) add_marks(all, height, 90);
  for (const auto height : {21, 22, 31, 32}) add_marks(all, height, 18);
  for (const auto height : {27, 28, 29}) add_marks(all, height, 50);
  for (std::int32_t height = 37; height <= 42; ++height) add_marks(all, height, height == 40 ? 90 : 35);
  std::vector<std::int32_t> open(all.size());
  std::iota(open.begin(), open.end(), 0);
  EXPECT_NEAR(type_size(all, open, 24), 28, 1);
}

TEST(TypeSize, IsTheCapitalsWhereThereAreNoSmallLetters) {
  std::vector<Component> all;
  add_marks(all, 10, 60);
  for (const auto height : {35, 36, 37}) add_marks(all, height, 60);
  add_marks(all, 44, 30);
  std::vector<std::int32_t> open(all.size());
  std::iota(open.begin(), open.end(), 0);
  EXPECT_NEAR(type_size(all, open, 24), 36, 1);
}

TEST(TypeSize, MayBeSmallBesideAFewLargeLetters) {
  std::vector<Component> all;
  add_marks(all, 12, 100);
  add_marks(all, 17, 60);
  add_marks(all, 36, 90);
  std::vector<std::int32_t> open(all.size());
  std::iota(open.begin(), open.end(), 0);
  EXPECT_NEAR(type_size(all, open, 24), 12, 1);
}

}  // namespace
}  // namespace sohoa::ocr::layout
