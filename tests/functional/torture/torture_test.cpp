// Odd, broken, encrypted, signed and huge files in one batch with good ones: each ends in a document or a typed error,
// the good ones all finish, and the parent stands.
#include "tests/support/sohoa_program.hpp"

namespace sohoa {
namespace {

class TortureTest : public SohoaProgram {};

TEST_F(TortureTest, EveryFileEndsInADocumentOrATypedErrorAndTheGoodOnesFinish) {
  const auto ended = testing_support::run(
      {std::string(SOHOA_BINARY_DIR) + "/sohoa", "digitize", shared("torture"), shared("exif-orientation"),
       shared("vi/samples"), "--data", (folder_ / "data").string(), "--jobs", "2", "--json"},
      std::chrono::seconds(1400));
  ASSERT_EQ(ended.exit_code, 1) << ended.err;
  const std::set<std::string> expected_codes{"invalid_input", "unsupported", "resource_exhausted"};
  std::size_t files = 0;
  std::size_t archived = 0;
  std::istringstream lines(ended.out);
  for (std::string text; std::getline(lines, text);) {
    const auto line = nlohmann::json::parse(text);
    ++files;
    const auto input = line.at("input").get<std::string>();
    const bool good =
        input.find("exif-orientation/Land") != std::string::npos || input.find("vi/samples/viet") != std::string::npos;
    if (line.at("status") == "archived") ++archived;
    if (good && !input.ends_with(".gt.txt")) {
      EXPECT_EQ(line.at("status"), "archived") << text;
    }
    if (line.contains("error")) {
      EXPECT_TRUE(expected_codes.contains(line.at("error").at("code"))) << text;
      EXPECT_FALSE(line.at("error").at("message").get<std::string>().empty());
    }
  }
  EXPECT_GT(files, 380);
  EXPECT_GT(archived, 320);
  const auto checked = sohoa({"check"});
  EXPECT_EQ(checked.exit_code, 0) << checked.out;
}

TEST_F(TortureTest, EveryExifOrientationComesOutUpright) {
  // The pictures show the same landscape, which is wider than high, and has its sky above.
  digitize({shared("exif-orientation")});
  for (int i = 1; i <= 8; ++i) {
    const auto pdf = (folder_ / ("out/Landscape_" + std::to_string(i) + ".pdf")).string();
    const auto info = testing_support::run({"pdfinfo", pdf}).out;
    double width = 0;
    double height = 0;
    ASSERT_EQ(std::sscanf(info.c_str() + info.find("Page size:"), "Page size: %lf x %lf", &width, &height), 2) << info;
    EXPECT_GT(width, height) << pdf;
    const auto picture = testing_support::run({"pdftoppm", "-r", "18", "-gray", pdf}).out;
    int columns = 0;
    int rows = 0;
    int offset = 0;
    ASSERT_EQ(std::sscanf(picture.c_str(), "P5 %d %d 255%n", &columns, &rows, &offset), 2);
    const auto brightness = [&](int from, int to) {
      double sum = 0;
      for (int y = from; y < to; ++y) {
        for (int x = 0; x < columns; ++x)
          sum += static_cast<unsigned char>(picture[static_cast<std::size_t>(offset + 1 + y * columns + x)]);
      }
      return sum / ((to - from) * columns);
    };
    EXPECT_GT(brightness(0, rows / 3), brightness(rows * 2 / 3, rows) + 10) << pdf;
  }
}

}  // namespace
}  // namespace sohoa
