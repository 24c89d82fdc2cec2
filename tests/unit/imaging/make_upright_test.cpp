#include "pipeline/imaging/make_upright.hpp"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <string>

#include "drawn_page.hpp"

namespace sohoa::imaging {
namespace {

const std::string shared = SOHOA_SHARED_DATA;

PageImage page_of(Raster pixels, double dpi) {
  PageImage page;
  page.pixels = std::move(pixels);
  page.dpi = {dpi};
  return page;
}

Raster read_image(const std::string& path) {
  struct Deleter {
    void operator()(PIX* pix) const { pixDestroy(&pix); }
  };
  setMsgSeverity(L_SEVERITY_NONE);
  const std::unique_ptr<PIX, Deleter> file(pixRead(path.c_str()));
  if (!file) return {};
  const std::unique_ptr<PIX, Deleter> colour(pixConvertTo32(file.get()));
  const auto width = pixGetWidth(colour.get());
  const auto height = pixGetHeight(colour.get());
  std::vector<std::uint8_t> pixels;
  pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  for (l_int32 y = 0; y < height; ++y) {
    const auto* line = pixGetData(colour.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(colour.get());
    for (l_int32 x = 0; x < width; ++x) {
      for (const int shift : {24, 16, 8}) pixels.push_back(static_cast<std::uint8_t>(line[x] >> shift));
    }
  }
  return {width, height, 3, std::move(pixels)};
}

TEST(MakeUpright, RefusesWhatIsNoPage) {
  EXPECT_EQ(make_upright({}).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(make_upright(page_of(Raster(2, 1, 4, Bytes(8)), 300)).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(make_upright(page_of(DrawnPage(100, 100).grey(), 0)).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(make_upright(page_of(DrawnPage(100, 100).grey(), NAN)).error().code, ErrorCode::invalid_input);
}

TEST(MakeUpright, StandsPagesOfAnySize) {
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 3000}, {3000, 1}, {7, 5}, {20, 2000}, {64, 64}}) {
    const DrawnPage page(width, height, {90, 200, 30});
    for (const auto& raster : {page.grey(), page.raster()}) {
      const auto upright = make_upright(page_of(raster, 300));
      ASSERT_TRUE(upright) << width << 'x' << height << ": " << upright.error().message;
      EXPECT_EQ(upright->page_width, width);
    }
  }
}

TEST(MakeUpright, LeavesACleanBilevelPageByteForByte) {
  DrawnPage page(1240, 1754);
  page.text(14, 40, {0, 0, 0});
  const auto grey = page.grey();
  const auto upright = make_upright(page_of(grey, 300));
  ASSERT_TRUE(upright);
  EXPECT_EQ(upright->pixels.row(0), grey.row(0)) << "the very same pixels";
  EXPECT_EQ(upright->quality.skew_degrees, 0);
  EXPECT_EQ(upright->to_page, Matrix{});
  EXPECT_TRUE(upright->findings.empty());
}

TEST(MakeUpright, LeadsEveryPixelBackToThePageAsShown) {
  DrawnPage page(1240, 1754);
  page.text(14, 40);
  const PixelRect mark{300, 60, 60, 60};
  page.fill(mark, {0, 0, 0});
  const auto leant = quarters(leaning(page.grey(), 3), 1);
  const auto upright = make_upright(page_of(leant, 150));
  ASSERT_TRUE(upright);
  EXPECT_EQ(upright->quality.turn, Turn::clockwise_270);
  EXPECT_NEAR(upright->quality.skew_degrees, 3, 0.1);
  EXPECT_NEAR(upright->dpi.value, 300, 1);
  EXPECT_EQ(upright->page_width, 1240);
  EXPECT_EQ(upright->page_height, 1754);
  // The mark's middle, leant by 3 degrees about the page's middle, is where the map must lead from the mark in the
  // result.
  const double angle = 3 * std::numbers::pi / 180;
  const double dx = mark.center_x() - 620;
  const double dy = mark.center_y() - 877;
  const Point shown{620 + dx * std::cos(angle) - dy * std::sin(angle),
                    877 + dx * std::sin(angle) + dy * std::cos(angle)};
  double x = 0;
  double y = 0;
  double count = 0;
  for (std::int32_t row = 0; row < upright->pixels.height(); ++row) {
    for (std::int32_t column = 0; column < upright->pixels.width(); ++column) {
      const auto at = upright->to_page({column + 0.5, row + 0.5});
      if (upright->pixels.row(row)[column] > 128 || std::hypot(at.x - shown.x, at.y - shown.y) > 48) continue;
      x += at.x;
      y += at.y;
      ++count;
    }
  }
  ASSERT_GT(count, 8000);
  EXPECT_NEAR(x / count, shown.x, 1);
  EXPECT_NEAR(y / count, shown.y, 1);
}

TEST(MakeUpright, TurnsSealsWithThePage) {
  DrawnPage page(1240, 1754);
  page.text(14, 40);
  page.ring({800, 1400}, 106, 6, red_ink);  // 18 mm at 150 dpi
  const auto upright = make_upright(page_of(quarters(page.raster(), 2), 150));
  ASSERT_TRUE(upright);
  EXPECT_EQ(upright->quality.turn, Turn::half);
  ASSERT_EQ(upright->quality.seals.size(), 1U);
  EXPECT_NEAR(upright->quality.seals[0].box.center_x(), 800, 8);
  EXPECT_NEAR(upright->quality.seals[0].box.center_y(), 1400, 8);
}

/// The page as a JPEG's decoder gives it: luma, and Cb and Cr at half its size.
PageImage in_planes(const PageImage& page) {
  const auto& rgb = page.pixels;
  const auto plane = [&](int step, double base, double r, double g, double b) {
    std::vector<std::uint8_t> values;
    for (std::int32_t y = 0; y + step <= rgb.height(); y += step) {
      for (std::int32_t x = 0; x + step <= rgb.width(); x += step) {
        double sum = 0;
        for (int i = 0; i < step * step; ++i) {
          const auto* p = rgb.row(y + i / step) + (x + i % step) * 3;
          sum += r * p[0] + g * p[1] + b * p[2];
        }
        values.push_back(static_cast<std::uint8_t>(std::lround(std::clamp(base + sum / (step * step), 0.0, 255.0))));
      }
    }
    return Raster(rgb.width() / step, rgb.height() / step, 1, std::move(values));
  };
  PageImage planes = page;
  planes.pixels = plane(1, 0, 0.299, 0.587, 0.114);
  planes.chroma.blue = plane(2, 128, -0.168736, -0.331264, 0.5);
  planes.chroma.red = plane(2, 128, 0.5, -0.418688, -0.081312);
  return planes;
}

TEST(MakeUpright, TakesColourAwayLikewiseFromPlanesAndFromPixels) {
  DrawnPage drawn(1240, 1754);
  drawn.text(14, 40);
  drawn.ring({800, 1400}, 106, 6, red_ink);
  const auto page = page_of(drawn.raster(), 150);
  const auto from_pixels = make_upright(page);
  const auto from_planes = make_upright(in_planes(page));
  ASSERT_TRUE(from_pixels && from_planes);
  ASSERT_EQ(from_planes->quality.seals.size(), 1U);
  ASSERT_EQ(from_pixels->quality.seals.size(), 1U);
  EXPECT_NEAR(from_planes->quality.seals[0].box.x, from_pixels->quality.seals[0].box.x, 8);
  ASSERT_EQ(from_planes->pixels.bounds(), from_pixels->pixels.bounds());
  std::int64_t apart = 0;
  for (std::int32_t y = 0; y < from_pixels->pixels.height(); ++y) {
    for (std::int32_t x = 0; x < from_pixels->pixels.width(); ++x) {
      apart += (from_pixels->pixels.row(y)[x] < 128) != (from_planes->pixels.row(y)[x] < 128) ? 1 : 0;
    }
  }
  // Where black crosses the seal, halved chroma leaves some pixels of ink.
  EXPECT_LT(apart, 1500);
}

TEST(MakeUpright, ShrinksWhatIsTooFineAndBoundsWhatIsTooLarge) {
  DrawnPage fine(4960, 3508);
  fine.text(56, 160);
  const auto upright = make_upright(page_of(fine.grey(), 600));
  ASSERT_TRUE(upright);
  EXPECT_NEAR(upright->dpi.value, 300, 0.5);
  EXPECT_EQ(upright->pixels.width(), 2480);
  EXPECT_EQ(upright->page_width, 4960);
  EXPECT_NEAR(upright->to_page({1240, 877}).x, 2480, 1);

  const auto huge = make_upright(page_of(Raster(12'000, 9'000, 1, Bytes(108'000'000, 255)), 72));
  ASSERT_TRUE(huge);
  EXPECT_TRUE(huge->quality.blank);
  EXPECT_LE(std::int64_t{huge->pixels.width()} * huge->pixels.height(), 40'100'000);
}

TEST(MakeUpright, ReportsABlankPageAndNothingElse) {
  const auto upright = make_upright(page_of(DrawnPage(1240, 1754, {240, 236, 230}).raster(), 150));
  ASSERT_TRUE(upright);
  EXPECT_TRUE(upright->quality.blank);
  ASSERT_EQ(upright->findings.size(), 1U);
  EXPECT_EQ(upright->findings[0].code, "blank_page");
}

TEST(MakeUpright, MeetsTheAnglesOfTheDeskewSet) {
  std::ifstream table(shared + "/deskew/expected_angles.tsv");
  std::string name;
  double expected = 0;
  std::getline(table, name);  // the heading
  int files = 0;
  while (table >> name >> expected) {
    const auto image = read_image(shared + "/deskew/" + name);
    ASSERT_FALSE(image.empty()) << name;
    // No resolution is stated: A4 is assumed, as the decoder does.
    const auto upright = make_upright(page_of(image, std::max(image.width(), image.height()) / 11.69));
    ASSERT_TRUE(upright) << name;
    EXPECT_NEAR(upright->quality.skew_degrees, expected, 0.5) << name;
    EXPECT_EQ(upright->quality.turn, Turn::none) << name;
    ++files;
  }
  EXPECT_EQ(files, 8);
}

struct TurnedFile {
  const char* name;
  const char* path;
  double dpi;
  Turn turn;
};

class TurnedFileTest : public ::testing::TestWithParam<TurnedFile> {};

TEST_P(TurnedFileTest, StandsUpright) {
  const auto image = read_image(shared + GetParam().path);
  ASSERT_FALSE(image.empty());
  const auto upright = make_upright(page_of(image, GetParam().dpi));
  ASSERT_TRUE(upright);
  EXPECT_EQ(upright->quality.turn, GetParam().turn);
  EXPECT_GT(upright->quality.turn_confidence, 0.5F);
}

INSTANTIATE_TEST_SUITE_P(
    Files, TurnedFileTest,
    ::testing::Values(
        TurnedFile{"english_upright", "/ocr/tesseract-test/phototest.tif", 100, Turn::none},
        TurnedFile{"english_half", "/ocr/tesseract-test/phototest-rotated-180.png", 100, Turn::half},
        TurnedFile{"english_left", "/ocr/tesseract-test/phototest-rotated-L.png", 100, Turn::clockwise_90},
        TurnedFile{"english_right", "/ocr/tesseract-test/phototest-rotated-R.png", 100, Turn::clockwise_270},
        TurnedFile{"five_languages", "/ocr/tesseract-test/eurotext.tif", 100, Turn::none},
        TurnedFile{"magazine", "/ocr/tesseract-test/8087_054.3B.tif", 300, Turn::none},
        TurnedFile{"vietnamese_typewriter", "/vi/samples/vietsample1.tif", 200, Turn::none},
        TurnedFile{"vietnamese_page", "/vi/samples/vietsample.tif", 300, Turn::none},
        TurnedFile{"vietnamese_turned", "/vi/samples/vietsample2.tif", 300, Turn::clockwise_270},
        TurnedFile{"directive", "/vi/fullpage-png/page_2_original.png", 300, Turn::none}),
    [](const auto& test) { return test.param.name; });

TEST(MakeUpright, FindsTheSealOfARealDirective) {
  const auto image = read_image(shared + "/vi/fullpage-png/page_7_original.png");
  ASSERT_FALSE(image.empty());
  const auto upright = make_upright(page_of(image, 300));
  ASSERT_TRUE(upright);
  ASSERT_EQ(upright->quality.seals.size(), 1U);
  const auto& seal = upright->quality.seals[0];
  EXPECT_NEAR(seal.box.width * 25.4 / 300, 36.5, 2.5) << "mm";
  EXPECT_GT(seal.confidence, 0.9F);
  EXPECT_FALSE(upright->quality.blank);
}

}  // namespace
}  // namespace sohoa::imaging
