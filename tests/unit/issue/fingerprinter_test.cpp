#include "pipeline/issue/fingerprinter.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace sohoa::issue {
namespace {

RecognizedPage page_saying(const std::string& text) {
  RecognizedPage page;
  TextLine line;
  std::istringstream words(text);
  for (std::string word; words >> word;) line.words.push_back({word, {}, 90});
  page.blocks.push_back({});
  page.blocks.back().lines.push_back(line);
  return page;
}

Fingerprint print_of(const std::vector<std::string>& pages) {
  Fingerprinter fingerprinter;
  for (const auto& page : pages) fingerprinter.add_page(page_saying(page));
  return fingerprinter.finish();
}

double share(const TextSketch& one, const TextSketch& other) {
  double equal = 0;
  for (std::size_t i = 0; i < TextSketch::size; ++i) equal += one.minima.at(i) == other.minima.at(i);
  return equal / TextSketch::size;
}

/// `count` words, of which those from `first` on are called otherwise.
std::string text(int count, int first = 1'000'000) {
  std::string words;
  for (int i = 0; i < count; ++i)
    words += (i < first ? "tu" : "khac") + std::string(1, char('a' + i % 26)) + std::to_string(i) + ' ';
  return words;
}

TEST(Fingerprinter, IsBlindToMarksCaseSpacesAndPageBreaks) {
  const auto one = print_of({"Quyết định về việc", "bổ nhiệm cán bộ."});
  EXPECT_EQ(one.text, print_of({"QUYET  ĐỊNH, về việc bổ nhiệm - CÁN BỘ"}).text);
  EXPECT_EQ(one.text.words, 8U);
}

TEST(Fingerprinter, EstimatesWhatTextsShare) {
  for (const int same : {900, 600, 300, 0}) {
    const double pairs = 999.0;  // of 1,000 words
    const double common = same == 0 ? 0 : same - 1;
    const double exact = common / (2 * pairs - common);
    EXPECT_NEAR(share(print_of({text(1000)}).text, print_of({text(1000, same)}).text), exact, 0.16) << same;
  }
}

TEST(Fingerprinter, NumbersWeighMoreThanWords) {
  std::string form, numbers, names;
  for (int i = 0; i < 200; ++i) {
    const std::string word = std::string(1, char('a' + i % 26)) + std::string(1, char('a' + i / 26)) + ' ';
    form += i % 20 == 0 ? "1234" + word : word;
    numbers += i % 20 == 0 ? "9876" + word : word;
    names += i % 20 == 0 ? "xyzt" + word : word;
  }
  std::string plain = form;
  for (auto& c : plain) c = c >= '1' && c <= '4' ? 'q' : c;
  EXPECT_LT(share(print_of({form}).text, print_of({numbers}).text),
            share(print_of({plain}).text, print_of({names}).text));
}

TEST(Fingerprinter, EmptyTextBlankAndUnreadPagesSayNothing) {
  Fingerprinter fingerprinter;
  fingerprinter.add_page(RecognizedPage());
  fingerprinter.add_unread_page();
  const auto print = fingerprinter.finish();
  EXPECT_EQ(print.pages, (std::vector<std::optional<PageHash>>{std::nullopt, std::nullopt}));
  EXPECT_EQ(print.text, TextSketch());
  EXPECT_TRUE(print_of({"mot"}).text.minima.empty()) << "no pair of words";
  EXPECT_TRUE(Fingerprinter().finish().empty());
}

TEST(Fingerprinter, TwoThousandPagesMakeNoLargerPrintThanThirtyTwo) {
  Fingerprinter fingerprinter;
  for (int i = 0; i < 2000; ++i) {
    auto page = page_saying(text(20) + std::to_string(i));
    page.hash = PageHash{};
    fingerprinter.add_page(page);
  }
  const auto print = fingerprinter.finish();
  EXPECT_EQ(print.pages.size(), Fingerprint::most_pages);
  EXPECT_EQ(print.text.minima.size(), TextSketch::size);
  EXPECT_EQ(print.text.words, 2000U * 21);
}

}  // namespace
}  // namespace sohoa::issue
