#include "ocr/lstm/dawg.hpp"

#include <gtest/gtest.h>

#include "tests/unit/ocr_lstm/model_bytes.hpp"

namespace sohoa::ocr::lstm {
namespace {

using test::dawg_bytes;

bool has_word(const Dawg& dawg, const std::vector<std::int32_t>& word) {
  auto edge = Dawg::nowhere;
  for (const auto letter : word) {
    edge = dawg.next(edge, letter);
    if (edge == Dawg::nowhere) return false;
  }
  return dawg.ends_word(edge);
}

TEST(Dawg, FindsItsWordsAndNoOthers) {
  const std::vector<std::vector<std::int32_t>> words{{1}, {1, 2}, {1, 2, 3}, {5, 1}, {6, 6, 6, 6}, {7}};
  const auto dawg = Dawg::parse(dawg_bytes(words, 8));
  ASSERT_TRUE(dawg);
  for (const auto& word : words) EXPECT_TRUE(has_word(*dawg, word));
  for (const auto& other :
       std::vector<std::vector<std::int32_t>>{{2}, {5}, {6, 6}, {1, 2, 3, 1}, {7, 7}, {1, 3}, {100}}) {
    EXPECT_FALSE(has_word(*dawg, other));
  }
  EXPECT_TRUE(dawg->has_word_of_one(1));
  EXPECT_TRUE(dawg->has_word_of_one(7));
  EXPECT_FALSE(dawg->has_word_of_one(5));
  EXPECT_FALSE(dawg->has_word_of_one(2));
}

TEST(Dawg, ReadsAnyWidthOfLetters) {
  for (const std::int32_t letters : {1, 2, 3, 7, 8, 255, 256, 60'000}) {
    const auto last = letters - 1;
    const auto dawg = Dawg::parse(dawg_bytes({{last}, {last, last, 0}}, letters));
    ASSERT_TRUE(dawg) << letters;
    EXPECT_TRUE(has_word(*dawg, {last, last, 0})) << letters;
    EXPECT_FALSE(has_word(*dawg, {last, last})) << letters;
  }
}

TEST(Dawg, RefusesDamagedBytes) {
  const auto good = dawg_bytes({{1, 2}, {3}}, 4);
  const auto changed = [&](std::size_t at, std::uint8_t value) {
    auto bytes = good;
    bytes[at] = value;
    return bytes;
  };
  constexpr std::size_t edges = 10;  // after magic, letters and count
  struct Row {
    const char* name;
    Bytes bytes;
  };
  for (const auto& row : {Row{"empty", {}}, Row{"magic", changed(0, 43)}, Row{"no letters", changed(2, 0)},
                          Row{"negative letters", changed(5, 0xFF)}, Row{"more edges than bytes", changed(6, 100)},
                          Row{"no edges", changed(6, 0)}, Row{"edge out of range", changed(edges + 7, 1)},
                          // 3 bits of letter, then "last" (8) and "backward" (16).
                          Row{"root backward", changed(edges, good[edges] | 16U)},
                          Row{"no last edge", changed(good.size() - 8, good[good.size() - 8] & 0xF7U)}}) {
    const auto dawg = Dawg::parse(row.bytes);
    ASSERT_FALSE(dawg) << row.name;
    EXPECT_EQ(dawg.error().code, ErrorCode::invalid_input) << row.name;
  }
}

}  // namespace
}  // namespace sohoa::ocr::lstm
