// Every instruction set's kernels against the plain reference: the same bits in exact mode, close in fast mode.
#include "ocr/lstm/kernels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "ocr/lstm/activation_tables.hpp"
#include "ocr/lstm/forward_pass.hpp"
#include "tests/unit/ocr_lstm/small_network.hpp"

namespace sohoa::ocr::lstm {
namespace {

std::vector<float> outputs_of(ForwardPass& forward, std::size_t line) {
  const auto view = forward.outputs(line);
  std::vector<float> all;
  for (std::int32_t t = 0; t < view.steps; ++t) all.insert(all.end(), view.step(t).begin(), view.step(t).end());
  return all;
}

struct Sizes {
  const char* name;
  std::int32_t convolution, column, first, second, classes;
};
void PrintTo(const Sizes& sizes, std::ostream* to) {
  *to << sizes.name;
}

class KernelsTest : public testing::TestWithParam<Sizes> {
 protected:
  KernelsTest() {
    const auto& s = GetParam();
    network_ = test::random_network(random_, s.convolution, s.column, {s.first, s.second}, s.classes);
    // As many lines as fill tiles and leave rests, some of one length, the shortest with one step or none.
    for (const std::int32_t width : {50, 3, 31, 31, 2, 64, 5, 33, 40}) {
      std::vector<std::int8_t> pixels(static_cast<std::size_t>(width * network_.height));
      for (auto& pixel : pixels) pixel = static_cast<std::int8_t>(static_cast<int>(random_() % 255) - 127);
      pixels_.push_back(std::move(pixels));
      widths_.push_back(width);
    }
  }
  std::vector<std::vector<float>> run(const Kernels& kernels) {
    ForwardPass forward(network_, kernels);
    std::vector<LinePixels> lines;
    for (std::size_t i = 0; i < pixels_.size(); ++i) lines.push_back({widths_[i], pixels_[i]});
    forward.run(lines);
    std::vector<std::vector<float>> all;
    for (std::size_t i = 0; i < lines.size(); ++i) all.push_back(outputs_of(forward, i));
    return all;
  }
  static std::vector<const Kernels*> vector_kernels(Activation activation) {
    std::vector<const Kernels*> found;
    for (const auto* kernels : {avx2_kernels(activation), avx512_kernels(activation)}) {
      if (kernels != nullptr) found.push_back(kernels);
    }
    return found;
  }

  std::mt19937 random_{1};
  Network network_;
  std::vector<std::vector<std::int8_t>> pixels_;
  std::vector<std::int32_t> widths_;
};

TEST_P(KernelsTest, GiveTheReferencesBitsInExactMode) {
  const auto expected = run(reference_kernels(Activation::exact));
  EXPECT_EQ(expected[0].size(), static_cast<std::size_t>(50 / 3 * GetParam().classes));
  EXPECT_TRUE(expected[4].empty());
  for (const auto* kernels : vector_kernels(Activation::exact)) EXPECT_EQ(run(*kernels), expected) << kernels->name;
}

TEST_P(KernelsTest, StayCloseInFastMode) {
  const auto expected = run(reference_kernels(Activation::exact));
  for (const auto* kernels : vector_kernels(Activation::fast)) {
    const auto got = run(*kernels);
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
      ASSERT_EQ(got[i].size(), expected[i].size());
      for (std::size_t k = 0; k < got[i].size(); ++k, ++count) sum += std::abs(got[i][k] - expected[i][k]);
    }
    // A rounding that falls the other way moves an output by a few hundredths here and there.
    EXPECT_LT(sum / count, 0.01) << kernels->name;
  }
}

TEST_P(KernelsTest, GiveALineTheSameOutputsAloneAndInCompany) {
  for (const auto* kernels : vector_kernels(Activation::exact)) {
    const auto together = run(*kernels);
    ForwardPass forward(network_, *kernels);
    for (std::size_t i = 0; i < pixels_.size(); ++i) {
      const LinePixels line{widths_[i], pixels_[i]};
      forward.run({&line, 1});
      EXPECT_EQ(outputs_of(forward, 0), together[i]);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Networks, KernelsTest,
                         testing::Values(Sizes{"OfWholeVectors", 16, 48, 96, 192, 269},
                                         Sizes{"Small", 16, 16, 16, 16, 5},
                                         Sizes{"OfBrokenVectors", 20, 37, 41, 7, 19}),
                         [](const auto& row) { return row.param.name; });

TEST(ActivationTables, FollowTheFunctionsAndEndAtOne) {
  for (float x = -20; x < 20; x += 0.0131F) {
    EXPECT_NEAR(table_tanh(x), std::tanh(x), 4e-6) << x;
    EXPECT_NEAR(table_logistic(x), 1 / (1 + std::exp(-x)), 1e-6) << x;
    EXPECT_EQ(table_tanh(-x), -table_tanh(x));
  }
  EXPECT_EQ(table_tanh(16), 1);
  EXPECT_EQ(table_logistic(-100), 0);
  EXPECT_EQ(table_tanh(1e9F), 1);
}

TEST(ExactSoftmax, SumsToOneAndKeepsTheOrder) {
  std::vector<float> row{1, 3, -200, 2};
  exact_softmax(row.data(), 4);
  EXPECT_NEAR(row[0] + row[1] + row[2] + row[3], 1, 1e-6);
  EXPECT_GT(row[1], row[3]);
  EXPECT_GT(row[3], row[0]);
  EXPECT_GT(row[2], 0);
}

TEST(BestKernels, AreVectorKernelsWhereTheProcessorHasThem) {
  const auto& best = best_kernels(Activation::fast);
  const auto* const avx512 = avx512_kernels(Activation::fast);
  const auto* const avx2 = avx2_kernels(Activation::fast);
  EXPECT_EQ(best.name, avx512 != nullptr ? avx512->name : avx2 != nullptr ? avx2->name : "reference");
}

}  // namespace
}  // namespace sohoa::ocr::lstm
