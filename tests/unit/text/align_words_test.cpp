// Against the length of the longest common subsequence, worked out the slow way.
#include "pipeline/text/align_words.hpp"

#include <gtest/gtest.h>

#include <random>

#include "pipeline/text/plain_words.hpp"

namespace sohoa::text {
namespace {

using Words = std::vector<std::string>;

std::size_t common_length(const Words& one, const Words& other) {
  std::vector<std::vector<std::size_t>> length(one.size() + 1, std::vector<std::size_t>(other.size() + 1));
  for (std::size_t i = 1; i <= one.size(); ++i) {
    for (std::size_t j = 1; j <= other.size(); ++j) {
      length[i][j] =
          one[i - 1] == other[j - 1] ? length[i - 1][j - 1] + 1 : std::max(length[i - 1][j], length[i][j - 1]);
    }
  }
  return length[one.size()][other.size()];
}

/// The words that `places` leave equal; fails where they are not.
std::size_t equal_words(const Words& one, const Words& other, const std::vector<WordDifference>& places) {
  std::size_t at = 0, other_at = 0, equal = 0;
  const auto take = [&](std::size_t end, std::size_t other_end) {
    EXPECT_EQ(end - at, other_end - other_at);
    for (; at < end && other_at < other_end; ++at, ++other_at, ++equal) EXPECT_EQ(one[at], other[other_at]);
  };
  for (const auto& place : places) {
    EXPECT_GT(place.one_count + place.other_count, 0U);
    take(place.one_begin, place.other_begin);
    at += place.one_count;
    other_at += place.other_count;
  }
  take(one.size(), other.size());
  return equal;
}

TEST(AlignWords, LeavesAsManyWordsEqualAsCanBe) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const auto letters = 1U + random() % 8;
    const auto make = [&] {
      Words words(random() % 30);
      for (auto& word : words) word = std::string(1, static_cast<char>('a' + random() % letters));
      return words;
    };
    const auto one = make(), other = make();
    EXPECT_EQ(equal_words(one, other, differences(one, other)), common_length(one, other));
  }
}

TEST(AlignWords, NamesTheWordsThatDiffer) {
  const auto one = plain_words("Quyết định số 47/QĐ-UBND ngày 5 tháng 1");
  const auto other = plain_words("QUYẾT ĐỊNH số 48/QĐ-UBND, ngày 5 tháng 1 năm");
  EXPECT_EQ(one, (Words{"quyet", "dinh", "so", "47qdubnd", "ngay", "5", "thang", "1"}));
  EXPECT_EQ(differences(one, other), (std::vector<WordDifference>{{3, 1, 3, 1}, {8, 0, 8, 1}}));
  EXPECT_TRUE(differences(one, one).empty());
  EXPECT_EQ(differences({}, one), (std::vector<WordDifference>{{0, 0, 0, 8}}));
  EXPECT_TRUE(differences({}, {}).empty());
}

TEST(AlignWords, AlignsTwoThousandPagesOfWords) {
  Words one;
  for (int i = 0; i < 800'000; ++i) one.push_back(i % 3 == 0 ? "w" + std::to_string(i) : "w" + std::to_string(i % 500));
  auto other = one;
  for (std::size_t i = 7; i < other.size(); i += 50) other[i] = "other";
  other.erase(other.begin() + 1000, other.begin() + 1400);  // a page
  const auto places = differences(one, other);
  EXPECT_GE(equal_words(one, other, places), one.size() - 400 - one.size() / 50 - 100);
}

TEST(AlignWords, LargeStretchesWithNothingInCommonDifferAsAWhole) {
  const Words one(5000, "a"), other(6000, "b");
  EXPECT_EQ(differences(one, other), (std::vector<WordDifference>{{0, 5000, 0, 6000}}));
}

}  // namespace
}  // namespace sohoa::text
