#include "datasets/draw.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "datasets/compose.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::datasets {
namespace {

class DrawTest : public testing::Test {
 protected:
  static DocumentText document(DocumentType type, std::uint64_t seed) {
    Random random(seed);
    auto text = compose(type, Corpus::built_in(), 900, random);
    text.incoming = IncomingStamp{"BỘ PHẬN VĂN THƯ", "1274", "9/3/2025"};
    text.urgency = "HỎA TỐC";
    text.e_signature = {"Ký bởi: Ủy ban nhân dân tỉnh Nam Sơn"};
    return text;
  }

  static PageStyle style() {
    PageStyle style;
    style.number_by_pen = true;
    style.day_by_pen = true;
    style.signature_gap = 120;
    return style;
  }

  static bool is_dark(const Raster& page, std::int32_t x, std::int32_t y) {
    const auto* pixel = page.row(y) + x * 3;
    return pixel[0] < 170 || pixel[1] < 170 || pixel[2] < 170;
  }

  static int ink_in(const Raster& page, PixelRect box) {
    box = intersection(box, page.bounds());
    int count = 0;
    for (auto y = box.y; y < box.bottom(); ++y) {
      for (auto x = box.x; x < box.right(); ++x) count += is_dark(page, x, y) ? 1 : 0;
    }
    return count;
  }
};

constexpr double dpi = 150;

TEST_F(DrawTest, EveryWordsBoxHoldsInkThatTouchesItsSides) {
  const auto text = document(DocumentType::report, 4);
  const auto pages = typeset(text, style(), FontBook("Liberation Serif"));
  Random random(1);
  const auto drawn = draw_page(pages.front(), text, style(), {dpi, PageNumber{1}, SealPlace::beside_text}, random);
  int words = 0;
  for (const auto& block : drawn.truth.blocks) {
    for (const auto& line : block.lines) {
      for (const auto& word : line.words) {
        const auto box = box_of(word.outline);
        ASSERT_FALSE(box.empty()) << word.text;
        EXPECT_GT(ink_in(drawn.pixels, box), 0) << word.text;
        // A side's two outermost rows or columns have ink: the box is not too wide. Small print may be too pale for
        // that.
        if (block.kind == BlockKind::stamp || box.height < 8) continue;
        EXPECT_GT(ink_in(drawn.pixels, {box.x, box.y, 2, box.height}), 0) << word.text;
        EXPECT_GT(ink_in(drawn.pixels, {box.right() - 2, box.y, 2, box.height}), 0) << word.text;
        EXPECT_GT(ink_in(drawn.pixels, {box.x, box.y, box.width, 2}), 0) << word.text;
        EXPECT_GT(ink_in(drawn.pixels, {box.x, box.bottom() - 2, box.width, 2}), 0) << word.text;
        ++words;
      }
    }
  }
  EXPECT_GT(words, 100);
}

TEST_F(DrawTest, InkOutsideTheBoxesIsOnlyRulesAndMarks) {
  for (const auto type : {DocumentType::decision, DocumentType::report, DocumentType::letter, DocumentType::minutes}) {
    const auto text = document(type, 11);
    const auto pages = typeset(text, style(), FontBook("Liberation Serif"));
    for (std::uint32_t number = 1; number <= pages.size(); ++number) {
      Random random(2);
      const auto& placed = pages[number - 1];
      const auto drawn = draw_page(placed, text, style(), {dpi, PageNumber{number}, SealPlace::beside_text}, random);
      std::vector<PixelRect> known;
      for (const auto& block : drawn.truth.blocks) {
        for (const auto& line : block.lines) {
          for (const auto& word : line.words) known.push_back(box_of(word.outline));
        }
      }
      for (const auto& mark : drawn.truth.marks) known.push_back(box_of(mark.outline));
      for (const auto& rule : placed.rules) {
        const Outline ends = {{rule.from.x * dpi / 72 - 1, rule.from.y * dpi / 72 - 1},
                              {rule.to.x * dpi / 72 + 1, rule.to.y * dpi / 72 + 1}};
        known.push_back(box_of(ends));
      }
      std::vector<char> covered(static_cast<std::size_t>(drawn.pixels.width()) * drawn.pixels.height(), 0);
      for (auto box : known) {
        box = intersection({box.x - 1, box.y - 1, box.width + 2, box.height + 2}, drawn.pixels.bounds());
        for (auto y = box.y; y < box.bottom(); ++y)
          std::fill_n(covered.begin() + std::ptrdiff_t{y} * drawn.pixels.width() + box.x, box.width, char{1});
      }
      int strays = 0;
      for (std::int32_t y = 0; y < drawn.pixels.height(); ++y) {
        for (std::int32_t x = 0; x < drawn.pixels.width(); ++x) {
          const auto at = static_cast<std::size_t>(y) * drawn.pixels.width() + x;
          strays += covered[at] == 0 && is_dark(drawn.pixels, x, y) ? 1 : 0;
        }
      }
      EXPECT_EQ(strays, 0) << info_of(type).key << " page " << number;
    }
  }
}

TEST_F(DrawTest, TheSealIsRedAndLiesWhereItsMarkSays) {
  const auto text = document(DocumentType::directive, 3);
  const auto pages = typeset(text, style(), FontBook("Liberation Serif"));
  Random random(1);
  const DrawOptions options{dpi, PageNumber{static_cast<std::uint32_t>(pages.size())}, SealPlace::beside_text};
  const auto drawn = draw_page(pages.back(), text, style(), options, random);
  PixelRect seal;
  for (const auto& mark : drawn.truth.marks) {
    if (mark.kind == "seal") seal = box_of(mark.outline);
  }
  ASSERT_FALSE(seal.empty());
  EXPECT_NEAR(seal.width, 36 / 25.4 * dpi, 3);
  int red = 0;
  for (auto y = seal.y; y < seal.bottom(); ++y) {
    for (auto x = seal.x; x < seal.right(); ++x) {
      const auto* pixel = drawn.pixels.row(y) + x * 3;
      red += pixel[0] > pixel[1] + 50 ? 1 : 0;
    }
  }
  EXPECT_GT(red, seal.area() / 20);
}

TEST_F(DrawTest, SealsStandWhereOfficesStampThem) {
  const auto text = document(DocumentType::directive, 3);
  const auto pages = typeset(text, style(), FontBook("Liberation Serif"));
  const auto& place = pages.back().signatures.front();
  constexpr double pixels_per_mm = dpi / 25.4, pixels_per_point = dpi / 72;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    const DrawOptions options{dpi, PageNumber{static_cast<std::uint32_t>(pages.size())}, SealPlace::as_stamped};
    const auto drawn = draw_page(pages.back(), text, style(), options, random);
    const auto seal = std::find_if(drawn.truth.marks.begin(), drawn.truth.marks.end(),
                                   [](const TrueMark& mark) { return mark.kind == "seal"; });
    ASSERT_NE(seal, drawn.truth.marks.end());
    const auto box = box_of(seal->outline);
    const double above = (place.name_baseline * pixels_per_point - box.bottom()) / pixels_per_mm;
    const double beside = (place.center_x * pixels_per_point - box.center_x()) / pixels_per_mm;
    EXPECT_GT(above, -1.7);
    EXPECT_LT(above, 9.7);
    EXPECT_GT(beside, 14.8);
    EXPECT_LT(beside, 28.2);
  }
}

TEST_F(DrawTest, EveryTypeComposesInNfcAndFitsThePage) {
  for (const auto& info : all_types()) {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      Random random(seed);
      const auto text = compose(info.type, Corpus::built_in(), 3000, random);
      const FontBook fonts("Liberation Serif");
      const auto pages = typeset(text, PageStyle{}, fonts);
      ASSERT_FALSE(pages.empty());
      EXPECT_EQ(pages.back().signatures.empty(), false);
      for (const auto& page : pages) {
        for (const auto& block : page.blocks) {
          for (const auto& line : block.lines) {
            ASSERT_FALSE(line.words.empty());
            EXPECT_LT(line.baseline, page_height - 40) << info.key;
            EXPECT_GE(line.words.front().x, PageStyle{}.left - 12) << info.key;
            for (const auto& word : line.words) {
              EXPECT_EQ(text::nfc(word.text), word.text);
              EXPECT_TRUE(fonts.covers(word.text)) << word.text;
            }
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace sohoa::datasets
