// Real scans, and the same sheets "scanned again" (another resolution, tilt, noise, colour, one page of two): found by
// `sohoa digitize` and `sohoa duplicates`, with what differs; papers of the same agency are not.
#include <sstream>

#include "datasets/degrade.hpp"
#include "datasets/output.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/decode/initialise.hpp"
#include "tests/support/sohoa_program.hpp"
#include "tests/support/upright_pages.hpp"

namespace sohoa {
namespace {

using nlohmann::json;

class DuplicatesTest : public SohoaProgram {
 protected:
  static void SetUpTestSuite() { initialise_decoders(); }

  static std::string scan(const std::string& name) { return shared("vi/scans-signed/" + name + ".pdf"); }

  /// The pages as they were scanned, one grey channel.
  static std::vector<datasets::ScanPage> pages_of(const std::string& file) {
    std::vector<datasets::ScanPage> pages;
    testing_support::StagesOfAPage stages;
    stages.decode = [&](const auto& decode) {
      auto image = decode();
      if (image)
        pages.push_back({image->chroma.empty() ? datasets::grey(image->pixels) : image->pixels, image->dpi.value});
      return image;
    };
    testing_support::for_each_upright_page(file, [](UprightPage) {}, stages);
    return pages;
  }

  std::string write(const std::string& name, const std::vector<datasets::ScanPage>& pages) {
    const auto path = (folder_ / name).string();
    const auto bytes = datasets::encode_pdf(pages, 70);
    EXPECT_TRUE(bytes && write_file(path, *bytes));
    return path;
  }

  /// At 200 dpi, 0.7 degrees askew, noisy.
  static datasets::ScanPage scanned_again(const datasets::ScanPage& page) {
    const double factor = 200 / page.dpi;
    auto pixels = datasets::resampled(page.pixels, factor).pixels;
    pixels = datasets::skewed(pixels, 0.7, 255).pixels;
    return {datasets::noisy(pixels, 9, datasets::Random(3)), 200};
  }

  std::vector<json> duplicates_of(const json& line) {
    const auto ended = sohoa({"duplicates", line.at("document"), "--json"});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    std::vector<json> all;
    std::istringstream text(ended.out);
    for (std::string one; std::getline(text, one);) all.push_back(json::parse(one));
    return all;
  }
};

TEST_F(DuplicatesTest, PapersScannedAgainAreFoundAndOthersAreNot) {
  const auto first = scan("47QD-2025");
  std::vector<std::string> known{first};
  for (const auto* name : {"51QD-2025", "574UB-2025", "575UB-2025", "22TTr-2025", "23BC-2025"})
    known.push_back(scan(name));
  const auto archived = digitize(known);
  for (const auto& [input, line] : archived) EXPECT_TRUE(line.at("similar").empty()) << input << line.dump();

  auto pages = pages_of(first);
  ASSERT_EQ(pages.size(), 2U);
  auto bilevel = pages;
  for (auto& page : bilevel) page.pixels = datasets::bilevel(page.pixels, 150);
  for (auto& page : pages) page = scanned_again(page);
  const auto grey_scan = write("again.pdf", pages), fax = write("fax.pdf", bilevel),
             part = write("part.pdf", {pages[0]});
  const auto again = digitize({grey_scan});
  const auto& similar = again.at(grey_scan).at("similar");
  ASSERT_EQ(similar.size(), 1U) << similar.dump();
  EXPECT_EQ(similar[0].at("document"), archived.at(first).at("document"));
  EXPECT_EQ(similar[0].at("kind"), "rescan");
  EXPECT_EQ(similar[0].at("pages_alike"), 2);

  const auto faxed = digitize({fax});
  EXPECT_EQ(faxed.at(fax).at("similar").size(), 2U) << faxed.at(fax).dump();
  const auto more = digitize({part});
  for (const auto& one : more.at(part).at("similar")) EXPECT_EQ(one.at("kind"), "part_of") << one.dump();
  EXPECT_GE(more.at(part).at("similar").size(), 2U);

  const auto shown = duplicates_of(more.at(part));
  ASSERT_GE(shown.size(), 2U);
  EXPECT_EQ(shown[0].at("page_matches")[0].at("other_page"), 1);
  EXPECT_TRUE(shown[0].at("page_matches").back().at("page").is_null()) << "page 2 is in the other one only";
  EXPECT_EQ(duplicates_of(archived.at(first)).size(), 3U);

  // The same bytes are no near duplicate: they are the first receipt.
  EXPECT_EQ(digitize({first}).at(first).at("receipt"), archived.at(first).at("receipt"));
}

TEST_F(DuplicatesTest, SaysWhatDiffersInVietnamese) {
  const auto page = pages_of(scan("47QD-2025")).at(0);
  const auto one = write("one.pdf", {page}), other = write("other.pdf", {scanned_again(page)});
  const auto lines = digitize({one, other});
  const auto id = lines.at(one).at("document").get<std::string>();
  const auto ended = sohoa({"duplicates", id});
  EXPECT_THAT(ended.out, testing::AnyOf(testing::HasSubstr("quét lại"), testing::HasSubstr("scanned again")));
  EXPECT_THAT(ended.out, testing::HasSubstr(lines.at(other).at("document").get<std::string>()));
  EXPECT_EQ(sohoa({"duplicates", id, "--with", lines.at(other).at("document")}).exit_code, 0);
  EXPECT_EQ(sohoa({"duplicates", std::string(32, '0')}).exit_code, 1);
}

}  // namespace
}  // namespace sohoa
