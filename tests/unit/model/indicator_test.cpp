#include "pipeline/model/indicator.hpp"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

Indicator find(const Tally& tally, std::string_view code, const std::optional<Formalities>& formalities = {}) {
  for (const auto& one : indicators(tally, formalities)) {
    if (one.code == code) return one;
  }
  ADD_FAILURE() << code;
  return {};
}

Tally digitized(std::uint64_t done, std::uint64_t all) {
  Tally tally;
  tally[Metric::received] = all;
  tally[Metric::fully_digitized] = done;
  tally[Metric::synced] = done;
  return tally;
}

TEST(IndicatorTest, HasTwoDecimalsRoundedHalfUp) {
  EXPECT_EQ(two_decimals(find(digitized(2, 3), "SO_HOA_GIAY_TO_GIAI_QUYET").percent_hundredths), "66.67");
  EXPECT_EQ(two_decimals(find(digitized(1, 3), "SO_HOA_GIAY_TO_GIAI_QUYET").percent_hundredths), "33.33");
  EXPECT_EQ(two_decimals(find(digitized(1, 800), "SO_HOA_GIAY_TO_GIAI_QUYET").percent_hundredths), "0.13");
  EXPECT_EQ(two_decimals(find(digitized(5, 5), "SO_HOA_GIAY_TO_GIAI_QUYET").percent_hundredths), "100.00");
}

TEST(IndicatorTest, GivesFullPointsFromEightyPercentOn) {
  const auto score = [](std::uint64_t done) {
    return two_decimals(find(digitized(done, 1000), "SO_HOA_GIAY_TO_GIAI_QUYET").score_hundredths);
  };
  EXPECT_EQ(score(800), "4.00");
  EXPECT_EQ(score(1000), "4.00");
  EXPECT_EQ(score(799), "4.00") << "3.995, rounded";
  EXPECT_EQ(score(790), "3.95");
  EXPECT_EQ(score(400), "2.00");
  EXPECT_EQ(score(0), "0.00");
}

TEST(IndicatorTest, ScalesTheOthersPlainly) {
  EXPECT_EQ(two_decimals(find(digitized(800, 1000), "SYNCED_WITH_DVCQG_PERSONAL_STORAGE").score_hundredths), "3.20");
}

TEST(IndicatorTest, IsNotAvailableWithoutADenominator) {
  const auto none = find({}, "ORIGINAL_RESULT_AVAILABLE");
  EXPECT_EQ(none.percent_hundredths, std::nullopt);
  EXPECT_EQ(two_decimals(none.percent_hundredths), "N/A");
  EXPECT_EQ(two_decimals(none.score_hundredths), "N/A");
  EXPECT_EQ(two_decimals(find(digitized(0, 4), "SO_HOA_GIAY_TO_GIAI_QUYET").percent_hundredths), "0.00")
      << "zero is not null";
}

TEST(IndicatorTest, CountsFormalitiesWhereTheyAreKnown) {
  EXPECT_EQ(find({}, "CITIZEN_DATA_CONNECTED_FORMALITY", Formalities{4, 1}).percent_hundredths, 2500U);
  EXPECT_EQ(indicators({}, std::nullopt).size() + 1, indicators({}, Formalities{}).size());
}

TEST(IndicatorTest, ShowsCertifiedCopiesAsNotAvailable) {
  const auto open = find(digitized(5, 5), "ELECTRONIC_CERTIFIED_COPY");
  EXPECT_EQ(open.points, 2U);
  EXPECT_EQ(two_decimals(open.percent_hundredths), "N/A");
}

TEST(IndicatorTest, ReadsMonths) {
  EXPECT_EQ(iso_month(*month_of(std::string_view("2025-07"))), "2025-07");
  for (const auto* bad : {"", "2025", "2025-13", "2025-7", "2025-07-01"})
    EXPECT_FALSE(month_of(std::string_view(bad))) << bad;
}

}  // namespace
}  // namespace sohoa
