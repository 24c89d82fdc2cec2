// What `sohoa digitize` makes of real signed scans, judged by other programs: qpdf, PDFBox preflight, poppler, xmllint.
#include <algorithm>
#include <cmath>
#include <regex>

#include "tests/support/sohoa_program.hpp"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing_support::run;

/// Digitizes all scans once for all tests.
class ResultsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new testing_support::TemporaryFolder("sohoa-results");
    const auto ended = run({std::string(SOHOA_BINARY_DIR) + "/sohoa", "digitize", scans().string(), "--data",
                            (*folder_ / "data").string(), "--out", (*folder_ / "out").string(), "--jobs", "2"},
                           std::chrono::seconds(500));
    ASSERT_EQ(ended.exit_code, 0) << ended.err;
  }
  static void TearDownTestSuite() { delete folder_; }

  static fs::path scans() { return fs::path(SOHOA_SHARED_DATA) / "vi/scans-signed"; }
  static std::vector<fs::path> files(const std::string& extension) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(*folder_ / "out")) {
      if (entry.path().string().ends_with(extension)) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  static inline testing_support::TemporaryFolder* folder_ = nullptr;
};

TEST_F(ResultsTest, PdfsAreCleanForQpdfAndHardlyLargerThanTheScans) {
  ASSERT_EQ(files(".pdf").size(), 13);
  for (const auto& pdf : files(".pdf")) {
    const auto checked = run({"qpdf", "--check", pdf.string()});
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
    EXPECT_LE(static_cast<double>(fs::file_size(pdf)),
              1.15 * static_cast<double>(fs::file_size(scans() / pdf.filename())))
        << pdf.filename();
  }
}

TEST_F(ResultsTest, PreflightComplainsOfNothingButThePart) {
  std::vector<std::string> command{"java", "-cp", PREFLIGHT_CLASSPATH,
                                   SOHOA_SOURCE_DIR "/tests/golden/preflight/Preflight.java"};
  for (const auto& pdf : files(".pdf")) command.push_back(pdf.string());
  const auto answer = run(command, std::chrono::seconds(300));
  std::istringstream lines(answer.out);
  int checked = 0;
  for (std::string line; std::getline(lines, line);) {
    checked += line.ends_with(" checked");
    EXPECT_TRUE(line.ends_with(" checked") || line.ends_with("part must be 1")) << line;
  }
  EXPECT_EQ(checked, 13) << answer.err;
}

struct Box {
  double left, top, right, bottom;
};

double overlap_of_smaller(const Box& a, const Box& b) {
  const double width = std::min(a.right, b.right) - std::max(a.left, b.left);
  const double height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const auto area = [](const Box& box) { return (box.right - box.left) * (box.bottom - box.top); };
  return width * height / std::min(area(a), area(b));
}

TEST_F(ResultsTest, TheTextLayerLiesOnTheWordsThatWereRead) {
  static const std::regex word_line(
      R"re(<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>)re");
  int words = 0;
  int found = 0;
  for (const auto& pdf : files(".pdf")) {
    const auto json = nlohmann::json::parse(testing_support::read_text(fs::path(pdf).replace_extension(".json")));
    std::vector<std::vector<std::pair<std::string, Box>>> shown;
    std::istringstream lines(run({"pdftotext", "-bbox", pdf.string(), "-"}).out);
    for (std::string line; std::getline(lines, line);) {
      std::smatch match;
      if (line.find("<page ") != std::string::npos) shown.emplace_back();
      if (!std::regex_search(line, match, word_line)) continue;
      shown.back().push_back(
          {match[5], {std::stod(match[1]), std::stod(match[2]), std::stod(match[3]), std::stod(match[4])}});
    }
    ASSERT_EQ(shown.size(), json.at("pages").size());
    for (const auto& page : json.at("pages")) {
      const double scale = 72.0 / page.at("dpi").get<double>();
      const auto& on_page = shown.at(page.at("number").get<std::size_t>() - 1);
      for (const auto& block : page.at("blocks")) {
        for (const auto& line : block.at("lines")) {
          for (const auto& word : line.at("words")) {
            const auto& box = word.at("box");
            const Box wanted{box[0].get<double>() * scale, box[1].get<double>() * scale,
                             (box[0].get<double>() + box[2].get<double>()) * scale,
                             (box[1].get<double>() + box[3].get<double>()) * scale};
            ++words;
            found += std::any_of(on_page.begin(), on_page.end(), [&](const auto& candidate) {
              return overlap_of_smaller(candidate.second, wanted) > 0.5;
            });
          }
        }
      }
    }
  }
  EXPECT_GT(words, 9000);
  EXPECT_GT(found, 0.995 * words) << found << " of " << words;
}

TEST_F(ResultsTest, AltoIsValid) {
  for (const auto& alto : files(".alto.xml")) {
    const auto checked = run({"xmllint", "--noout", "--nonet", "--schema",
                              SOHOA_SOURCE_DIR "/tests/golden/alto/alto-subset.xsd", alto.string()});
    EXPECT_EQ(checked.exit_code, 0) << checked.err;
  }
}

TEST_F(ResultsTest, StampsOfElectronicSignaturesAreKeptApartFromTheText) {
  const auto json = nlohmann::json::parse(testing_support::read_text(*folder_ / "out/22TTr-2025.json"));
  std::string apart;
  for (const auto& block : json.at("pages").at(0).at("blocks")) {
    if (block.at("role") != "e_signature") continue;
    for (const auto& line : block.at("lines")) apart += line.at("text").get<std::string>() + "\n";
  }
  EXPECT_THAT(apart, HasSubstr("Ký bởi: Ủy ban nhân dân tỉnh Quảng Ngãi"));
  const auto text = testing_support::read_text(*folder_ / "out/22TTr-2025.txt");
  EXPECT_THAT(text, HasSubstr("TỜ TRÌNH"));
  EXPECT_THAT(text, testing::Not(HasSubstr("Ký bởi")));
  EXPECT_LT(text.find("/TTr-UBND"), text.find("CỘNG HÒA XÃ HỘI")) << "the head's left block comes first";
  EXPECT_LT(text.find("CỘNG HÒA XÃ HỘI"), text.find("TỜ TRÌNH"));
}

TEST_F(ResultsTest, SaysOfTheScansOwnSignaturesWhoMadeThemAndThatTheyAreIntact) {
  int signatures = 0;
  for (const auto& file : files(".json")) {
    const auto source = nlohmann::json::parse(testing_support::read_text(file)).at("source");
    ASSERT_TRUE(source.at("signed").get<bool>()) << file;
    ASSERT_FALSE(source.at("signatures").empty()) << file;
    for (const auto& one : source.at("signatures")) {
      ++signatures;
      EXPECT_TRUE(one.at("intact").get<bool>()) << file;
      EXPECT_EQ(one.at("indication"), "indeterminate") << file << ": nobody here knows the root";
      EXPECT_FALSE(one.at("signer").at("subject").get<std::string>().empty()) << file;
      EXPECT_FALSE(one.at("message").at("vi").get<std::string>().empty()) << file;
    }
  }
  EXPECT_EQ(signatures, 20);
}

}  // namespace
}  // namespace sohoa
