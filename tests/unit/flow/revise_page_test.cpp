#include "pipeline/flow/revise_page.hpp"

#include <gtest/gtest.h>

#include "pipeline/model/text.hpp"

namespace sohoa::flow {
namespace {

Word word(const std::string& text, PixelRect box) {
  Word one;
  one.text = text;
  one.box = box;
  one.confidence = 60;
  one.certainty = 0.5F;
  one.alternatives = {{"khác", -1}};
  return one;
}

/// A head line, a body line with three words, and a stamp.
RecognizedPage page() {
  RecognizedPage made;
  made.number = {1};
  made.text_source = TextSource::recognized;
  const auto add = [&](BlockRole role, std::vector<Word> words) {
    TextLine line;
    line.words = std::move(words);
    for (const auto& one : line.words) line.box = united(line.box, one.box);
    Block block;
    block.role = role;
    block.box = line.box;
    block.lines.push_back(std::move(line));
    made.blocks.push_back(std::move(block));
  };
  add(BlockRole::body,
      {word("SỞ", {100, 100, 50, 30}), word("TƯ", {160, 100, 50, 30}), word("PHÁP", {220, 100, 90, 30})});
  add(BlockRole::body,
      {word("Quyêt", {100, 200, 80, 30}), word("đinh", {190, 200, 60, 30}), word("này", {260, 200, 50, 30})});
  add(BlockRole::stamp, {word("ĐẾN", {600, 100, 80, 40})});
  return made;
}

std::string text(const RecognizedPage& made) {
  std::string all;
  for (const auto& block : made.blocks) {
    for (const auto& line : block.lines) all += line.text() + "\n";
  }
  return all;
}

void correct(RecognizedPage& made, WordCorrection& correction) {
  correct_words(made, {&correction}, "cb-01", "2026-11-23T08:00:00.000+07:00");
}

TEST(CorrectWords, ReplacesAWordAndLocksIt) {
  auto made = page();
  WordCorrection correction{{1}, {190, 200, 60, 30}, "định", ""};
  correct(made, correction);
  EXPECT_EQ(text(made), "SỞ TƯ PHÁP\nQuyêt định này\nĐẾN\n");
  EXPECT_EQ(correction.was, "đinh");
  const auto& set_right = made.blocks[1].lines[0].words[1];
  EXPECT_EQ(set_right.box, (PixelRect{190, 200, 60, 30}));
  EXPECT_EQ(set_right.certainty, 1);
  EXPECT_TRUE(set_right.alternatives.empty());
  EXPECT_EQ(set_right.correction, (Correction{"cb-01", "2026-11-23T08:00:00.000+07:00", "đinh"}));
  EXPECT_FALSE(made.blocks[1].lines[0].words[0].correction);
}

TEST(CorrectWords, JoinsSplitsAndTakesAway) {
  auto made = page();
  WordCorrection joined{{1}, {100, 200, 150, 30}, "Quyết định", ""};
  correct(made, joined);
  EXPECT_EQ(joined.was, "Quyêt đinh");
  EXPECT_EQ(text(made), "SỞ TƯ PHÁP\nQuyết định này\nĐẾN\n");
  const auto& words = made.blocks[1].lines[0].words;
  EXPECT_EQ(words[0].box.x, 100);
  EXPECT_LT(words[0].box.right(), words[1].box.x);
  EXPECT_EQ(words[1].box.right(), 250);

  WordCorrection gone{{1}, {260, 200, 50, 30}, "", ""};
  correct(made, gone);
  EXPECT_EQ(text(made), "SỞ TƯ PHÁP\nQuyết định\nĐẾN\n");

  WordCorrection stamp{{1}, {600, 100, 80, 40}, "", ""};
  correct(made, stamp);
  EXPECT_EQ(text(made), "SỞ TƯ PHÁP\nQuyết định\n");
}

TEST(CorrectWords, PutsInWhatWasNotRead) {
  auto made = page();
  WordCorrection between{{1}, {330, 200, 60, 28}, "được", ""};
  correct(made, between);
  EXPECT_EQ(between.was, "");
  WordCorrection below{{1}, {100, 900, 300, 30}, "Nơi nhận:", ""};
  correct(made, below);
  WordCorrection first{{1}, {40, 102, 50, 28}, "(", ""};
  correct(made, first);
  EXPECT_EQ(text(made), "( SỞ TƯ PHÁP\nQuyêt đinh này được\nNơi nhận:\nĐẾN\n");
  ASSERT_EQ(made.blocks.size(), 4U);
  EXPECT_EQ(made.blocks[2].lines[0].words.size(), 2U);
}

TEST(CorrectWords, ABlankPageGetsItsText) {
  RecognizedPage blank;
  blank.text_source = TextSource::none;
  WordCorrection correction{{1}, {10, 10, 100, 20}, "MẬT", ""};
  correct(blank, correction);
  EXPECT_EQ(text(blank), "MẬT\n");
  EXPECT_EQ(blank.text_source, TextSource::recognized);
}

TEST(KeepLockedWords, OverAReadingThatSplitsOrMovesThem) {
  auto before = page();
  WordCorrection correction{{1}, {190, 200, 60, 30}, "định", ""};
  correct(before, correction);
  auto fresh = page();
  auto& words = fresh.blocks[1].lines[0].words;
  words = {word("Quyết", {99, 201, 82, 30}), word("đ", {188, 203, 20, 26}), word("inh", {212, 201, 41, 29}),
           word("này.", {261, 199, 58, 33})};
  keep_locked_words(fresh, before);
  EXPECT_EQ(text(fresh), "SỞ TƯ PHÁP\nQuyết định này.\nĐẾN\n");
  EXPECT_TRUE(fresh.blocks[1].lines[0].words[1].correction);

  auto empty = page();
  empty.blocks.clear();
  keep_locked_words(empty, before);
  EXPECT_EQ(text(empty), "định\n");
}

}  // namespace
}  // namespace sohoa::flow
