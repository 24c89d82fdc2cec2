#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/base/file.hpp"
#include "pipeline/decode/encode.hpp"
#include "tests/unit/decode/workbench.hpp"

namespace sohoa::test {
namespace {

std::string path_of(const std::string& file) {
  return std::string(SOHOA_SHARED_DATA) + "/" + file;
}

/// The raw stream of an object, taken out by another program.
Bytes raw_stream(const std::string& file, int object) {
  return output_of("qpdf --show-object=" + std::to_string(object) + " --raw-stream-data '" + path_of(file) + "'");
}

std::string text_of(const std::vector<Block>& blocks) {
  std::string text;
  for (const auto& block : blocks) {
    for (const auto& line : block.lines) text += line.text() + "\n";
  }
  return text;
}

TEST(PdfScan, CarriesTheJpegOfAScanByteForByte) {
  const auto page = decode(shared("vi/scans-signed/22TTr-2025.pdf"), 2);
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->canvas.images.size(), 1U);
  const auto& image = page->canvas.images.front().image;
  EXPECT_EQ(image.codec, ImageCodec::jpeg);
  EXPECT_TRUE(image.original);
  EXPECT_EQ(image.data, raw_stream("vi/scans-signed/22TTr-2025.pdf", 12));
  EXPECT_EQ(page->pixels.width(), 2455);
  EXPECT_EQ(page->pixels.height(), 3508);
  EXPECT_NEAR(page->dpi.value, 300, 0.1);
}

TEST(PdfScan, CarriesTheFaxStripOfAScanByteForByte) {
  const auto page = decode(shared("vi/scans-signed/07CT-2018.pdf"), 2);
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->canvas.images.size(), 1U);
  const auto& image = page->canvas.images.front().image;
  EXPECT_EQ(image.codec, ImageCodec::ccitt);
  EXPECT_TRUE(image.original);
  EXPECT_EQ(image.data, raw_stream("vi/scans-signed/07CT-2018.pdf", 9));
  EXPECT_EQ(page->colour, ColourKind::bilevel);
}

TEST(PdfScan, KeepsTheSignatureTextApartFromTheScan) {
  const auto page = decode(shared("vi/scans-signed/47QD-2025.pdf"));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->text_source, TextSource::recognized);
  ASSERT_EQ(page->own_text.size(), 2U);
  for (const auto& block : page->own_text) EXPECT_EQ(block.role, BlockRole::e_signature);
  EXPECT_THAT(text_of(page->own_text), ::testing::HasSubstr("TRUNG TÂM CÔNG\nBÁO VÀ TIN HỌC\n"));
  EXPECT_THAT(text_of(page->own_text), ::testing::HasSubstr("Ký bởi: Ủy ban nhân dân tỉnh Quảng Ngãi\n"));
  // The looks stand in the head of the page, on the right half.
  for (const auto& block : page->own_text) {
    EXPECT_GT(block.box.x, page->pixels.width() / 2);
    EXPECT_LE(block.box.right(), page->pixels.width());
    EXPECT_LT(block.box.bottom(), page->pixels.height() / 10);
  }
}

class SignedScan : public ::testing::TestWithParam<std::string> {};

TEST_P(SignedScan, LooksLikeTheOriginalAndIsNotLarger) {
  const auto source = shared(GetParam());
  const auto original = bytes_of_file(path_of(GetParam()));
  const auto inspection = inspect(source.fd.get(), source.file, {});
  ASSERT_TRUE(inspection) << inspection.error().message;
  EXPECT_TRUE(inspection->carries_signature);
  std::size_t size = 0;
  for (std::uint32_t number = 1; number <= inspection->pages; ++number) {
    const auto page = decode(source, number);
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_TRUE(page->canvas.images.front().image.original);
    for (const auto& [image, placement] : page->canvas.images) size += image.data.size() + image.palette.size();
    // Patches are JPEGs at the scan's resolution: the limit is 0.2 % of the range over the whole page.
    EXPECT_LT(difference(viewed(pdf_of(page->canvas), 1, 75), viewed(original, number, 75)), 0.51) << "page " << number;
  }
  EXPECT_LE(size, original.size() + original.size() * 15 / 100);
}

INSTANTIATE_TEST_SUITE_P(All, SignedScan, ::testing::ValuesIn(shared_files("vi/scans-signed", {".pdf"})),
                         [](const auto& one) {
                           const auto name = one.param.substr(one.param.rfind('/') + 1);
                           return name.substr(0, name.find('-'));
                         });

/// White A4 at 150 dpi with a black bar, in `strips` images one below the other, as some scanners write it.
PageCanvas scanned_sheet(int strips) {
  constexpr int width = 1240, height = 1752;
  PageCanvas canvas{595.2, 840.96, {}};
  const int rows = height / strips;
  for (int i = 0; i < strips; ++i) {
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(rows), 255);
    std::fill(pixels.begin(), pixels.begin() + width * 20, std::uint8_t{0});
    auto stream = ::sohoa::decode::encode_lossless({width, rows, 1, std::move(pixels)});
    EXPECT_TRUE(stream);
    const double high = canvas.height / strips;
    canvas.images.push_back({std::move(*stream), {canvas.width, 0, 0, high, 0, canvas.height - high * (i + 1)}});
  }
  return canvas;
}

