// What scanning does to a page moves its hash little; another page's lies far off.
#include "pipeline/imaging/page_hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "pipeline/imaging/reduce.hpp"
#include "tests/unit/imaging/drawn_page.hpp"

namespace sohoa::imaging {
namespace {

constexpr std::int32_t width = 1654, height = 2339;  // A4 at 200 dpi

/// Paragraphs with last lines of their own lengths, so that pages differ as pages of text do.
DrawnPage page_of_text(std::uint32_t seed) {
  DrawnPage page(width, height);
  std::mt19937 random(seed);
  for (std::int32_t foot = 240; foot < height - 240; foot += 52) {
    const bool ends = random() % 4 == 0;
    const auto right = ends ? width / 4 + static_cast<std::int32_t>(random() % 800U) : width * 9 / 10;
    page.type(width / 10, right, foot, 22, black_ink, seed * 1000 + static_cast<std::uint32_t>(foot));
    if (ends) foot += static_cast<std::int32_t>(random() % 50U);
  }
  return page;
}

PageHash hash_of(const Raster& page) {
  const auto hash = page_hash(page);
  EXPECT_TRUE(hash.has_value());
  return hash.value_or(PageHash{});
}

Raster changed(const Raster& page, const std::function<int(int level, std::int32_t x, std::int32_t y)>& change) {
  std::vector<std::uint8_t> pixels;
  for (std::int32_t y = 0; y < page.height(); ++y) {
    for (std::int32_t x = 0; x < page.width(); ++x) {
      pixels.push_back(static_cast<std::uint8_t>(std::clamp(change(page.row(y)[x], x, y), 0, 255)));
    }
  }
  return {page.width(), page.height(), 1, std::move(pixels)};
}

Raster shifted(const Raster& page, std::int32_t right, std::int32_t down) {
  return changed(page, [&](int, std::int32_t x, std::int32_t y) {
    const auto from_x = x - right, from_y = y - down;
    const bool inside = from_x >= 0 && from_y >= 0 && from_x < page.width() && from_y < page.height();
    return inside ? page.row(from_y)[from_x] : 255;
  });
}

class PageHashTest : public ::testing::Test {
 protected:
  const Raster page = page_of_text(1).grey();
  const PageHash hash = hash_of(page);
};

TEST_F(PageHashTest, StaysNearWhenThePageIsScannedAgain) {
  std::mt19937 random(3);
  std::normal_distribution<float> noise(0, 18);
  EXPECT_LE(distance(hash, hash_of(shrunk(page, 1240, 1754))), 10) << "150 dpi";
  EXPECT_LE(distance(hash, hash_of(reduced(page, 2))), 10) << "100 dpi";
  EXPECT_LE(distance(hash, hash_of(changed(page, [](int level, auto, auto) { return level < 140 ? 0 : 255; }))), 10)
      << "1 bit";
  EXPECT_LE(distance(hash, hash_of(changed(page, [](int level, auto, auto) { return 60 + level * 3 / 4; }))), 10)
      << "pale";
  EXPECT_LE(distance(hash, hash_of(changed(
                               page, [&](int level, auto, auto) { return level + static_cast<int>(noise(random)); }))),
            10)
      << "noise";
  EXPECT_LE(distance(hash, hash_of(leaning(page, 0.4))), 30) << "skew that is left to the reader";
  EXPECT_LE(distance(hash, hash_of(page_of_text(1).raster())), 4) << "colour";
}

TEST_F(PageHashTest, FollowsAShiftByItsContent) {
  for (const auto& [right, down] : {std::pair{40, 60}, {-50, 30}, {20, -70}}) {
    EXPECT_LE(distance(hash, hash_of(shifted(page, right, down))), 20) << right << ", " << down;
  }
}

TEST_F(PageHashTest, LiesFarFromOtherPages) {
  for (std::uint32_t seed = 2; seed < 12; ++seed) {
    EXPECT_GT(distance(hash, hash_of(page_of_text(seed).grey())), alike_pages_differ) << seed;
  }
}

TEST_F(PageHashTest, ASealOrStampChangesLittle) {
  auto sealed = page_of_text(1);
  sealed.ring({1200, 1900}, 140, 14, black_ink);
  sealed.frame({140, 140, 420, 160}, 5, black_ink);
  EXPECT_LE(distance(hash, hash_of(sealed.grey())), 40);
}

TEST(PageHash, BlankPagesHaveNone) {
  EXPECT_FALSE(page_hash(Raster()));
  EXPECT_FALSE(page_hash(DrawnPage(width, height).grey()));
  EXPECT_FALSE(page_hash(DrawnPage(width, height, {225, 225, 220}).raster()));
}

TEST(PageHash, AnySizeOfPageHasOne) {
  for (const auto& [w, h] : {std::pair{1, 1}, {3, 900}, {2000, 2}, {64, 64}, {5000, 70}}) {
    DrawnPage page(w, h);
    page.fill({0, 0, w, (h + 1) / 2}, black_ink);
    EXPECT_TRUE(page_hash(page.grey())) << w << " x " << h;
  }
}

TEST(PageHash, IsReadBackFromItsDigits) {
  PageHash hash;
  hash.by_sheet[0] = 0xA5;
  hash.by_content[31] = 0x01;
  EXPECT_EQ(hash.hex().size(), 128U);
  EXPECT_EQ(PageHash::from_hex(hash.hex()), hash);
  EXPECT_FALSE(PageHash::from_hex(hash.hex() + "0"));
  EXPECT_FALSE(PageHash::from_hex(std::string(128, 'x')));
}

}  // namespace
}  // namespace sohoa::imaging
