#include "ocr/page_recognizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "ocr/line_image_codec.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::ocr {
namespace {

/// A PBM file (P4) as a grey page.
Raster read_pbm(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string magic;
  std::int32_t width = 0, height = 0;
  file >> magic >> width >> height;
  file.get();
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 255);
  for (std::int32_t y = 0; y < height; ++y) {
    std::string row(static_cast<std::size_t>(width + 7) / 8, '\0');
    file.read(row.data(), static_cast<std::streamsize>(row.size()));
    for (std::int32_t x = 0; x < width; ++x) {
      const auto byte = static_cast<std::uint8_t>(row[static_cast<std::size_t>(x) / 8]);
      if ((byte >> (7 - x % 8) & 1) != 0) pixels[static_cast<std::size_t>(y * width + x)] = 0;
    }
  }
  return {width, height, 1, std::move(pixels)};
}

UprightPage page_of(Raster pixels, double dpi) {
  UprightPage page;
  page.page_width = pixels.width();
  page.page_height = pixels.height();
  page.pixels = std::move(pixels);
  page.dpi = page.page_dpi = {dpi};
  return page;
}

UprightPage head() {
  return page_of(read_pbm(SOHOA_SOURCE_DIR "/tests/unit/ocr/data/head-300dpi.pbm"), 300);
}

std::string text_of(const Reading& reading) {
  std::string text;
  for (const auto& block : reading.blocks) {
    for (const auto& line : block.lines) text += line.text() + "\n";
  }
  return text;
}

class PageRecognizerTest : public testing::Test {
 protected:
  static PageRecognizer& recognizer() {
    static auto instance = PageRecognizer::create({});
    return **instance;
  }
};

TEST_F(PageRecognizerTest, ReadsAHeadLeftBlockFirst) {
  const auto reading = recognizer().read(head(), "vie");
  ASSERT_TRUE(reading) << reading.error().message;
  const auto text = text_of(*reading);
  const auto agency = text.find("ỦY BAN NHÂN DÂN\n");
  const auto number = text.find("/TTr-UBND");
  const auto nation = text.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n");
  const auto title = text.find("giao dự toán năm 2025 cho Sở Dân tộc");
  ASSERT_NE(agency, std::string::npos) << text;
  ASSERT_NE(number, std::string::npos) << text;
  ASSERT_NE(nation, std::string::npos) << text;
  ASSERT_NE(title, std::string::npos) << text;
  EXPECT_LT(agency, number);
  EXPECT_LT(number, nation);
  EXPECT_LT(nation, title);
  EXPECT_THAT(reading->engine, testing::AllOf(testing::HasSubstr("sohoa "), testing::HasSubstr("vie, own layout")));
}

TEST_F(PageRecognizerTest, GivesBoxesBaselinesAndConfidencesInThePagesPixels) {
  const auto page = head();
  const auto reading = recognizer().read(page, "vie");
  ASSERT_TRUE(reading);
  ASSERT_FALSE(reading->blocks.empty());
  for (const auto& block : reading->blocks) {
    for (const auto& line : block.lines) {
      EXPECT_GE(line.baseline_end.x, line.baseline_start.x);
      EXPECT_GE(line.baseline_start.y, line.box.y);
      EXPECT_LE(line.baseline_start.y, line.box.bottom() + 2);
      for (const auto& word : line.words) {
        EXPECT_EQ(intersection(word.box, page.pixels.bounds()), word.box) << word.text;
        EXPECT_EQ(text::nfc(word.text), word.text);
        EXPECT_EQ(word.text.find(' '), std::string::npos);
        EXPECT_GE(word.confidence, 0);
        EXPECT_LE(word.confidence, 100);
      }
    }
  }
}

/// Ink in a box of the page, and in the frame of two pixels around it.
TEST_F(PageRecognizerTest, PutsWordBoxesTightlyAroundTheirInkMarksIncluded) {
  const auto page = head();
  const auto reading = recognizer().read(page, "vie");
  ASSERT_TRUE(reading);
  const auto rows_with_ink = [&](const PixelRect& box) {
    std::int32_t top = -1, bottom = -1;
    for (auto y = box.y; y < box.bottom(); ++y) {
      for (auto x = box.x; x < box.right(); ++x) {
        if (page.pixels.row(y)[x] > 0) continue;
        if (top < 0) top = y;
        bottom = y;
      }
    }
    return std::pair{top, bottom};
  };
  int seen = 0;
  for (const auto& block : reading->blocks) {
    for (const auto& line : block.lines) {
      for (const auto& word : line.words) {
        if (word.text != "NGHĨA" && word.text != "VIỆT" && word.text != "Hạnh") continue;
        ++seen;
        const auto [top, bottom] = rows_with_ink(word.box);
        EXPECT_LE(top - word.box.y, 2) << word.text;
        EXPECT_LE(word.box.bottom() - 1 - bottom, 2) << word.text;
        const auto [above, below] = rows_with_ink({word.box.x, word.box.y - 6, word.box.width, 5});
        EXPECT_EQ(above, -1) << word.text << ": a mark lies above its box";
      }
    }
  }
  EXPECT_EQ(seen, 3);
}

