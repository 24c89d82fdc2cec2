#include "pipeline/issue/text_layer.hpp"

#include <algorithm>
#include <cmath>

#include "pipeline/issue/issue_document.hpp"
#include "pipeline/text/unicode.hpp"
#include "tests/unit/issue/documents.hpp"
#include "tests/unit/issue/tools.hpp"

namespace sohoa {
namespace {

class TextLayerTest : public testing::Test {
 protected:
  std::string pdf_of(const ReadPage& page) {
    MadePages pages(1, [&](PageNumber) { return page; });
    MemoryStore store;
    const auto issued = issue_document(document_of(pages), store);
    EXPECT_TRUE(issued);
    EXPECT_TRUE(issued->failed_pages.empty());
    return folder_.put("page.pdf", store.bytes(issued->pdf));
  }
  static std::string text_of(const std::string& pdf) { return run({"pdftotext", "-raw", pdf, "-"}).out; }

  Folder folder_;
};

TEST_F(TextLayerTest, GivesWordsSpacesAndLineEndsBack) {
  const std::string pdf = pdf_of(letter());
  EXPECT_EQ(text_of(pdf),
            "ỦY BAN NHÂN DÂN\nSố: 47/QĐ-UBND\nCỘNG HÒA XÃ HỘI\nCăn cứ Luật tổ chức chính quyền\n"
            "địa phương ngày 19/6/2015;\nNgười ký: Văn phòng\n\f");
}

TEST_F(TextLayerTest, PutsEachWordOnItsBox) {
  const ReadPage page = letter();
  const auto words = seen_words(pdf_of(page));
  const double scale = 595.28 / 827;
  std::size_t found = 0;
  for (const auto& block : page.page.blocks) {
    for (const auto& line : block.lines) {
      for (const auto& word : line.words) {
        const auto same = std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.text == word.text; });
        ASSERT_NE(same, words.end()) << word.text;
        EXPECT_NEAR(same->left, word.box.x * scale, 0.16) << word.text;
        EXPECT_NEAR(same->right, word.box.right() * scale, 0.16) << word.text;
        EXPECT_NEAR(same->top, word.box.y * scale, 0.5) << word.text;
        EXPECT_NEAR(same->bottom, word.box.bottom() * scale, 0.5) << word.text;
        ++found;
      }
    }
  }
  EXPECT_EQ(found, words.size());
}

/// A line of one word as a scan tilted by `degrees` (clockwise) would hold it.
ReadPage tilted_page(double degrees) {
  const double angle = degrees * std::acos(-1.0) / 180;
  const double c = std::cos(angle), s = std::sin(angle);
  ReadPage read = blank_page();
  TextLine line;
  const Point start{150, 500};
  for (int i = 0; i < 8; ++i) {
    const double along = 65.0 * i, length = 55, above = 20, below = 5;
    const auto corner = [&](double t, double n) { return Point{start.x + t * c - n * s, start.y + t * s + n * c}; };
    const Point corners[] = {corner(along, -above), corner(along + length, -above), corner(along, below),
                             corner(along + length, below)};
    double left = 1e9, top = 1e9, right = 0, bottom = 0;
    for (const auto& p : corners) {
      left = std::min(left, p.x), right = std::max(right, p.x);
      top = std::min(top, p.y), bottom = std::max(bottom, p.y);
    }
    const PixelRect box{int(std::lround(left)), int(std::lround(top)), int(std::lround(right - left)),
                        int(std::lround(bottom - top))};
    line.words.push_back({"nghiêng" + std::to_string(i), box, 90});
    line.box = united(line.box, box);
  }
  line.baseline_start = start;
  line.baseline_end = {start.x + 500 * c, start.y + 500 * s};
  read.page.blocks = {block_of({line})};
  return read;
}

class TiltedLine : public TextLayerTest, public testing::WithParamInterface<double> {};

TEST_P(TiltedLine, LiesOnItsWords) {
  const ReadPage page = tilted_page(GetParam());
  const std::string pdf = pdf_of(page);
  const auto words = seen_words(pdf);
  const double scale = 595.28 / 827;
  ASSERT_EQ(words.size(), 8u);
  for (const auto& word : page.page.blocks[0].lines[0].words) {
    const auto seen = std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.text == word.text; });
    ASSERT_NE(seen, words.end()) << word.text;
    EXPECT_NEAR((seen->left + seen->right) / 2, word.box.center_x() * scale, 1.5);
    EXPECT_NEAR((seen->top + seen->bottom) / 2, word.box.center_y() * scale, 1.5);
    EXPECT_NEAR(seen->right - seen->left, word.box.width * scale, 3.0);
  }
  const std::string raw = text_of(pdf);  // Poppler ends a line behind each word of a vertical one
  EXPECT_EQ(text::folded_spaces(raw), text::folded_spaces(page.page.text()));
}

INSTANTIATE_TEST_SUITE_P(Degrees, TiltedLine,
                         testing::Values(-8.0, -3.0, -2.0, -1.5, -0.9, -0.2, 0.0, 0.7, 1.1, 2.0, 3.0, 10.0, 90.0));

