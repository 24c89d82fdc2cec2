#include "ocr/lstm/step_outputs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace sohoa::ocr::lstm {
namespace {

std::vector<StepOutputs> reduced(const std::vector<float>& values, std::int32_t classes, std::int32_t null_code) {
  std::vector<StepOutputs> steps;
  reduce({.values = values, .steps = static_cast<std::int32_t>(values.size()) / classes, .classes = classes}, null_code,
         steps);
  return steps;
}

TEST(StepOutputs, FindsTheTwoBestOfEachStep) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> logarithm(-20, 0);
  for (const std::int32_t classes : {2, 3, 4, 5, 15, 16, 17, 111, 269}) {
    std::vector<float> values(static_cast<std::size_t>(classes) * 200);
    for (auto& value : values) value = std::exp(logarithm(random));
    const auto steps = reduced(values, classes, classes - 1);
    ASSERT_EQ(steps.size(), 200U);
    for (std::size_t t = 0; t < steps.size(); ++t) {
      const auto* row = values.data() + t * static_cast<std::size_t>(classes);
      std::vector<std::int32_t> ranked(static_cast<std::size_t>(classes));
      std::iota(ranked.begin(), ranked.end(), 0);
      std::stable_sort(ranked.begin(), ranked.end(), [&](auto x, auto y) { return row[x] > row[y]; });
      const auto& step = steps[t];
      EXPECT_EQ(std::minmax(step.a, step.b), std::minmax(ranked[0], ranked[1])) << classes << " " << t;
      EXPECT_EQ(step.a_probability, row[step.a]);
      EXPECT_EQ(step.b_probability, row[step.b]);
      EXPECT_EQ(step.null_probability, row[classes - 1]);
    }
  }
}

TEST(StepOutputs, TakesOfEqualClassesThoseThatTheOraclesHeapGives) {
  struct Row {
    const char* name;
    std::vector<float> values;
    std::pair<std::int32_t, std::int32_t> best;
  };
  // A heap of five, least on top: 0 goes, then what its place was filled from (4), then 3, and 2 and 1 are left.
  for (const auto& row : {Row{"all equal", {.1F, .1F, .1F, .1F, .1F, .1F, .1F}, {1, 2}},
                          // 0 goes; 4 fills its place and goes; 3 would, but is larger, so that 1 moves up and goes.
                          Row{"one above", {.1F, .1F, .1F, .5F, .1F}, {2, 3}},
                          Row{"nothing at all", std::vector<float>(20, 0.0F), {1, 2}}}) {
    const auto steps = reduced(row.values, static_cast<std::int32_t>(row.values.size()), 0);
    ASSERT_EQ(steps.size(), 1U);
    EXPECT_EQ(std::minmax(steps[0].a, steps[0].b), std::minmax(row.best.first, row.best.second)) << row.name;
  }
}

TEST(StepOutputs, ForgetsTheStepBefore) {
  // What was best in the first step says nothing about the second.
  std::vector<float> values(40, 0.001F);
  values[3] = .9F;
  values[7] = .1F;
  values[20 + 18] = .8F;
  values[20 + 19] = .2F;
  const auto steps = reduced(values, 20, 0);
  EXPECT_TRUE(steps[0].has(3) && steps[0].has(7));
  EXPECT_TRUE(steps[1].has(18) && steps[1].has(19));
  EXPECT_FALSE(steps[1].has(3));
}

}  // namespace
}  // namespace sohoa::ocr::lstm
