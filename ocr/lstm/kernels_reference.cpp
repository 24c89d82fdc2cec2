#include <algorithm>
#include <cmath>
#include <vector>

#include "ocr/lstm/activation_tables.hpp"
#include "ocr/lstm/kernels.hpp"
#include "ocr/lstm/rounding.hpp"

namespace sohoa::ocr::lstm {
namespace {

using Value = std::int16_t;  // an activation: -127..127

const Value* values(const void* from) {
  return static_cast<const Value*>(from);
}

template <Activation activation>
struct Reference {
  static float tanh(float x) { return activation == Activation::exact ? table_tanh(x) : std::tanh(x); }
  static float logistic(float x) {
    return activation == Activation::exact ? table_logistic(x) : 1 / (1 + std::exp(-x));
  }

  static Value quantised(float x) { return static_cast<Value>(rounded(x * 127)); }

  /// The weights of output `row` of `side`, of input k: one lane, one group.
  static std::int32_t weight(const PackedMatrix& matrix, int row, int side, int k) {
    const auto* const block = matrix.weights.data() + matrix.block_bytes * static_cast<std::size_t>(row);
    return values(block)[k * matrix.sides + side];
  }

  static std::int32_t sum(const PackedMatrix& matrix, int row, int side, const Value* first, const Value* second) {
    std::int32_t total = matrix.biases()[row * matrix.sides + side];
    for (int k = 0; k < matrix.first_groups; ++k) total += weight(matrix, row, side, k) * first[k];
    for (int k = 0; k < matrix.second_groups; ++k) {
      total += weight(matrix, row, side, matrix.first_groups + k) * second[k];
    }
    return total;
  }

  static float scaled(const PackedMatrix& matrix, int row, int side, std::int32_t total) {
    return static_cast<float>(total) * matrix.scales()[row * matrix.sides + side];
  }

  static void store(const std::int8_t* from, std::int32_t count, void* to) {
    std::copy(from, from + count, static_cast<Value*>(to));
  }

  static void lstm(const LstmStep& step) {
    const auto& gates = *step.gates;
    for (int n = 0; n < step.lines; ++n) {
      for (int cell = 0; cell < gates.outputs; ++cell) {
        const auto gate = [&](int side) {
          return scaled(gates, cell, side, sum(gates, cell, side, values(step.inputs[n]), values(step.previous[n])));
        };
        float& state = step.states[n][cell];
        const float kept = state * logistic(gate(2));
        const float added = tanh(gate(0)) * logistic(gate(1));
        state = std::clamp(kept + added, -100.0F, 100.0F);
        static_cast<Value*>(step.outputs[n])[cell] = quantised(tanh(state) * logistic(gate(3)));
      }
    }
  }

  static void convolve_edge(const PackedMatrix& weights, const ConvolutionTaps& taps, void* to) {
    for (int output = 0; output < weights.outputs; ++output) {
      std::int32_t largest = 0;
      for (int position = 0; position < 9; ++position) {
        std::int32_t total = weights.biases()[output];
        for (int dx = 0; dx < 3; ++dx) {
          const auto* const column = values(taps[position * 3 + dx]);
          for (int dy = 0; dy < 3; ++dy) total += weight(weights, output, 0, dx * 4 + dy) * column[dy];
        }
        largest = position == 0 ? total : std::max(largest, total);
      }
      static_cast<Value*>(to)[output] = quantised(tanh(scaled(weights, output, 0, largest)));
    }
  }

  static void convolve(const PackedMatrix& weights, const void* image, std::int32_t stride, std::int32_t columns,
                       void* to, std::int32_t to_stride) {
    for (std::int32_t c = 0; c < columns; ++c) {
      ConvolutionTaps taps;
      for (int x = 0; x < 3; ++x) {
        for (int y = 0; y < 3; ++y) {
          for (int dx = 0; dx < 3; ++dx) {
            taps[(x * 3 + y) * 3 + dx] = values(image) + std::ptrdiff_t{3 * c + x + dx - 1} * stride + y;
          }
        }
      }
      convolve_edge(weights, taps, static_cast<Value*>(to) + std::ptrdiff_t{c} * to_stride);
    }
  }

  static void softmax(const PackedMatrix& weights, const void* rows, std::int32_t stride, std::int32_t count, float* to,
                      std::int32_t to_stride) {
    for (std::int32_t n = 0; n < count; ++n) {
      const auto* const row = values(rows) + std::ptrdiff_t{n} * stride;
      auto* const out = to + std::ptrdiff_t{n} * to_stride;
      for (int i = 0; i < weights.outputs; ++i) out[i] = scaled(weights, i, 0, sum(weights, i, 0, row, row));
      exact_softmax(out, weights.outputs);
    }
  }

  static std::int64_t spin(std::int64_t rounds) {
    volatile std::int32_t value = 3;
    std::int32_t sum = 0;
    for (std::int64_t round = 0; round < rounds; ++round) sum += value * 5;
    value = sum;
    return rounds;
  }

  static constexpr Kernels table{
      .name = "reference",
      .shape = {.lanes = 1, .group = 1, .value_bytes = 2, .weight_bytes = 2},
      .store = store,
      .convolve = convolve,
      .convolve_edge = convolve_edge,
      .lstm = lstm,
      .softmax = softmax,
      .spin = spin,
  };
};

}  // namespace

void exact_softmax(float* row, std::int32_t count) {
  const float largest = *std::max_element(row, row + count);
  float total = 0;
  for (std::int32_t i = 0; i < count; ++i) {
    row[i] = std::exp(std::clamp(row[i] - largest, -86.0F, 0.0F));
    total += row[i];
  }
  for (std::int32_t i = 0; i < count; ++i) row[i] /= total;
}

const Kernels& reference_kernels(Activation activation) {
  return activation == Activation::exact ? Reference<Activation::exact>::table : Reference<Activation::fast>::table;
}

const Kernels& best_kernels(Activation activation) {
  if (const auto* kernels = avx512_kernels(activation)) return *kernels;
  if (const auto* kernels = avx2_kernels(activation)) return *kernels;
  return reference_kernels(activation);
}

}  // namespace sohoa::ocr::lstm
