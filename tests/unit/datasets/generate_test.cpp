#include "datasets/generate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <set>
#include <string>

#include "pipeline/base/digest.hpp"
#include "pipeline/base/file.hpp"
#include "tests/support/program.hpp"

namespace sohoa::datasets {
namespace {

constexpr double low_dpi = 100;  ///< enough for places, and quick

class GenerateTest : public testing::Test {
 protected:
  static GenerateOptions options(Stratum stratum, ImageFormat format = ImageFormat::png) {
    GenerateOptions options;
    options.seed = 42;
    options.strata = {stratum};
    options.dpi = low_dpi;
    options.format = format;
    return options;
  }

  std::set<std::string> written_files(const GeneratedDocument& document, const GenerateOptions& wanted) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    const auto result = write_document(document, wanted, folder_);
    EXPECT_TRUE(result.has_value());
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) names.insert(entry.path().filename());
    return names;
  }
  std::string read(const std::string& name) {
    const auto bytes = read_file(folder_ / name, 64U << 20);
    EXPECT_TRUE(bytes.has_value()) << name;
    return bytes ? std::string(as_text(*bytes)) : std::string();
  }

  testing_support::TemporaryFolder temporary_{"generate"};
  const std::filesystem::path folder_ = temporary_.path();
  Corpus corpus_ = Corpus::built_in();
};

TEST_F(GenerateTest, GivesTheSameBytesForTheSameSeed) {
  for (const auto format : {ImageFormat::png, ImageFormat::jpg, ImageFormat::pdf, ImageFormat::tif}) {
    const auto wanted = options(Stratum::degraded, format);
    const auto names = written_files(generate_document(corpus_, wanted, 3), wanted);
    std::vector<std::string> first;
    for (const auto& name : names) first.push_back(read(name));
    EXPECT_EQ(written_files(generate_document(corpus_, wanted, 3), wanted), names);
    std::vector<std::string> second;
    for (const auto& name : names) second.push_back(read(name));
    EXPECT_TRUE(first == second) << extension_of(format);
  }
}

TEST_F(GenerateTest, AnotherSeedOrIndexGivesAnotherDocument) {
  auto wanted = options(Stratum::clean);
  const auto text_of = [&](std::uint32_t index) {
    return ground_truth_text(generate_document(corpus_, wanted, index).truth.pages.front());
  };
  const auto first = text_of(0);
  EXPECT_NE(text_of(1), first);
  wanted.seed = 43;
  EXPECT_NE(text_of(0), first);
}

TEST_F(GenerateTest, KeepsAllTextOnThePageInEveryStratum) {
  for (const auto stratum :
       {Stratum::clean, Stratum::degraded, Stratum::poor, Stratum::seal, Stratum::turned, Stratum::bilevel}) {
    for (std::uint32_t index = 0; index < 8; ++index) {
      const auto document = generate_document(corpus_, options(stratum), index);
      for (std::size_t i = 0; i < document.pages.size(); ++i) {
        const auto& page = document.truth.pages[i];
        EXPECT_EQ(page.width, document.pages[i].pixels.width());
        EXPECT_EQ(page.height, document.pages[i].pixels.height());
        for (const auto& block : page.blocks) {
          for (const auto& line : block.lines) {
            for (const auto& word : line.words) {
              const auto box = box_of(word.outline);
              EXPECT_EQ(intersection(box, document.pages[i].pixels.bounds()), box)
                  << name_of(stratum) << " " << index << ": " << word.text;
            }
          }
        }
      }
    }
  }
}

bool seal_meets_signer_name(const GeneratedDocument& document) {
  const auto& page = document.truth.pages.back();
  const auto seal =
      std::find_if(page.marks.begin(), page.marks.end(), [](const auto& mark) { return mark.kind == "seal"; });
  EXPECT_NE(seal, page.marks.end());
  // The last signer block is the one that is sealed.
  const auto block = std::find_if(page.blocks.rbegin(), page.blocks.rend(),
                                  [](const auto& candidate) { return candidate.kind == BlockKind::signer; });
  EXPECT_NE(block, page.blocks.rend());
  bool meets = false;
  for (const auto& line : block->lines) {
    for (const auto& word : line.words)
      meets = meets || !intersection(box_of(word.outline), box_of(seal->outline)).empty();
  }
  return meets;
}

