#include "ocr/language/choose_words.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "pipeline/model/review.hpp"

namespace sohoa::ocr::language {
namespace {

/// One block of one line with the words of `text`, all read with `confidence`.
std::vector<Block> line_of(const std::string& text, float confidence = 96.5F) {
  TextLine line;
  std::istringstream in(text);
  for (std::string word; in >> word;) {
    Word one;
    one.text = word;
    one.confidence = confidence;
    line.words.push_back(std::move(one));
  }
  Block block;
  block.lines.push_back(std::move(line));
  return {block};
}

Word& word(std::vector<Block>& blocks, std::size_t i) {
  return blocks[0].lines[0].words[i];
}

std::string chosen(std::vector<Block>& blocks) {
  choose_words(blocks, SyllableModel::built_in());
  return blocks[0].lines[0].text();
}

TEST(ChooseWords, NeighboursTellWhichMarkItIs) {
  auto spending = line_of("dự toán chỉ ngân sách nhà nước");
  word(spending, 2).alternatives = {{"chi", -4.5F}, {"chị", -8}};
  EXPECT_EQ(chosen(spending), "dự toán chi ngân sách nhà nước");

  auto pointing = line_of("sự chỉ đạo của Thủ tướng");
  word(pointing, 1).alternatives = {{"chi", -4.5F}};
  EXPECT_EQ(chosen(pointing), "sự chỉ đạo của Thủ tướng");
}

TEST(ChooseWords, WithoutATraceNeighboursMustBeUnheardOf) {
  auto spending = line_of("dự toán chỉ ngân sách nhà nước");
  EXPECT_EQ(chosen(spending), "dự toán chỉ ngân sách nhà nước");

  auto doubted = line_of("xây dựng “kê hoạch phát triển", 97);
  EXPECT_EQ(chosen(doubted), "xây dựng “kê hoạch phát triển");
  ASSERT_TRUE(is_doubtful(word(doubted, 2)));
  EXPECT_EQ(word(doubted, 2).alternatives.at(0).text, "“kế");

  auto guessed = line_of("tổ chức triên khai thực hiện", 97);
  EXPECT_EQ(chosen(guessed), "tổ chức triển khai thực hiện");
  EXPECT_TRUE(is_doubtful(word(guessed, 2)));

  for (const char* text : {"Đồng chí Lê Hoach Dung", "mã số 12Kê hoạch", "theo KÊ hoạch", "the plan hoach"}) {
    auto blocks = line_of(text);
    EXPECT_EQ(chosen(blocks), text);
  }
}

TEST(ChooseWords, AHookThatWasLostLeavesAFaintTrace) {
  auto adding = line_of("sửa đổi và bố sung một số điều");
  word(adding, 3).alternatives = {{"bổ", -9.8F}};
  EXPECT_EQ(chosen(adding), "sửa đổi và bổ sung một số điều");

  auto planning = line_of("ban hành kế hoạch");
  word(planning, 2).alternatives = {{"kể", -9.8F}};
  EXPECT_EQ(chosen(planning), "ban hành kế hoạch");
}

TEST(ChooseWords, NamesAreNotMadeIntoCommonWords) {
  auto person = line_of("Đồng chí Đinh Thanh Anh là");
  word(person, 2).alternatives = {{"Định", -3.5F}};
  EXPECT_EQ(chosen(person), "Đồng chí Đinh Thanh Anh là");

  auto signer = line_of("CHỦ TỊCH Trương Phương Thiện");
  word(signer, 2).alternatives = {{"Trường", -0.9F}};
  EXPECT_EQ(chosen(signer), "CHỦ TỊCH Trương Phương Thiện");

  auto sentence = line_of("Tống cục Thuế hướng dẫn");  // a sentence's first word is no name
  word(sentence, 0).alternatives = {{"Tổng", -5}};
  EXPECT_EQ(chosen(sentence), "Tổng cục Thuế hướng dẫn");
}

TEST(ChooseWords, LanguageHasNoSayInCapitals) {
  auto blocks = line_of("thực hiện nghị quyết");
  word(blocks, 1).alternatives = {{"hiỆn", 2.5F}};
  EXPECT_EQ(chosen(blocks), "thực hiện nghị quyết");
}

TEST(ChooseWords, WhatNeighboursAskForButTheNetworkHardlySawIsDoubted) {
  auto sure = line_of("phục vụ chi quản lý", 96), doubted = sure;
  word(doubted, 2).alternatives = {{"chỉ", -9}};
  choose_words(sure, SyllableModel::built_in());
  choose_words(doubted, SyllableModel::built_in());
  EXPECT_LT(word(doubted, 2).certainty, word(sure, 2).certainty);
}

TEST(ChooseWords, NeighboursMayStandInTheLineBefore) {
  auto blocks = line_of("dự toán");
  blocks[0].lines.push_back(line_of("chỉ ngân sách")[0].lines[0]);
  blocks[0].lines[1].words[0].alternatives = {{"chi", -5}};
  choose_words(blocks, SyllableModel::built_in());
  EXPECT_EQ(blocks[0].lines[1].text(), "chi ngân sách");
}

TEST(ChooseWords, NumbersNamesAndAbbreviationsKeepTheirLetters) {
  auto number = line_of("Số: 1O8/QĐ-UBND");
  word(number, 1).alternatives = {{"108/QĐ-UBND", -0.1F}};
  EXPECT_EQ(chosen(number), "Số: 1O8/QĐ-UBND");

  auto abbreviation = line_of("giữa BTT và các bên");
  word(abbreviation, 1).alternatives = {{"BYT", -3}};
  EXPECT_EQ(chosen(abbreviation), "giữa BTT và các bên");

  auto unknown_syllable = line_of("dân tộc Kpă ở");
  word(unknown_syllable, 2).alternatives = {{"Kpâ", 1}};
  EXPECT_EQ(chosen(unknown_syllable), "dân tộc Kpă ở");
}

TEST(ChooseWords, DoubtfulWordsShowTheirAlternatives) {
  auto blocks = line_of("Ủy ban nhân dân tỉnh", 97);
  word(blocks, 3).confidence = 30;
  word(blocks, 3).alternatives = {{"dần", -0.2F}, {"dấn", -6}, {"dận", -7}, {"dân.", -3}, {"dàn", -0.4F}};
  choose_words(blocks, SyllableModel::built_in());
  EXPECT_FALSE(is_doubtful(word(blocks, 2)));
  EXPECT_TRUE(word(blocks, 2).alternatives.empty());
  ASSERT_TRUE(is_doubtful(word(blocks, 3)));
  const auto& shown = word(blocks, 3).alternatives;
  ASSERT_LE(shown.size(), 3U);
  EXPECT_TRUE(std::is_sorted(shown.begin(), shown.end(), [](auto& a, auto& b) { return a.odds > b.odds; }));
}

TEST(ChooseWords, WhatWasReadIsAnAlternativeToWhatWasChosen) {
  auto blocks = line_of("dự toán chỉ ngân sách", 40);
  word(blocks, 2).alternatives = {{"chi", -6}};
  choose_words(blocks, SyllableModel::built_in());
  ASSERT_EQ(word(blocks, 2).text, "chi");
  ASSERT_TRUE(is_doubtful(word(blocks, 2)));
  ASSERT_EQ(word(blocks, 2).alternatives.size(), 1U);
  EXPECT_EQ(word(blocks, 2).alternatives[0].text, "chỉ");
  EXPECT_LT(word(blocks, 2).alternatives[0].odds, 0);
}

TEST(Certainty, FallsWithTheNetworksConfidence) {
  float last = 1;
  for (const float confidence : {97.5F, 95.0F, 90.0F, 70.0F, 40.0F, 0.0F}) {
    auto with = line_of("Ủy ban nhân dân tỉnh", confidence);
    choose_words(with, SyllableModel::built_in());
    EXPECT_LT(word(with, 2).certainty, last) << confidence;
    last = word(with, 2).certainty;
  }
  EXPECT_LT(last, sure_word);
}

TEST(Certainty, IsLessForWhatIsNoSyllable) {
  auto known = line_of("nhân dân tỉnh", 70), unknown = line_of("nhân dqn tỉnh", 70);
  choose_words(known, SyllableModel::built_in());
  choose_words(unknown, SyllableModel::built_in());
  EXPECT_FALSE(is_doubtful(word(known, 1)));
  EXPECT_TRUE(is_doubtful(word(unknown, 1)));
}

TEST(RateWords, GoesByConfidenceAlone) {
  auto blocks = line_of("the quick brown fox", 97);
  word(blocks, 1).confidence = 50;
  word(blocks, 1).alternatives = {{"quiet", -1}};
  rate_words(blocks);
  EXPECT_EQ(blocks[0].lines[0].text(), "the quick brown fox");
  EXPECT_FALSE(is_doubtful(word(blocks, 0)));
  EXPECT_TRUE(is_doubtful(word(blocks, 1)));
  EXPECT_TRUE(word(blocks, 1).alternatives.empty());
}

}  // namespace
}  // namespace sohoa::ocr::language
