#include "pipeline/flow/cut.hpp"

#include <gtest/gtest.h>

#include <random>

namespace sohoa::flow {
namespace {

/// A letter a page: p paper, b blank, S separator, A and B cover sheets of dossiers "A" and "B" (the latter for
/// component "TP1").
std::vector<PageFacts> stack_of(std::string_view letters) {
  std::vector<PageFacts> pages;
  for (const char letter : letters) {
    PageFacts page;
    if (letter == 'b') page.blank = true;
    if (letter == 'S') page.sheet = Sheet{};
    if (letter == 'A') page.sheet = Sheet{Sheet::Kind::cover, "A", ""};
    if (letter == 'B') page.sheet = Sheet{Sheet::Kind::cover, "B", "TP1"};
    pages.push_back(page);
  }
  return pages;
}

/// "2+3 A/TP1": three pages from page 2 on, of component TP1 of dossier A.
std::string text_of(const Cut& cut) {
  std::string text;
  for (const auto& part : cut.parts) {
    text += (text.empty() ? "" : ", ") + std::to_string(part.first_page) + '+' + std::to_string(part.pages);
    if (!part.dossier.empty()) text += ' ' + part.dossier;
    if (!part.component.empty()) text += '/' + part.component;
  }
  return text + " | " + std::to_string(cut.sheets) + " " + std::to_string(cut.blank_pages);
}

struct Row {
  const char* name;
  const char* pages;
  const char* split;
  const char* expected;  ///< documents | sheets, blank pages
};

TEST(Cut, PutsEveryPageWhereItBelongs) {
  const Row rows[] = {
      {"separators between", "ppSpSppp", "sheets", "1+2, 4+1, 6+3 | 2 0"},
      {"separator first and last", "SppS", "sheets", "2+2 | 2 0"},
      {"two separators", "pSSp", "sheets", "1+1, 4+1 | 2 0"},
      {"sheets only", "SAS", "sheets", " | 3 0"},
      {"no page", "", "sheets", " | 0 0"},
      {"one page", "p", "sheets", "1+1 | 0 0"},
      {"no sheet: whole, blank backs and all", "bppb", "sheets", "1+4 | 0 0"},
      {"blank backs of sheets", "SbpbpbS", "sheets", "3+3 | 2 2"},
      {"a blank page inside a paper stays", "SpbpS", "sheets", "2+3 | 2 0"},
      {"nothing but blank between sheets", "SbbSp", "sheets", "5+1 | 2 2"},
      {"covers hold for what follows", "pApSpBpSp", "sheets", "1+1, 3+1 A, 5+1 A, 7+1 B/TP1, 9+1 B/TP1 | 4 0"},
      {"a cover takes the component away", "BpAp", "sheets", "2+1 B/TP1, 4+1 A | 2 0"},
      {"blank pages", "ppbpbbp", "blank", "1+2, 4+1, 7+1 | 0 3"},
      {"blank pages and a cover", "ApbpSp", "blank", "2+1 A, 4+1 A, 6+1 A | 2 1"},
      {"blank at both ends", "bpb", "blank", "2+1 | 0 2"},
      {"nothing but blank", "bb", "blank", " | 0 2"},
      {"by count", "ppppp", "2", "1+2, 3+2, 5+1 | 0 0"},
      {"by count, blank pages are pages", "pbpb", "2", "1+2, 3+2 | 0 0"},
      {"by count, from 1 after a sheet", "pppSpp", "2", "1+2, 3+1, 5+2 | 1 0"},
      {"count above the pages", "ppp", "5", "1+3 | 0 0"},
  };
  for (const auto& row : rows) {
    const auto split = split_of(row.split);
    ASSERT_TRUE(split) << row.name;
    EXPECT_EQ(text_of(cut(stack_of(row.pages), *split, "")), row.expected) << row.name;
  }
}

TEST(Cut, GivesTheSubmissionsDossierToWhatComesBeforeTheFirstCover) {
  EXPECT_EQ(text_of(cut(stack_of("pSpAp"), *split_of("sheets"), "D")), "1+1 D, 3+1 D, 5+1 A | 2 0");
}

TEST(Cut, LosesNoPageOfAnyStack) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string letters;
    for (int i = std::uniform_int_distribution(0, 12)(random); i > 0; --i) {
      letters += "ppppbbSAB"[std::uniform_int_distribution(0, 8)(random)];
    }
    for (const char* way : {"sheets", "blank", "1", "3"}) {
      const auto pages = stack_of(letters);
      const auto pieces = cut(pages, *split_of(way), "");
      ASSERT_EQ(pieces.sums().pages(), letters.size()) << letters << " by " << way;
      ASSERT_EQ(pieces.sheets, std::count_if(letters.begin(), letters.end(), [](char c) { return c < 'a'; }));
      std::uint32_t next = 1;
      for (const auto& part : pieces.parts) {
        ASSERT_GE(part.first_page, next) << letters << " by " << way;
        ASSERT_GT(part.pages, 0);
        next = part.first_page + part.pages;
        ASSERT_LE(next, letters.size() + 1);
        for (auto page = part.first_page; page < next; ++page) ASSERT_FALSE(pages[page - 1].sheet);
      }
    }
  }
}

TEST(Cut, TakesPatchTForASeparatorAndOtherCodesForNone) {
  RecognizedPage page;
  page.barcodes = {{BarcodeFormat::patch_t, "", {}}};
  EXPECT_EQ(facts_of(page).sheet, Sheet{});
  page.barcodes = {{BarcodeFormat::patch_t, "", {}}, {BarcodeFormat::qr, "SOHOA1|D|A|", {}}};
  EXPECT_EQ(facts_of(page).sheet->dossier, "A");
  page.barcodes = {{BarcodeFormat::qr, "https://example.org", {}}, {BarcodeFormat::code_128, "SOHOA1|S", {}}};
  EXPECT_FALSE(facts_of(page).sheet);
}

}  // namespace
}  // namespace sohoa::flow