TEST_F(TextLayerTest, ManyWordsOnALineDoNotDrift) {
  ReadPage page = blank_page();
  std::vector<LaidWord> words;
  for (int i = 0; i < 60; ++i) words.push_back({"từ" + std::to_string(i), 20 + 13 * i, 10});
  page.page.blocks = {block_of({laid_line(400, 10, words)})};
  const auto seen = seen_words(pdf_of(page));
  ASSERT_EQ(seen.size(), 60u);
  EXPECT_NEAR(seen.back().left, (20 + 13 * 59) * 595.28 / 827, 0.16);
}

TEST_F(TextLayerTest, WordsThatTouchOrOverlapStayApart) {
  ReadPage page = blank_page();
  page.page.blocks = {block_of({laid_line(400, 20, {{"một", 100, 50}, {"hai", 150, 50}, {"ba", 190, 40}})})};
  EXPECT_EQ(text_of(pdf_of(page)), "một hai ba\n\f");
}

TEST_F(TextLayerTest, StrayTallWordDoesNotBlowUpItsLine) {
  ReadPage page = blank_page();
  TextLine line =
      laid_line(400, 20, {{"dấu", 60, 40}, {"Căn", 110, 44}, {"cứ", 160, 26}, {"Luật", 200, 50}, {"tổ", 260, 20}});
  line.words[0].box = {20, 340, 80, 140};
  page.page.blocks = {block_of({line})};
  for (const auto& word : seen_words(pdf_of(page))) {
    EXPECT_LT(word.bottom - word.top, 30 * 595.28 / 827) << word.text;
  }
}

TEST_F(TextLayerTest, LineWithoutBaselineUsesItsBox) {
  ReadPage page = letter();
  for (auto& block : page.page.blocks) {
    for (auto& line : block.lines) line.baseline_start = line.baseline_end = {};
  }
  const auto words = seen_words(pdf_of(page));
  ASSERT_FALSE(words.empty());
  EXPECT_NEAR(words.front().top, 80 * 595.28 / 827, 1);
}

TEST_F(TextLayerTest, SurvivesOddMeasures) {
  constexpr int huge = 2'000'000'000;
  const PixelRect boxes[] = {{0, 0, 0, 0},       {-50, -50, 10, 10}, {5000, 5000, 100, 20}, {huge, huge, huge, huge},
                             {100, 100, -5, -5}, {0, 0, huge, huge}, {-huge, 0, huge, 10},  {10, 10, 1, 900}};
  ReadPage page = blank_page();
  for (const auto& box : boxes) {
    for (const Point end : {Point{0, 0}, Point{1e300, -1e300}, Point{double(box.x), 1e9}}) {
      TextLine line;
      line.words = {{"chữ", box, 1e9F}, {"", box, 0}, {"x", box, -1}};
      line.box = box;
      line.baseline_start = {0, 1e-300};
      line.baseline_end = end;
      page.page.blocks.push_back({BlockRole::body, box, {line}});
    }
  }
  const std::string pdf = pdf_of(page);
  const auto checked = run({"qpdf", "--check", pdf});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  // A reader drops text that lies on the same text, so the words are counted in the content stream.
  const std::string content = run({"qpdf", "--qdf", pdf, "-"}).out;
  std::size_t found = 0;
  for (auto at = content.find("<006300681eef>"); at != std::string::npos; at = content.find("<006300681eef>", at + 1))
    ++found;
  EXPECT_EQ(found, std::size(boxes) * 3);
}

TEST_F(TextLayerTest, KeepsCharactersBeyondSixteenBits) {
  ReadPage page = blank_page();
  page.page.blocks = {block_of({laid_line(400, 20, {{"𝄞x𠮷", 100, 60}, {"\xEE\x80\x80", 180, 20}})})};
  EXPECT_EQ(text_of(pdf_of(page)), "𝄞x𠮷 \xEE\x80\x80\n\f");
}

TEST_F(TextLayerTest, IsWrittenInNfc) {
  ReadPage page = blank_page();
  page.page.blocks = {block_of({laid_line(400, 20, {{"Quye\xCC\x82\xCC\x81t", 100, 60}, {"đi\xCC\xA3nh", 180, 60}})})};
  EXPECT_EQ(text_of(pdf_of(page)), "Quyết định\n\f");
}

TEST_F(TextLayerTest, IsInvisible) {
  const std::string pdf = pdf_of(letter());
  const Picture picture = rendered(pdf);
  EXPECT_EQ(picture.pixels.find_first_not_of('\xFF'), std::string::npos);
}

TEST(TextLayer, IsEmptyWithoutWords) {
  issue::GlyphCodes codes;
  EXPECT_EQ(issue::text_layer({}, {1, 1, 100, 100}, "/F", codes), "");
  EXPECT_TRUE(codes.empty());
}

}  // namespace
}  // namespace sohoa