TEST_F(PageRecognizerTest, SparesTesseractItsCompression) {
  const auto tesseract = PageRecognizer::create({.reader = Reader::tesseract});
  ASSERT_TRUE(tesseract);
  const auto before = PlainLineImages::packed();
  const auto reading = (*tesseract)->read(head(), "vie");
  ASSERT_TRUE(reading);
  EXPECT_GT(PlainLineImages::packed(), before);
  EXPECT_THAT(text_of(*reading), testing::HasSubstr("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
  EXPECT_THAT(reading->engine, testing::AllOf(testing::HasSubstr("tesseract "), testing::HasSubstr("vie")));
}

TEST_F(PageRecognizerTest, ReadsTheLinesOfTesseractsLayoutToo) {
  const auto own_lines = PageRecognizer::create({.reader = Reader::own_lines});
  ASSERT_TRUE(own_lines);
  const auto reading = (*own_lines)->read(head(), "vie");
  ASSERT_TRUE(reading);
  EXPECT_THAT(text_of(*reading), testing::HasSubstr("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
  EXPECT_THAT(reading->engine, testing::HasSubstr("vie, Tesseract's layout"));
}

TEST_F(PageRecognizerTest, SaysHowSureEachWordIs) {
  const auto as_read = PageRecognizer::create({.words = WordChoice::as_read});
  ASSERT_TRUE(as_read);
  const auto tesseract = PageRecognizer::create({.reader = Reader::tesseract});
  ASSERT_TRUE(tesseract);
  std::size_t alternatives = 0;
  const auto least_and_most = [&](PageRecognizer& reader) {
    const auto reading = reader.read(head(), "vie");
    EXPECT_TRUE(reading);
    std::pair<float, float> range{2.0F, -1.0F};
    for (const auto& block : reading->blocks) {
      for (const auto& line : block.lines) {
        for (const auto& word : line.words) {
          range = {std::min(range.first, word.certainty), std::max(range.second, word.certainty)};
          alternatives += word.alternatives.size();
        }
      }
    }
    return range;
  };
  for (auto* reader : {&recognizer(), tesseract->get()}) {
    const auto [least, most] = least_and_most(*reader);
    EXPECT_GT(least, 0);
    EXPECT_LT(most, 1) << "nobody is ever quite sure";
    EXPECT_GT(most, 0.98F);
  }
  const auto shown = alternatives;
  EXPECT_EQ(least_and_most(**as_read), (std::pair{1.0F, 1.0F})) << "not rated";
  EXPECT_GT(alternatives - shown, shown) << "all that the network thought possible";
}

TEST_F(PageRecognizerTest, LoadsOtherLanguagesAtFirstUse) {
  const auto reading = recognizer().read(head(), "vie+eng");
  ASSERT_TRUE(reading) << reading.error().message;
  EXPECT_THAT(text_of(*reading), testing::HasSubstr("CỘNG HÒA"));
}

TEST_F(PageRecognizerTest, ReadsAPageThatHasNothingOnIt) {
  const auto reading =
      recognizer().read(page_of(Raster(800, 1000, 1, std::vector<std::uint8_t>(800000, 255)), 100), "vie");
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->blocks.empty());
}

TEST_F(PageRecognizerTest, ReadsAPageThatIsARuleAndSpecks) {
  std::vector<std::uint8_t> pixels(2400 * 3400, 255);
  for (std::size_t y = 0; y < 3400; ++y) pixels[y * 2400] = pixels[y * 2400 + 1] = pixels[y * 2400 + 2] = 0;
  for (std::size_t x = 0; x < 2400; ++x) pixels[x] = pixels[2400 + x] = 0;
  const auto reading = recognizer().read(page_of(Raster(2400, 3400, 1, std::move(pixels)), 300), "vie");
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->blocks.empty());
}

struct Refusal {
  const char* name;
  const char* languages;
};
class RefusedLanguages : public PageRecognizerTest, public testing::WithParamInterface<Refusal> {};
TEST_P(RefusedLanguages, AreUnsupported) {
  const auto reading = recognizer().read(head(), GetParam().languages);
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().code, ErrorCode::unsupported);
}
INSTANTIATE_TEST_SUITE_P(Table, RefusedLanguages,
                         testing::Values(Refusal{"Empty", ""}, Refusal{"Unknown", "xyz"}, Refusal{"APath", "../vie"},
                                         Refusal{"TrailingPlus", "vie+"}, Refusal{"OneUnknown", "vie+xyz"}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(PageRecognizerTest, RefusesPagesItCannotRead) {
  const auto colour = recognizer().read(page_of(Raster(10, 10, 3, std::vector<std::uint8_t>(300, 255)), 300), "vie");
  ASSERT_FALSE(colour);
  EXPECT_EQ(colour.error().code, ErrorCode::invalid_input);
  const auto coarse = recognizer().read(page_of(Raster(10, 10, 1, std::vector<std::uint8_t>(100, 255)), 0), "vie");
  ASSERT_FALSE(coarse);
  EXPECT_EQ(coarse.error().code, ErrorCode::invalid_input);
}

TEST(PageRecognizer, IsNotMadeWithoutItsModels) {
  RecognizerOptions options;
  options.models = SOHOA_SOURCE_DIR "/tests/unit/ocr/data";
  const auto made = PageRecognizer::create(options);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::unsupported);
}

TEST(PageRecognizer, SaysWhereItWasCutShort) {
  const auto made = PageRecognizer::create({.reader = Reader::tesseract, .soft_limit = std::chrono::milliseconds(1)});
  ASSERT_TRUE(made);
  const auto reading = (*made)->read(head(), "vie");
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->findings.size(), 1u);
  EXPECT_EQ(reading->findings[0].code, "reading_cut_short");
}

TEST_F(PageRecognizerTest, RefusesAHalftoneInsteadOfReadingIt) {
  std::vector<std::uint8_t> pixels(2400 * 3400, 255);
  for (std::size_t y = 0; y < 3400; ++y) {
    for (std::size_t x = 0; x < 2400; ++x) pixels[y * 2400 + x] = x % 10 < 6 && y % 10 < 6 ? 0 : 255;
  }
  const auto reading = recognizer().read(page_of(Raster(2400, 3400, 1, std::move(pixels)), 300), "vie");
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->blocks.empty());
  ASSERT_FALSE(reading->findings.empty());
  EXPECT_EQ(reading->findings[0].code, "layout_guard");
}