TEST_F(GenerateTest, SealsCoverTheSignersTextInTheSealStratumOnly) {
  for (std::uint32_t index = 0; index < 8; ++index) {
    EXPECT_TRUE(seal_meets_signer_name(generate_document(corpus_, options(Stratum::seal), index))) << index;
    EXPECT_FALSE(seal_meets_signer_name(generate_document(corpus_, options(Stratum::clean), index))) << index;
  }
}

TEST_F(GenerateTest, TurnedPagesSayHowFar) {
  std::set<int> turns;
  for (std::uint32_t index = 0; index < 8; ++index) {
    const auto document = generate_document(corpus_, options(Stratum::turned), index);
    for (const auto& page : document.truth.pages) {
      turns.insert(page.turned_degrees);
      EXPECT_EQ(page.width > page.height, page.turned_degrees == 90 || page.turned_degrees == 270);
    }
  }
  EXPECT_EQ(turns, (std::set<int>{90, 180, 270}));
}

std::set<std::string> names_of_steps(const TruePage& page) {
  std::set<std::string> names;
  for (const auto& step : page.steps) names.insert(step.name);
  return names;
}

TEST_F(GenerateTest, ADocumentsPagesAreOfOnePaperAndOneScanner) {
  int compared = 0;
  for (std::uint32_t index = 0; index < 12; ++index) {
    const auto document = generate_document(corpus_, options(Stratum::poor), index);
    for (const auto& page : document.truth.pages) {
      for (const auto* step : {"yellowed", "bleed_through", "punch_holes", "staple", "low_dpi", "grey"}) {
        EXPECT_EQ(names_of_steps(page).contains(step), names_of_steps(document.truth.pages.front()).contains(step))
            << step;
        ++compared;
      }
      EXPECT_EQ(page.dpi, document.truth.pages.front().dpi);
    }
  }
  EXPECT_GT(compared, 12 * 6);
}

TEST_F(GenerateTest, MakesTheTypesAskedForInTurnAndShortEnough) {
  auto wanted = options(Stratum::clean);
  wanted.types = {DocumentType::letter, DocumentType::minutes};
  wanted.most_pages = 1;
  for (std::uint32_t index = 0; index < 4; ++index) {
    const auto document = generate_document(corpus_, wanted, index);
    EXPECT_EQ(document.text.type, wanted.types[index % 2]);
    EXPECT_EQ(document.pages.size(), 1U);
  }
}

TEST_F(GenerateTest, WritesAPageAFileOrOneFileOfAllPages) {
  const auto by_page = options(Stratum::clean, ImageFormat::png);
  GeneratedDocument document = generate_document(corpus_, by_page, 0);
  const auto name = document.truth.name;
  const auto names = written_files(document, by_page);
  EXPECT_EQ(names.size(), 2 * document.pages.size() + 1);
  EXPECT_TRUE(names.contains(name + "-p001.png"));
  EXPECT_EQ(read(name + "-p001.gt.txt"), ground_truth_text(document.truth.pages.front()));

  const auto in_one = options(Stratum::clean, ImageFormat::pdf);
  document = generate_document(corpus_, in_one, 0);
  EXPECT_EQ(written_files(document, in_one),
            (std::set<std::string>{name + ".pdf", name + ".gt.txt", name + ".truth.json"}));
  const auto text = read(name + ".gt.txt");
  EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\f')), document.pages.size() - 1);
}

TEST_F(GenerateTest, TheTruthFileHasTheGoldsFieldNames) {
  const auto document = generate_document(corpus_, options(Stratum::clean), 1);
  const auto json = truth_json(document.truth, document.text);
  for (const auto* name :
       {"issuing_agency", "number_symbol", "place", "issue_date", "document_type", "document_type_printed", "abstract",
        "signer_name", "signer_title", "signature_page", "seal_present", "signature_seal_on_page1",
        "number_handwritten", "date_handwritten", "addressees", "recipients"})
    EXPECT_NE(json.find('"' + std::string(name) + "\":"), std::string::npos) << name;
  EXPECT_NE(json.find("\"signer_name\":\"" + document.text.signer.name + "\""), std::string::npos);
  EXPECT_NE(json.find("\"issue_date\":\"" + document.text.iso_date() + "\""), std::string::npos);
}