bool has_ink(const Raster& pixels, const PixelRect& part) {
  for (std::int32_t y = part.y; y < part.bottom(); ++y) {
    const auto* row = pixels.row(y) + part.x * pixels.channels();
    if (std::any_of(row, row + part.width * pixels.channels(), [](std::uint8_t v) { return v < 128; })) return true;
  }
  return false;
}

/// 100 .. 300 points across and 680 .. 720 up, in pixels at 150 dpi.
constexpr PixelRect where_text_is_put{208, 252, 417, 83};

TEST(PdfScan, ReadsANumberThatWasFilledInOverTheScan) {
  const auto page = decode(made(pdf_of(scanned_sheet(1), "BT /F1 24 Tf 100 700 Td (565) Tj ET")));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_TRUE(page->own_text.empty());
  EXPECT_EQ(page->canvas.images.size(), 2U);
  EXPECT_TRUE(has_ink(page->pixels, where_text_is_put));
}

TEST(PdfScan, DoesNotReadASignatureOverTheScan) {
  const auto page = decode(made(pdf_of(scanned_sheet(1), "BT /F1 14 Tf 100 700 Td (Ky boi: So Noi vu) Tj ET")));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(text_of(page->own_text), "Ky boi: So Noi vu\n");
  EXPECT_EQ(page->canvas.images.size(), 2U);
  EXPECT_FALSE(has_ink(page->pixels, where_text_is_put));
}

TEST(PdfScan, CarriesEachStripOfAPageInStrips) {
  const auto sheet = scanned_sheet(4);
  const auto pdf = pdf_of(sheet);
  const auto page = decode(made(pdf));
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->canvas.images.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_TRUE(page->canvas.images[i].image.original);
    EXPECT_EQ(page->canvas.images[i].image.data, sheet.images[i].image.data);
  }
  EXPECT_EQ(page->text_source, TextSource::recognized);
  EXPECT_LT(difference(page->pixels, viewed(pdf, 1, 150)), 1);
}

TEST(PdfScan, ManyWordsOverABackgroundAreABornDigitalPage) {
  std::string text = "BT /F1 10 Tf 14 TL 60 760 Td ";
  for (int i = 0; i < 20; ++i) text += "(Kinh gui: Uy ban nhan dan tinh, cac so, ban, nganh) Tj T* ";
  const auto page = decode(made(pdf_of(scanned_sheet(1), text + "ET")));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->text_source, TextSource::born_digital);
  EXPECT_FALSE(page->own_text.empty());
}

struct OddPage {
  const char* name;
  const char* file;
  std::uint32_t page;
  double most_difference;  ///< of 255
};

class OddScan : public ::testing::TestWithParam<OddPage> {};

TEST_P(OddScan, LooksLikeTheOriginal) {
  const auto& odd = GetParam();
  const auto source = shared(std::string("torture/ocrmypdf/") + odd.file);
  const auto page = decode(source, odd.page);
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->text_source, TextSource::recognized);
  const auto original = bytes_of_file(path_of(source.file.name));
  const auto seen = viewed(original, odd.page, 60);
  EXPECT_LT(difference(viewed(pdf_of(page->canvas), 1, 60), seen), odd.most_difference);
  // What is read stands as the page is seen, /Rotate and all.
  const double wide = static_cast<double>(page->pixels.width()) / page->pixels.height();
  EXPECT_NEAR(wide, static_cast<double>(seen.width()) / seen.height(), 0.02 * wide);
}

INSTANTIATE_TEST_SUITE_P(
    All, OddScan,
    ::testing::Values(OddPage{"jbig2", "jbig2.pdf", 1, 1.0}, OddPage{"turned_90", "cardinal.pdf", 2, 1.0},
                      OddPage{"turned_180", "cardinal.pdf", 3, 1.0}, OddPage{"turned_270", "cardinal.pdf", 4, 1.0},
                      OddPage{"askew", "skew.pdf", 1, 1.0}, OddPage{"turned_and_askew", "rotated_skew.pdf", 1, 1.0},
                      OddPage{"layers", "masks.pdf", 1, 4.0}, OddPage{"cmyk", "cmyk.pdf", 1, 6.0},
                      OddPage{"palette", "palette.pdf", 1, 0.1}, OddPage{"jpeg2000", "lichtenstein.pdf", 1, 0.1},
                      OddPage{"unequal_resolution", "aspect.pdf", 1, 4.0}, OddPage{"icc_jpeg", "c02-22.pdf", 1, 6.0},
                      OddPage{"vector", "vector.pdf", 1, 3.0}),
    [](const auto& one) { return one.param.name; });

TEST(PdfScan, IgnoresTheHiddenTextOfAFormerReading) {
  const auto page = decode(shared("torture/ocrmypdf/graph_ocred.pdf"));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->text_source, TextSource::recognized);
  EXPECT_TRUE(page->own_text.empty());
  EXPECT_TRUE(page->canvas.images.front().image.original);
}

TEST(PdfScan, ReadsAtMostAt600Dpi) {
  const auto page = decode(shared("torture/ocrmypdf/2400dpi.pdf"));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->dpi.value, 600);
  EXPECT_EQ(page->pixels.width(), 1000);
  EXPECT_EQ(page->canvas.images.front().image.width, 4000) << "what is shown keeps its resolution";
}

TEST(PdfScan, RefusesAnImageOverTheLimitBeforeDecodingIt) {
  const auto page = decode(shared("torture/ocrmypdf/hugemono.pdf"));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::resource_exhausted);
}

}  // namespace
}  // namespace sohoa::test
