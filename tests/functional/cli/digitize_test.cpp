#include <fstream>

#include "tests/support/sohoa_program.hpp"

namespace sohoa {
namespace {

using testing::HasSubstr;
using DigitizeTest = SohoaProgram;

TEST_F(DigitizeTest, TurnsAScanIntoFourResultsThatGetGivesBack) {
  const auto input = shared("vi/scans-signed/575UB-2025.pdf");
  const auto line = digitize({input}).at(input);
  EXPECT_EQ(exit_code_, 0) << error_text_;
  EXPECT_EQ(line.at("status"), "archived");
  EXPECT_EQ(line.at("pages"), 1);
  EXPECT_THAT(output("575UB-2025.txt"), HasSubstr("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
  EXPECT_THAT(output("575UB-2025.pdf"), testing::StartsWith("%PDF-1.7"));
  EXPECT_THAT(output("575UB-2025.alto.xml"), HasSubstr("http://www.loc.gov/standards/alto/ns-v4#"));
  const auto json = nlohmann::json::parse(output("575UB-2025.json"));
  EXPECT_EQ(json.at("pages").size(), 1);
  EXPECT_TRUE(json.contains("quality") && json.contains("findings") && json.contains("fields"));

  const auto id = line.at("document").get<std::string>();
  EXPECT_EQ(sohoa({"get", id, "--as", "text"}).out, output("575UB-2025.txt"));
  EXPECT_EQ(sohoa({"get", id, "--as", "original"}).out, testing_support::read_text(input))
      << "a signed original stays as it is";
  EXPECT_EQ(sohoa({"check"}).exit_code, 0);
}

TEST_F(DigitizeTest, GivesTheFirstReceiptWhenTheSameBytesComeAgain) {
  const auto input = shared("vi/samples/vietsample1.tif");
  const auto copy = (folder_ / "copy.tif").string();
  std::filesystem::copy_file(input, copy);
  const auto first = digitize({input}).at(input);
  const auto again = digitize({copy}).at(copy);
  EXPECT_EQ(again.at("document"), first.at("document"));
  EXPECT_EQ(again.at("receipt"), first.at("receipt"));
  EXPECT_FALSE(output("copy.pdf").empty());
}

TEST_F(DigitizeTest, NamesWhatIsWrongAndGoesOnWithTheRest) {
  const auto good = shared("vi/samples/vietsample1.tif");
  const auto text = (folder_ / "notes.txt").string();
  std::ofstream(text) << "not a document\n";
  const auto encrypted = shared("torture/qpdf/enc-R3,V2,U=view,O=view.pdf");
  const auto missing = (folder_ / "missing.pdf").string();
  const auto lines = digitize({text, encrypted, missing, good});
  EXPECT_EQ(exit_code_, 1);
  EXPECT_EQ(lines.size(), 4);
  EXPECT_EQ(lines.at(text).at("error").at("code"), "unsupported");
  EXPECT_EQ(lines.at(encrypted).at("error").at("code"), "unsupported");
  EXPECT_THAT(lines.at(encrypted).at("error").at("message").get<std::string>(), HasSubstr("password"));
  EXPECT_EQ(lines.at(missing).at("error").at("code"), "not_found");
  EXPECT_EQ(lines.at(good).at("status"), "archived");
}

TEST_F(DigitizeTest, OpensZipFilesInsideOneAnother) {
  std::filesystem::create_directories(folder_ / "in");
  std::filesystem::copy_file(shared("vi/samples/vietsample1.tif"), folder_ / "in/first.tif");
  std::filesystem::copy_file(shared("vi/samples/vietsample2.tif"), folder_ / "in/second.tif");
  const auto pack = [&](const std::string& zip, const std::string& contents) {
    const auto in = (folder_ / "in").string();
    return testing_support::run({"sh", "-c", "cd '" + in + "' && cmake -E tar cf " + zip + " --format=zip " + contents})
        .exit_code;
  };
  ASSERT_EQ(pack("inner.zip", "second.tif"), 0);
  ASSERT_EQ(pack("outer.zip", "first.tif inner.zip"), 0);
  const auto zip = (folder_ / "in/outer.zip").string();
  const auto lines = digitize({zip});
  EXPECT_EQ(exit_code_, 0) << error_text_;
  EXPECT_EQ(lines.at(zip).at("status"), "expanded");
  EXPECT_EQ(lines.at(zip + "/first.tif").at("status"), "archived");
  EXPECT_EQ(lines.at(zip + "/inner.zip").at("status"), "expanded");
  EXPECT_EQ(lines.at(zip + "/inner.zip/second.tif").at("status"), "archived");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/outer/first.pdf"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/outer/inner.zip/second.pdf"));
}

TEST_F(DigitizeTest, KeepsFilesOfTheSameNameApart) {
  std::filesystem::create_directories(folder_ / "in/a");
  std::filesystem::create_directories(folder_ / "in/b");
  std::filesystem::copy_file(shared("vi/samples/vietsample1.tif"), folder_ / "in/a/x.tif");
  std::filesystem::copy_file(shared("exif-orientation/Landscape_1.jpg"), folder_ / "in/a/x.jpg");
  std::filesystem::copy_file(shared("vi/samples/vietsample1.tif"), folder_ / "in/b/x.tif");
  EXPECT_EQ(digitize({(folder_ / "in").string()}).size(), 3);
  EXPECT_EQ(exit_code_, 0) << error_text_;
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/a/x.pdf"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/a/x-2.pdf"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/b/x.pdf"));
}

TEST_F(DigitizeTest, SaysWhenUsageIsWrong) {
  EXPECT_EQ(sohoa({"digitize"}, false).exit_code, 2);
  EXPECT_EQ(sohoa({"nonsense"}, false).exit_code, 2);
  EXPECT_EQ(sohoa({"get", "x", "--as", "docx"}).exit_code, 2);
  EXPECT_EQ(sohoa({"get", "0123"}).exit_code, 1);
}

}  // namespace
}  // namespace sohoa