TEST(PageRecognizer, LetsMoreMarksStandOnLargerSheets) {
  const auto made = PageRecognizer::create({.reader = Reader::own_lines, .layout = {.components = 100}});
  ASSERT_TRUE(made);
  const auto small = head();
  const auto refused = (*made)->read(small, "vie");
  ASSERT_TRUE(refused);
  ASSERT_FALSE(refused->findings.empty());
  EXPECT_EQ(refused->findings[0].code, "layout_guard");

  constexpr std::int32_t width = 4960, height = 7016;  // four times A4 at 300 dpi
  std::vector<std::uint8_t> pixels(std::size_t{width} * height, 255);
  for (std::int32_t y = 0; y < small.pixels.height(); ++y) {
    std::copy_n(small.pixels.row(y), small.pixels.width(), pixels.begin() + std::ptrdiff_t{y} * width);
  }
  const auto read = (*made)->read(page_of(Raster(width, height, 1, std::move(pixels)), 300), "vie");
  ASSERT_TRUE(read);
  EXPECT_THAT(text_of(*read), testing::HasSubstr("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
}

TEST_F(PageRecognizerTest, ReadsThroughHeavySpeckle) {
  const auto clean = head();
  std::vector<std::uint8_t> pixels(clean.pixels.row(0),
                                   clean.pixels.row(0) + clean.pixels.stride() * clean.pixels.height());
  std::mt19937 random(7);
  for (int i = 0; i < 12000; ++i) pixels[random() % pixels.size()] = 0;
  const auto page = page_of(Raster(clean.pixels.width(), clean.pixels.height(), 1, std::move(pixels)), 300);
  const auto reading = recognizer().read(page, "vie");
  ASSERT_TRUE(reading);
  EXPECT_THAT(text_of(*reading), testing::HasSubstr("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));

  // Tesseract's layout has to be spared them.
  const auto other = PageRecognizer::create({.reader = Reader::own_lines});
  ASSERT_TRUE(other);
  const auto despeckled = (*other)->read(page, "vie");
  ASSERT_TRUE(despeckled);
  EXPECT_THAT(text_of(*despeckled), testing::HasSubstr("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
  ASSERT_FALSE(despeckled->findings.empty());
  EXPECT_EQ(despeckled->findings[0].code, "despeckled");
}

}  // namespace
}  // namespace sohoa::ocr
