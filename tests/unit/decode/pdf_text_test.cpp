#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/unit/decode/workbench.hpp"

namespace sohoa::test {
namespace {

std::vector<std::string> words_of(const std::vector<Block>& blocks, bool apart) {
  std::vector<std::string> words;
  for (const auto& block : blocks) {
    if (is_apart(block.role) != apart) continue;
    for (const auto& line : block.lines) {
      for (const auto& word : line.words) words.push_back(word.text);
    }
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += word + " ";
  return text;
}

class BornDigital : public ::testing::TestWithParam<std::string> {};

/// Every word of the ground truth is there, once, in the body or in a signature's look.
TEST_P(BornDigital, KeepsEveryWordOfTheText) {
  const auto truth_file = GetParam().substr(0, GetParam().size() - 4) + ".gt.txt";
  const auto truth = bytes_of_file(std::string(SOHOA_SHARED_DATA) + "/" + truth_file);
  std::istringstream stream{std::string(as_text(truth))};
  std::vector<std::string> expected;
  for (std::string word; stream >> word;) expected.push_back(word);

  const auto source = shared(GetParam());
  const auto inspection = inspect(source.fd.get(), source.file, {});
  ASSERT_TRUE(inspection);
  std::vector<std::string> found;
  for (std::uint32_t number = 1; number <= inspection->pages; ++number) {
    const auto page = decode(source, number);
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(page->text_source, TextSource::born_digital);
    for (const bool apart : {false, true}) {
      for (auto& word : words_of(page->own_text, apart)) found.push_back(std::move(word));
    }
  }
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  std::vector<std::string> missing;
  std::set_difference(expected.begin(), expected.end(), found.begin(), found.end(), std::back_inserter(missing));
  EXPECT_LE(missing.size(), expected.size() / 200) << joined(missing);
  EXPECT_NEAR(static_cast<double>(found.size()), static_cast<double>(expected.size()),
              static_cast<double>(expected.size()) / 200);
}

INSTANTIATE_TEST_SUITE_P(All, BornDigital, ::testing::ValuesIn(shared_files("vi/born-digital", {".pdf"})),
                         [](const auto& one) {
                           auto name = one.param.substr(one.param.rfind('/') + 1);
                           return name.substr(0, name.find_first_of("-."));
                         });

TEST(PdfText, ReadsTheHeadLeftBlockThenRightBlockThenBody) {
  const auto page = decode(shared("vi/born-digital/11TB-2025.pdf"));
  ASSERT_TRUE(page) << page.error().message;
  const auto body = joined(words_of(page->own_text, false));
  const auto agency = body.find("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI");
  const auto motto = body.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc");
  const auto title = body.find("THÔNG BÁO Kết luận");
  ASSERT_NE(agency, std::string::npos) << body;
  ASSERT_NE(motto, std::string::npos) << body;
  ASSERT_NE(title, std::string::npos) << body;
  EXPECT_LT(agency, motto);
  EXPECT_LT(motto, title);
}

TEST(PdfText, PutsTheLooksOfSignaturesLastAndApart) {
  const auto page = decode(shared("vi/born-digital/565TB-2024.pdf"));
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_FALSE(page->own_text.empty());
  EXPECT_EQ(page->own_text.back().role, BlockRole::e_signature);
  EXPECT_THAT(joined(words_of(page->own_text, true)), ::testing::HasSubstr("ttcbth@quangngai.gov.vn"));
  EXPECT_THAT(joined(words_of(page->own_text, false)), ::testing::Not(::testing::HasSubstr("ttcbth")));
}

TEST(PdfText, TakesTheNumberAndDayThatWereFilledInBySigningForThePagesText) {
  const auto page = decode(shared("vi/born-digital/565TB-2024.pdf"));
  ASSERT_TRUE(page) << page.error().message;
  const auto body = joined(words_of(page->own_text, false));
  EXPECT_THAT(body, ::testing::HasSubstr("Số: 565 /TB-UBND "));
  EXPECT_THAT(body, ::testing::HasSubstr("Quảng Ngãi, ngày 15 tháng 11 năm 2024 "));
}

TEST(PdfText, BoxesLieOnTheInk) {
  const auto page = decode(shared("vi/born-digital/507UBND.pdf"));
  ASSERT_TRUE(page) << page.error().message;
  std::size_t words = 0, inked = 0;
  for (const auto& block : page->own_text) {
    for (const auto& line : block.lines) {
      EXPECT_GE(line.baseline_start.y, line.box.y);
      EXPECT_LE(line.baseline_start.y, line.box.bottom());
      for (const auto& word : line.words) {
        ++words;
        const auto part = intersection(word.box, page->pixels.bounds());
        bool dark = false;
        for (std::int32_t y = part.y; y < part.bottom() && !dark; ++y) {
          const auto* row = page->pixels.row(y) + part.x * page->pixels.channels();
          dark = std::any_of(row, row + part.width * page->pixels.channels(), [](std::uint8_t v) { return v < 128; });
        }
        inked += dark ? 1 : 0;
      }
    }
  }
  EXPECT_GT(words, 300U);
  EXPECT_GE(inked, words * 99 / 100);
}

TEST(PdfText, ShowsThePageAsItWas) {
  const auto source = shared("vi/born-digital/577UBND-KGVX.pdf");
  const auto page = decode(source);
  ASSERT_TRUE(page) << page.error().message;
  const auto original = bytes_of_file(std::string(SOHOA_SHARED_DATA) + "/" + source.file.name);
  // At the canvas' own resolution only 16 greys, JPEG's loss around the stamps and two programs' antialiasing are left.
  EXPECT_LT(difference(viewed(pdf_of(page->canvas), 1, 300), viewed(original, 1, 300)), 4.0);
}

struct Meaningless {
  const char* name;
  const char* file;
};
class WithoutMeaning : public ::testing::TestWithParam<Meaningless> {};

TEST_P(WithoutMeaning, IsReadInstead) {
  const auto page = decode(shared(std::string("torture/ocrmypdf/") + GetParam().file));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->text_source, TextSource::recognized);
  EXPECT_TRUE(page->own_text.empty());
}

INSTANTIATE_TEST_SUITE_P(All, WithoutMeaning,
                         ::testing::Values(Meaningless{"truetype", "truetype_font_nomapping.pdf"},
                                           Meaningless{"type3", "type3_font_nomapping.pdf"}),
                         [](const auto& one) { return one.param.name; });

TEST(PdfText, APageThatPaintsNothingIsBlank) {
  const auto page = decode(shared("torture/ocrmypdf/no_contents.pdf"));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->text_source, TextSource::none);
  EXPECT_TRUE(page->canvas.images.empty());
  EXPECT_FALSE(page->pixels.empty());
}

TEST(PdfText, AsksForThePasswordOfAnEncryptedFile) {
  const auto source = shared("torture/qpdf/enc-R3,V2,U=view,O=view.pdf");
  const auto inspection = inspect(source.fd.get(), source.file, {});
  ASSERT_FALSE(inspection);
  EXPECT_EQ(inspection.error(), (Error{ErrorCode::unsupported, "encrypted: a password is needed"}));
}

TEST(PdfText, OpensAFileEncryptedWithAnEmptyPassword) {
  const auto source = shared("torture/qpdf/enc-R3,V2,O=master.pdf");
  const auto inspection = inspect(source.fd.get(), source.file, {});
  ASSERT_TRUE(inspection) << inspection.error().message;
  EXPECT_THAT(inspection->notes, ::testing::ElementsAre("encrypted with an empty password"));
  EXPECT_TRUE(decode(source));
}

TEST(PdfText, HoldsPagesAgainstTheLimit) {
  Limits limits;
  limits.pages = 3;
  const auto source = shared("vi/born-digital/565TB-2024.pdf");
  const auto inspection = inspect(source.fd.get(), source.file, limits);
  ASSERT_FALSE(inspection);
  EXPECT_EQ(inspection.error().code, ErrorCode::resource_exhausted);
  const auto beyond = decode(source, 5);
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace sohoa::test
