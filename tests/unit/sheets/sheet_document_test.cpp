#include "pipeline/sheets/sheet_document.hpp"

#include <gmock/gmock.h>

#include "pipeline/base/file.hpp"
#include "pipeline/issue/true_type.hpp"
#include "tests/support/program.hpp"

namespace sohoa::sheets {
namespace {

using testing::HasSubstr;
using testing_support::run;

class SheetDocumentTest : public testing::Test {
 protected:
  std::string written(const Sheet& sheet, std::uint32_t copies) {
    const auto path = (folder_ / "sheet.pdf").string();
    const auto document = sheet_document(sheet, copies);
    EXPECT_TRUE(document && write_file(path, *document));
    return path;
  }

  testing_support::TemporaryFolder folder_{"sohoa-sheets"};
  const Sheet cover_{Sheet::Kind::cover, "000.00.01.H12-221130-0001", "TP01"};
};

TEST_F(SheetDocumentTest, IsASoundPdfWithItsWordsAndEmbeddedFonts) {
  const auto path = written(cover_, 3);
  EXPECT_EQ(run({"qpdf", "--check", path}).exit_code, 0);
  EXPECT_THAT(run({"pdfinfo", path}).out, testing::ContainsRegex("Pages: +3\n"));
  const auto text = run({"pdftotext", "-l", "1", path, "-"}).out;
  for (const char* words : {"TỜ BÌA HỒ SƠ", "000.00.01.H12-221130-0001", "Thành phần: TP01",
                            "Không viết, dán hay đóng dấu lên các mã.", "DOSSIER COVER SHEET"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
  EXPECT_THAT(run({"pdftotext", written({}, 1), "-"}).out, HasSubstr("TỜ NGĂN CÁCH"));
}

TEST_F(SheetDocumentTest, GrowsLittleWithItsCopiesAndIsAlwaysTheSame) {
  const auto one = sheet_document(cover_, 1), thousand = sheet_document(cover_, 1'000);
  ASSERT_TRUE(one && thousand);
  EXPECT_LT(thousand->size(), one->size() + 300'000);
  EXPECT_EQ(*sheet_document(cover_, 1), *one);
}

TEST_F(SheetDocumentTest, RefusesWhatCannotStandOnASheet) {
  const auto code = [](const Sheet& sheet, std::uint32_t copies) {
    const auto document = sheet_document(sheet, copies);
    return document ? "none" : std::string(name_of(document.error().code));
  };
  EXPECT_EQ(code({}, 0), "invalid_input");
  EXPECT_EQ(code({}, most_copies + 1), "invalid_input");
  EXPECT_EQ(code({Sheet::Kind::cover, "", ""}, 1), "invalid_input");
  EXPECT_EQ(code({Sheet::Kind::cover, "a|b", ""}, 1), "invalid_input");
  EXPECT_EQ(code({Sheet::Kind::cover, "a", "b\n"}, 1), "invalid_input");
  EXPECT_EQ(code({Sheet::Kind::cover, std::string(longest_code + 1, 'x'), ""}, 1), "invalid_input");
  EXPECT_EQ(code({Sheet::Kind::cover, std::string(longest_code, 'x'), std::string(longest_code, 'y')}, 1), "none");
}

TEST(TrueType, RefusesOrSurvivesAFontThatIsCutOff) {
  const auto whole = read_file("/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf", 10'000'000);
  ASSERT_TRUE(whole);
  int refused = 0;
  for (std::size_t size = 0; size < whole->size(); size += 1 + size / 8) {
    auto font = issue::TrueType::create(Bytes(whole->begin(), whole->begin() + static_cast<std::ptrdiff_t>(size)));
    refused += font ? 0 : 1;
    if (font) (void)font->subset({font->glyph_of(U'ế')});
  }
  EXPECT_GT(refused, 10);
  const auto font = issue::TrueType::create(*whole);
  ASSERT_TRUE(font);
  EXPECT_NE(font->glyph_of(U'ế'), 0);
  EXPECT_EQ(font->glyph_of(U'\uE000'), 0);
  EXPECT_EQ(font->advance(font->glyph_of(U'0')), 556);
  const auto subset = issue::TrueType::create(font->subset({font->glyph_of(U'ế')}));
  EXPECT_FALSE(subset) << "a subset has no characters";
}

}  // namespace
}  // namespace sohoa::sheets
