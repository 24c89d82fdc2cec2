#include "pipeline/barcodes/read_barcodes.hpp"

#define ZX_USE_UTF8 1
#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <gtest/gtest.h>

#include "datasets/degrade.hpp"
#include "datasets/generate.hpp"
#include "pipeline/barcodes/likely_places.hpp"
#include "tests/unit/barcodes/drawn_codes.hpp"

namespace sohoa::barcodes {
namespace {

using datasets::Random;

/// `module` pixels a module (of bars: `high` pixels high).
void draw(Paper& paper, ZXing::BarcodeFormat format, const std::string& text, PixelRect at, int module) {
  const auto code =
      ZXing::MultiFormatWriter(format).setMargin(0).setEncoding(ZXing::CharacterSet::UTF8).encode(text, 1, 1);
  const bool bars = code.height() == 1;
  for (int y = 0; y < code.height(); ++y) {
    for (int x = 0; x < code.width(); ++x) {
      if (!code.get(x, y)) continue;
      paper.fill({at.x + x * module, at.y + y * module, module, bars ? at.height : module});
    }
  }
}

struct Row {
  BarcodeFormat format;
  ZXing::BarcodeFormat as_drawn;
  std::string text;
  int module;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      {BarcodeFormat::qr, ZXing::BarcodeFormat::QRCode, "SOHOA1|S", 6},
      {BarcodeFormat::qr, ZXing::BarcodeFormat::QRCode,
       "034094004321|012345678|Nguyễn Thị Hương|01011994|Nữ|Thôn Đông, xã Hòa Lâm, tỉnh Nam Sơn|10052021", 3},
      {BarcodeFormat::data_matrix, ZXing::BarcodeFormat::DataMatrix,
       "H01.2-230115-0042 TP02, sheet 7 of 12, 2023-01-15", 4},
      {BarcodeFormat::pdf417, ZXing::BarcodeFormat::PDF417, "000.00.01.H12-221130-0001", 3},
      {BarcodeFormat::code_128, ZXing::BarcodeFormat::Code128, "H12-221130-0001", 3},
      {BarcodeFormat::code_39, ZXing::BarcodeFormat::Code39, "H12-221130", 3},
  };
  return all;
}

TEST(ReadBarcodes, ReadsEachFormatWhereItIs) {
  for (const auto& row : rows()) {
    Paper paper;
    draw(paper, row.as_drawn, row.text, {300, 700, 0, 120}, row.module);
    const auto found = read_barcodes(paper.raster(), {test_dpi});
    ASSERT_TRUE(found && found->size() == 1) << row.text << " " << name_of(row.format);
    EXPECT_EQ(found->front().format, row.format);
    EXPECT_EQ(found->front().text, row.text);
    EXPECT_NEAR(found->front().box.x, 300, 20) << row.text;
    EXPECT_NEAR(found->front().box.y, 700, 80) << row.text;
  }
}

TEST(ReadBarcodes, ReadsThemSkewedAndNoisy) {
  for (const auto& row : rows()) {
    for (const double degrees : {-1.0, 1.0}) {
      Paper paper;
      draw(paper, row.as_drawn, row.text, {300, 1000, 0, 120}, row.module);
      const auto page = datasets::noisy(datasets::skewed(paper.raster(), degrees, 255).pixels, 12, Random(3));
      const auto found = read_barcodes(page, {test_dpi});
      EXPECT_TRUE(found && found->size() == 1 && found->front().text == row.text) << row.text << " " << degrees;
    }
  }
}

TEST(ReadBarcodes, ReadsQrCodesUpsideDownAndSidewaysInColour) {
  Paper paper;
  draw(paper, ZXing::BarcodeFormat::QRCode, "SOHOA1|D|A|TP1", {900, 400, 0, 0}, 5);
  for (const int turn : {90, 180, 270}) {
    const auto grey = datasets::turned(paper.raster(), turn).pixels;
    std::vector<std::uint8_t> rgb;
    for (std::int64_t i = 0; i < std::int64_t{grey.width()} * grey.height(); ++i)
      rgb.insert(rgb.end(), 3, grey.row(0)[i]);
    const auto found = read_barcodes(Raster(grey.width(), grey.height(), 3, std::move(rgb)), {test_dpi});
    EXPECT_TRUE(found && found->size() == 1 && found->front().text == "SOHOA1|D|A|TP1") << turn;
  }
}

TEST(ReadBarcodes, ReadsSeveralOfAPage) {
  Paper paper;
  draw(paper, ZXing::BarcodeFormat::QRCode, "one", {200, 200, 0, 0}, 5);
  draw(paper, ZXing::BarcodeFormat::QRCode, "two", {1200, 1800, 0, 0}, 5);
  draw(paper, ZXing::BarcodeFormat::Code128, "THREE-333", {300, 1200, 0, 120}, 3);
  draw_patch(paper, Edge::top, "nwnw");
  const auto found = read_barcodes(paper.raster(), {test_dpi});
  ASSERT_TRUE(found);
  std::vector<std::string> texts;
  for (const auto& one : *found) texts.push_back(one.text);
  std::sort(texts.begin(), texts.end());
  EXPECT_EQ(texts, (std::vector<std::string>{"", "THREE-333", "one", "two"}));
}

TEST(LikelyPlaces, AreHardlyAnyOnPagesOfText) {
  std::int64_t dense_area = 0, area = 0;
  const auto corpus = datasets::Corpus::built_in();
  datasets::GenerateOptions options;
  options.dpi = test_dpi;
  options.most_pages = 1;
  options.strata = {datasets::Stratum::clean};
  for (std::uint32_t i = 0; i < 10; ++i) {
    const auto page = datasets::grey(datasets::generate_document(corpus, options, i).pages.at(0).pixels);
    const BitRows rows_of_page(page, 5);
    const auto places = likely_places(page, rows_of_page, {test_dpi});
    EXPECT_TRUE(places.qr.empty()) << i;
    for (const auto& place : places.dense) dense_area += place.area();
    area += page.bounds().area();
    EXPECT_TRUE(read_barcodes(page, {test_dpi})->empty()) << i;
  }
  EXPECT_LT(static_cast<double>(dense_area), 0.05 * static_cast<double>(area));  // seals are dense
}

TEST(ReadBarcodes, TakesAnyRaster) {
  EXPECT_TRUE(read_barcodes({}, {300})->empty());
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 500}, {500, 1}, {65, 9}}) {
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * height);
    for (std::size_t i = 0; i < pixels.size(); i += 2) pixels[i] = 255;
    const Raster page(width, height, 1, std::move(pixels));
    for (const double dpi : {0.0, 1.0, 72.0, 600.0, 100'000.0}) EXPECT_TRUE(read_barcodes(page, {dpi})->empty());
  }
}

/// What BitRows and edges_of say, said pixel by pixel.
TEST(BitRows, AreThePixels) {
  Random random(5);
  for (const std::int32_t width : {1, 63, 64, 65, 200}) {
    std::vector<std::uint8_t> pixels;
    for (std::int32_t i = 0; i < width * 3; ++i) pixels.push_back(static_cast<std::uint8_t>(random.between(0, 255)));
    const Raster page(width, 3, 1, std::move(pixels));
    const BitRows bits(page, 2);
    ASSERT_EQ(bits.count(), 1);
    ASSERT_EQ(bits.y_of(0), 1);
    std::vector<std::int32_t> expected, edges;
    bool dark = false;
    for (std::int32_t x = 0; x < width; ++x) {
      if ((page.row(1)[x] < dark_below) != dark) expected.push_back(x);
      dark = page.row(1)[x] < dark_below;
    }
    if (dark) expected.push_back(width);
    edges_of(bits.row(0), edges);
    EXPECT_EQ(edges, expected) << width;
  }
}

}  // namespace
}  // namespace sohoa::barcodes
