#include "pipeline/issue/pdf_image.hpp"

#include <functional>
#include <limits>

#include "pipeline/issue/issue_document.hpp"
#include "tests/unit/issue/documents.hpp"
#include "tests/unit/issue/images.hpp"
#include "tests/unit/issue/tools.hpp"

namespace sohoa {
namespace {

class PdfImageTest : public testing::Test {
 protected:
  std::string pdf_of(const std::vector<PlacedImage>& images) {
    ReadPage page = blank_page();
    page.canvas.images = images;
    return pdf_of(page);
  }
  std::string pdf_of(const ReadPage& page) {
    MadePages pages(1, [&](PageNumber) { return page; });
    MemoryStore store;
    const auto issued = issue_document(document_of(pages), store);
    EXPECT_TRUE(issued);
    for (const auto& failed : issued->failed_pages) ADD_FAILURE() << failed.error.message;
    const auto path = folder_.put("image.pdf", store.bytes(issued->pdf));
    const auto checked = run({"qpdf", "--check", path});
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
    return path;
  }
  std::string pdf_of(const ImageStream& image) { return pdf_of({over(blank_page().canvas, image)}); }

  Folder folder_;
};

TEST_F(PdfImageTest, CarriesAJpegOverByteForByte) {
  const ImageStream image = load(real_jpeg);
  const std::string pdf = pdf_of(image);
  const auto list = run({"pdfimages", "-list", pdf}).out;
  EXPECT_NE(list.find("2466  3508  rgb     3   8  jpeg   no"), std::string::npos) << list;
  run({"pdfimages", "-j", pdf, (folder_ / "out").string()});
  EXPECT_EQ(folder_.get("out-000.jpg"), image.data);
}

TEST_F(PdfImageTest, CarriesAFaxImageOverByteForByte) {
  const ImageStream image = load(real_fax);
  const std::string pdf = pdf_of(image);
  const auto list = run({"pdfimages", "-list", pdf}).out;
  EXPECT_NE(list.find("2413  3423  gray    1   1  ccitt  no"), std::string::npos) << list;
  run({"pdfimages", "-ccitt", pdf, (folder_ / "out").string()});
  EXPECT_EQ(folder_.get("out-000.ccitt"), image.data);
  const Picture picture = rendered(pdf);
  EXPECT_GT(picture.grey(0.02, 0.5), 200);  // the margin is paper
  EXPECT_EQ(rendered(std::string(SOHOA_SHARED_DATA) + "/" + real_fax.pdf).grey(0.02, 0.5) > 200, true);
}

TEST_F(PdfImageTest, CarriesAJpeg2000ImageOver) {
  const ImageStream image = load(real_jpx);
  const std::string pdf = pdf_of(image);
  const auto list = run({"pdfimages", "-list", pdf}).out;
  EXPECT_NE(list.find("512   512  gray    1   8  jpx    no"), std::string::npos) << list;
  run({"pdfimages", "-jp2", pdf, (folder_ / "out").string()});
  EXPECT_EQ(folder_.get("out-000.jp2"), image.data);
}

TEST_F(PdfImageTest, GivesABareCodestreamItsColours) {
  ImageStream image = load(real_jpx);
  EXPECT_EQ(issue::pdf::image_dictionary(image).text().find("ColorSpace"), std::string::npos);
  const std::string data(as_text(image.data));
  const auto start = data.find("\xFF\x4F\xFF\x51");
  ASSERT_NE(start, std::string::npos);
  image.data.erase(image.data.begin(), image.data.begin() + static_cast<std::ptrdiff_t>(start));
  EXPECT_NE(issue::pdf::image_dictionary(image).text().find("/ColorSpace/DeviceGray"), std::string::npos);
}

struct FlateRow {
  const char* name;
  ImageStream image;  ///< two columns: left and right are then looked at
  std::tuple<int, int, int> left, right;
};

ImageStream with(ImageStream image, const std::function<void(ImageStream&)>& change) {
  change(image);
  return image;
}

std::vector<FlateRow> flate_rows() {
  const auto inverted = [](ImageStream& image) { image.inverted = true; };
  const auto palette = [](ImageStream& image) { image.palette = {200, 30, 30, 10, 20, 160}; };
  const auto png_up = [](ImageStream& image) { image.flate_predictor = 15; };
  const auto tiff = [](ImageStream& image) { image.flate_predictor = 2; };
  using enum ColourSpace;
  return {
      {"grey_8", flate_image(2, 1, 8, grey, {40, 200}), {40, 40, 40}, {200, 200, 200}},
      {"grey_8_inverted", with(flate_image(2, 1, 8, grey, {40, 200}), inverted), {215, 215, 215}, {55, 55, 55}},
      {"grey_1", flate_image(2, 1, 1, grey, {0x40}), {0, 0, 0}, {255, 255, 255}},
      {"grey_1_inverted", with(flate_image(2, 1, 1, grey, {0x40}), inverted), {255, 255, 255}, {0, 0, 0}},
      {"grey_4", flate_image(2, 1, 4, grey, {0x3C}), {51, 51, 51}, {204, 204, 204}},
      {"grey_16", flate_image(2, 1, 16, grey, {0x40, 0, 0xC0, 0}), {64, 64, 64}, {192, 192, 192}},
      {"rgb_8", flate_image(2, 1, 8, rgb, {255, 0, 0, 10, 20, 30}), {255, 0, 0}, {10, 20, 30}},
      {"rgb_8_inverted",
       with(flate_image(2, 1, 8, rgb, {255, 0, 0, 10, 20, 30}), inverted),
       {0, 255, 255},
       {245, 235, 225}},
      {"indexed_1", with(flate_image(2, 1, 1, indexed, {0x40}), palette), {200, 30, 30}, {10, 20, 160}},
      {"indexed_8", with(flate_image(2, 1, 8, indexed, {1, 0}), palette), {10, 20, 160}, {200, 30, 30}},
      {"indexed_1_inverted",
       with(with(flate_image(2, 1, 1, indexed, {0x40}), palette), inverted),
       {10, 20, 160},
       {200, 30, 30}},
      {"png_predictor", with(flate_image(2, 2, 8, grey, {0, 40, 200, 2, 0, 0}), png_up), {40, 40, 40}, {200, 200, 200}},
      {"tiff_predictor", with(flate_image(2, 1, 8, rgb, {10, 20, 30, 5, 5, 5}), tiff), {10, 20, 30}, {15, 25, 35}},
  };
}

class FlateImage : public PdfImageTest, public testing::WithParamInterface<FlateRow> {};

TEST_P(FlateImage, ShowsItsColours) {
  const Picture picture = rendered(pdf_of(GetParam().image));
  const auto near = [](std::tuple<int, int, int> a, std::tuple<int, int, int> b) {
    return std::abs(std::get<0>(a) - std::get<0>(b)) + std::abs(std::get<1>(a) - std::get<1>(b)) +
               std::abs(std::get<2>(a) - std::get<2>(b)) <=
           3;
  };
  EXPECT_TRUE(near(picture.colour(0.1, 0.5), GetParam().left)) << picture.grey(0.1, 0.5);
  EXPECT_TRUE(near(picture.colour(0.9, 0.5), GetParam().right)) << picture.grey(0.9, 0.5);
}

INSTANTIATE_TEST_SUITE_P(All, FlateImage, testing::ValuesIn(flate_rows()),
                         [](const auto& row) { return row.param.name; });

/// A white Group 4 image: a row like the one above it is a single 1 bit.
ImageStream white_fax() {
  ImageStream image;
  image.codec = ImageCodec::ccitt;
  image.width = 16;
  image.height = 8;
  image.bits = 1;
  image.data = {0xFF, 0x00, 0x10, 0x01};  // eight rows, then the end of block
  return image;
}

TEST_F(PdfImageTest, HonoursTheFaxParameters) {
  EXPECT_EQ(rendered(pdf_of(white_fax())).grey(0.5, 0.5), 255);
  EXPECT_EQ(rendered(pdf_of(with(white_fax(), [](auto& image) { image.inverted = true; }))).grey(0.5, 0.5), 0);
  EXPECT_EQ(rendered(pdf_of(with(white_fax(), [](auto& image) { image.ccitt_black_is_1 = true; }))).grey(0.5, 0.5), 0);
  const auto odd = with(white_fax(), [](auto& image) {
    image.ccitt_k = 4;
    image.ccitt_byte_align = image.ccitt_end_of_line = true;
    image.ccitt_end_of_block = false;
  });
  EXPECT_EQ(issue::pdf::image_dictionary(odd).text(),
            "<</Type/XObject/Subtype/Image/Width 16/Height 8/ColorSpace/DeviceGray/BitsPerComponent 1"
            "/Filter/CCITTFaxDecode/DecodeParms<</K 4/Columns 16/Rows 8/EncodedByteAlign true/EndOfLine true"
            "/EndOfBlock false>>>>");
}

TEST_F(PdfImageTest, PlacesAndTurnsAsTheCanvasSays) {
  ReadPage page = blank_page();
  const auto half_black = flate_image(1, 2, 8, ColourSpace::grey, {0, 255});  // black above, white below
  page.canvas.images = {over(page.canvas, half_black)};
  page.canvas = turned(page.canvas, Turn::clockwise_90);
  const Picture picture = rendered(pdf_of(page));
  EXPECT_GT(picture.width, picture.height);
  EXPECT_EQ(picture.grey(0.9, 0.5), 0);
  EXPECT_EQ(picture.grey(0.1, 0.5), 255);
}

TEST_F(PdfImageTest, PaintsSeveralImagesInOrder) {
  const PageCanvas canvas = blank_page().canvas;
  const auto black = flate_image(1, 1, 8, ColourSpace::grey, {0});
  const auto grey = flate_image(1, 1, 8, ColourSpace::grey, {128});
  const Picture picture = rendered(pdf_of({over(canvas, black), {grey, {100, 0, 0, 100, 200, 400}}}));
  EXPECT_EQ(picture.grey(0.1, 0.1), 0);
  EXPECT_EQ(picture.grey(250 / 595.28, 1 - 450 / 841.89), 128);
}

struct RefusedRow {
  const char* name;
  std::function<void(PlacedImage&)> spoil;
  const char* message;
};
class RefusedImage : public testing::TestWithParam<RefusedRow> {};

TEST_P(RefusedImage, IsNamedAndBecomesAFailedPage) {
  ReadPage page = blank_page();
  page.canvas.images = {over(page.canvas, flate_image(2, 1, 8, ColourSpace::grey, {40, 200}))};
  GetParam().spoil(page.canvas.images[0]);
  MadePages pages(1, [&](PageNumber) { return page; });
  MemoryStore store;
  const auto issued = issue_document(document_of(pages), store);
  ASSERT_TRUE(issued);
  ASSERT_EQ(issued->failed_pages.size(), 1u);
  EXPECT_EQ(issued->failed_pages[0].error, (Error{ErrorCode::invalid_input, GetParam().message}));
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedImage,
    testing::Values(
        RefusedRow{"no_width", [](auto& p) { p.image.width = 0; }, "image 1: an image of 0 x 1 pixels"},
        RefusedRow{"negative_height", [](auto& p) { p.image.height = -7; }, "image 1: an image of 2 x -7 pixels"},
        RefusedRow{"huge", [](auto& p) { p.image.width = 2'000'000'000; },
                   "image 1: an image of 2000000000 x 1 pixels"},
        RefusedRow{"no_data", [](auto& p) { p.image.data.clear(); }, "image 1: an image without data"},
        RefusedRow{"odd_bits", [](auto& p) { p.image.bits = 3; }, "image 1: an image of 3 bits"},
        RefusedRow{"jpeg_bits", [](auto& p) { p.image.codec = ImageCodec::jpeg, p.image.bits = 4; },
                   "image 1: a JPEG of 4 bits"},
        RefusedRow{"grey_fax", [](auto& p) { p.image.codec = ImageCodec::ccitt; },
                   "image 1: a fax image that is not bilevel"},
        RefusedRow{"inverted_jpx", [](auto& p) { p.image.codec = ImageCodec::jpx, p.image.inverted = true; },
                   "image 1: a JPEG 2000 image that is inverted or indexed from outside"},
        RefusedRow{"no_palette", [](auto& p) { p.image.space = ColourSpace::indexed; },
                   "image 1: a palette of 0 bytes"},
        RefusedRow{"long_palette",
                   [](auto& p) { p.image.space = ColourSpace::indexed, p.image.bits = 1, p.image.palette.resize(9); },
                   "image 1: a palette of 9 bytes"},
        RefusedRow{"deep_palette",
                   [](auto& p) { p.image.space = ColourSpace::indexed, p.image.bits = 16, p.image.palette.resize(9); },
                   "image 1: an indexed image of 16 bits"},
        RefusedRow{"predictor", [](auto& p) { p.image.flate_predictor = 9; }, "image 1: predictor 9"},
        RefusedRow{"placement", [](auto& p) { p.placement.e = std::numeric_limits<double>::infinity(); },
                   "image 1: an image placed off every page"},
        RefusedRow{"far_placement", [](auto& p) { p.placement.a = 1e9; }, "image 1: an image placed off every page"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace sohoa