TEST(Samples, TheManifestNamesEverySampleByItsDigest) {
  const std::filesystem::path datasets = std::filesystem::path(SOHOA_SOURCE_DIR) / "datasets";
  const auto manifest = read_file(datasets / "manifest.json", 1U << 20);
  ASSERT_TRUE(manifest);
  std::uintmax_t total = 0;
  for (const auto& entry : std::filesystem::directory_iterator(datasets / "samples")) {
    const auto bytes = read_file(entry.path(), 4U << 20);
    ASSERT_TRUE(bytes);
    total += bytes->size();
    EXPECT_NE(as_text(*manifest).find("samples/" + entry.path().filename().string()), std::string_view::npos);
    EXPECT_NE(as_text(*manifest).find(sha256(*bytes).hex()), std::string_view::npos) << entry.path();
  }
  EXPECT_GT(total, 0U);
  EXPECT_LE(total, 1'500'000U);
}

// Formats.

std::size_t count_of(std::string_view bytes, std::string_view what) {
  std::size_t count = 0;
  for (auto at = bytes.find(what); at != std::string_view::npos; at = bytes.find(what, at + 1)) ++count;
  return count;
}

TEST_F(GenerateTest, PdfCarriesJpegAndGroup4AsTheyAre) {
  const auto colour = generate_document(corpus_, options(Stratum::clean), 0);
  const auto colour_pdf = encode_pdf(colour.pages, 80);
  ASSERT_TRUE(colour_pdf);
  EXPECT_EQ(count_of(as_text(*colour_pdf), "/DCTDecode"), colour.pages.size());
  const auto black = generate_document(corpus_, options(Stratum::bilevel), 0);
  const auto black_pdf = encode_pdf(black.pages, 80);
  ASSERT_TRUE(black_pdf);
  EXPECT_EQ(count_of(as_text(*black_pdf), "/CCITTFaxDecode"), black.pages.size());
}

/// Values of a tag (short or long) in every directory of a little-endian TIFF.
std::vector<std::uint32_t> tiff_values(ByteView bytes, std::uint16_t wanted) {
  const auto number = [&](std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, size);
    return value;
  };
  std::vector<std::uint32_t> values;
  for (std::size_t directory = number(4, 4); directory != 0;) {
    const auto entries = number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
      const auto entry = directory + 2 + 12 * i;
      if (number(entry, 2) == wanted) values.push_back(number(entry + 8, number(entry + 2, 2) == 3 ? 2 : 4));
    }
    directory = number(directory + 2 + 12 * std::size_t{entries}, 4);
  }
  return values;
}

TEST_F(GenerateTest, TiffHasAllPagesAndGroup4ForBlackAndWhite) {
  const auto document = generate_document(corpus_, options(Stratum::bilevel), 1);
  const auto tiff = encode_tiff(document.pages);
  ASSERT_TRUE(tiff);
  constexpr std::uint16_t width = 256, compression = 259;
  EXPECT_EQ(tiff_values(*tiff, compression), std::vector<std::uint32_t>(document.pages.size(), 4));
  EXPECT_EQ(tiff_values(*tiff, width).front(), static_cast<std::uint32_t>(document.pages[0].pixels.width()));
}

TEST_F(GenerateTest, PicturesSayTheirResolution) {
  const auto document = generate_document(corpus_, options(Stratum::clean), 0);
  const auto png = encode_png(document.pages.front());
  ASSERT_TRUE(png);
  const auto at = as_text(*png).find("pHYs");
  ASSERT_NE(at, std::string_view::npos);
  EXPECT_EQ((*png)[at + 6] * 256 + (*png)[at + 7], 3937);  // 100 dpi in pixels a metre
  const auto jpeg = encode_jpeg(document.pages.front(), 80);
  ASSERT_TRUE(jpeg);
  EXPECT_EQ((*jpeg)[13], 1);  // per inch
  EXPECT_EQ((*jpeg)[14] * 256 + (*jpeg)[15], 100);
}

}  // namespace
}  // namespace sohoa::datasets
