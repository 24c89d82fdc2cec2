// Our recogniser beside Tesseract on lines of real pages: in exact mode every word and every confidence is the same bit
// by bit, whichever kernels read. `sohoa-identity` does the same on any number of pages.
#include <gtest/gtest.h>

#include <filesystem>

#include "ocr/line_image_codec.hpp"
#include "ocr/lstm/line_reader.hpp"
#include "ocr/models_folder.hpp"
#include "pipeline/decode/initialise.hpp"
#include "tests/support/raster_crop.hpp"
#include "tests/support/tesseract_oracle.hpp"
#include "tests/support/upright_pages.hpp"

namespace sohoa::ocr {
namespace {

using testing_support::TesseractOracle;
using Words = std::vector<TesseractOracle::Word>;

class IdentityTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    initialise_decoders();
    const auto folder = models_folder({}, "vie");
    ASSERT_TRUE(folder);
    model_ = *folder / "vie.traineddata";
    oracle_ = std::make_unique<TesseractOracle>(*folder, "vie");
    for (const char* name : {"scans-signed/01CT-2021.pdf", "scans-signed/11CT-2021.pdf"}) {
      testing_support::for_each_upright_page(std::filesystem::path(SOHOA_SHARED_DATA) / "vi" / name,
                                             [](const UprightPage& page) {
                                               if (crops_.size() >= 60) return;
                                               for (const auto& area : oracle_->find_lines(page.pixels)) {
                                                 if (!area.empty() && crops_.size() < 60)
                                                   crops_.push_back(testing_support::cropped(page.pixels, area));
                                               }
                                             });
    }
    // White on black, which is read twice.
    std::vector<std::uint8_t> inverted(crops_[5].row(0), crops_[5].row(0) + crops_[5].stride() * crops_[5].height());
    for (auto& pixel : inverted) pixel = static_cast<std::uint8_t>(255 - pixel);
    crops_.emplace_back(crops_[5].width(), crops_[5].height(), 1, std::move(inverted));
    const PlainLineImages plain;
    for (const auto& crop : crops_) expected_.push_back(testing_support::visible(oracle_->read_line(crop)));
  }
  static void TearDownTestSuite() { oracle_.reset(); }

  static std::vector<Words> read(const lstm::Kernels& kernels) {
    auto reader = lstm::LineReader::load(model_, {.kernels = &kernels, .invert_below = 0.7});
    EXPECT_TRUE(reader);
    std::vector<Words> all;
    for (const auto& reading : (*reader)->read(crops_)) {
      Words words;
      for (const auto& word : reading.line.words) words.push_back({word.text, word.confidence});
      all.push_back(testing_support::visible(std::move(words)));
    }
    return all;
  }
  static void expect_same(const lstm::Kernels& kernels) {
    const auto got = read(kernels);
    ASSERT_EQ(got.size(), expected_.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
      ASSERT_EQ(got[i].size(), expected_[i].size()) << "line " << i;
      for (std::size_t w = 0; w < got[i].size(); ++w) {
        EXPECT_EQ(got[i][w].text, expected_[i][w].text) << "line " << i;
        EXPECT_EQ(got[i][w].confidence, expected_[i][w].confidence) << "line " << i << ": " << got[i][w].text;
      }
    }
  }

  static inline std::filesystem::path model_;
  static inline std::unique_ptr<TesseractOracle> oracle_;
  static inline std::vector<Raster> crops_;
  static inline std::vector<Words> expected_;
};

TEST_F(IdentityTest, TheFastestKernelsReadAsTesseractReads) {
  expect_same(lstm::best_kernels(lstm::Activation::exact));
  std::size_t words = 0;
  for (const auto& line : expected_) words += line.size();
  EXPECT_GT(words, 400u);
}

TEST_F(IdentityTest, Avx2KernelsReadAsTesseractReads) {
  const auto* const kernels = lstm::avx2_kernels(lstm::Activation::exact);
  if (kernels == nullptr) return;  // such a processor reads with the reference, which the next test holds
  expect_same(*kernels);
}

TEST_F(IdentityTest, FastActivationsReadNearlyAllLinesTheSame) {
  const auto got = read(lstm::best_kernels(lstm::Activation::fast));
  std::size_t same = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const auto texts = [](const Words& words) {
      std::string text;
      for (const auto& word : words) text += word.text + " ";
      return text;
    };
    same += texts(got[i]) == texts(expected_[i]) ? 1 : 0;
  }
  EXPECT_GE(same * 10, got.size() * 8);
}

TEST_F(IdentityTest, TheReferenceReadsAsTesseractReads) {
  crops_.resize(4);
  expected_.resize(4);
  expect_same(lstm::reference_kernels(lstm::Activation::exact));
}

}  // namespace
}  // namespace sohoa::ocr
