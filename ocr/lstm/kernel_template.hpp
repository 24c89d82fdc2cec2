#pragma once

// The kernels of every vector instruction set, written once over its vectors (`Isa`, one small file each).
//
// Method. A tile is S sides (an LSTM's four gates) of one vector of cells times N lines: all its sums stay in registers
// while the inputs stream by, and the gates' activations, the cell's update and the quantised output follow at once, so
// that no sum is ever stored. One group of neighbouring inputs is broadcast and multiplied into each side by one
// instruction. Sums are integers, so any order of lines and tiles gives the same bits. A block's weights (18 KiB for
// the largest layer of the fast model) stay in the first cache while all lines of the batch pass.
//
// The convolution reads its taps where they stand: the image is kept column by column, so that the three values of a
// column are neighbours; the maximum is taken over sums, nine times fewer tanh (both are monotone).

#include <cstddef>
#include <cstdint>

#include "ocr/lstm/activation_tables.hpp"
#include "ocr/lstm/kernels.hpp"

namespace sohoa::ocr::lstm {

template <class Isa, Activation activation>
struct KernelTemplate {
  using Int = typename Isa::Int;
  using Float = typename Isa::Float;
  static constexpr int lanes = Isa::lanes;
  static constexpr int group_bytes = 4;  // of activations: 4 bytes or 2 int16
  static constexpr std::size_t vector_bytes = sizeof(Int);

  // ---- activations

  /// 2 to the power of x, at most of `most`: of what is left of the nearest whole number by a polynomial (2e-7), scaled
  /// by that number.
  static Float exp2(Float x, float most) {
    x = Isa::within_exponents(Isa::min(x, Isa::set(most)));
    const auto whole = Isa::nearest_whole(x);
    const auto part = Isa::sub(x, whole);
    auto y = Isa::set(1.32764794e-3F);
    y = Isa::multiply_add(y, part, Isa::set(9.67554128e-3F));
    y = Isa::multiply_add(y, part, Isa::set(5.55071325e-2F));
    y = Isa::multiply_add(y, part, Isa::set(2.40221197e-1F));
    y = Isa::multiply_add(y, part, Isa::set(6.93146967e-1F));
    y = Isa::multiply_add(y, part, Isa::set(1.00000007F));
    return Isa::times_power_of_two(y, whole);
  }

  /// Quantised: 127 x rounded half away from 0.
  static void store_values(Float x, void* to) {
    const auto scaled = Isa::mul(x, Isa::set(127));
    Isa::store_values(Isa::truncated(Isa::add(scaled, Isa::with_sign_of(Isa::set(0.5F), scaled))), to);
  }

  static Float logistic(Float x) {
    if constexpr (activation == Activation::exact) {
      const auto y = looked_up(logistic_table, Isa::abs(x));
      return Isa::where_negative(x, Isa::sub(Isa::set(1), y), y);
    } else {
      return Isa::reciprocal(Isa::add(Isa::set(1), falling<1>(x)));
    }
  }

  static Float tanh(Float x) {
    if constexpr (activation == Activation::exact) {
      return Isa::with_sign_of(looked_up(tanh_table, Isa::abs(x)), x);
    } else {
      return Isa::multiply_add(Isa::set(2), Isa::reciprocal(Isa::add(Isa::set(1), falling<2>(x))), Isa::set(-1));
    }
  }

  /// tanh(x) * logistic(y). Fast: by one division instead of two.
  static Float gated(Float x, Float y) {
    if constexpr (activation == Activation::exact) {
      return Isa::mul(tanh(x), logistic(y));
    } else {
      const auto a = falling<2>(x);
      const auto below = Isa::mul(Isa::add(Isa::set(1), a), Isa::add(Isa::set(1), falling<1>(y)));
      return Isa::mul(Isa::sub(Isa::set(1), a), Isa::reciprocal(below));
    }
  }

  /// exp(-times x); at most 2^60, so that a product of two stays finite.
  template <int times>
  static Float falling(Float x) {
    return exp2(Isa::mul(x, Isa::set(-1.44269504F * times)), 60);
  }

  static Float looked_up(const ActivationTable& table, Float positive) {
    const auto scaled = Isa::mul(positive, Isa::set(ActivationTable::per_unit));
    // Beyond the table's end: its last entry, where the result is 1.
    const auto inside = Isa::min(scaled, Isa::set(ActivationTable::entries - 1));
    const auto index = Isa::truncated(inside);
    Float value, step;
    Isa::gather(&table.entry[0].value, index, value, step);
    const auto result = Isa::add(value, Isa::mul(step, Isa::sub(inside, Isa::to_float(index))));
    return Isa::where_at_least(inside, Isa::set(ActivationTable::entries - 1), Isa::set(1), result);
  }

  // ---- sums

  template <int S, int N>
  [[gnu::always_inline]] static void accumulate(Int (&sums)[S][N], const std::uint8_t* weights,
                                                std::size_t group_stride, std::size_t side_stride, int groups,
                                                const std::uint8_t* const (&rows)[N]) {
    for (int k = 0; k < groups; ++k, weights += group_stride) {
      Int w[S];
#pragma GCC unroll 8
      for (int s = 0; s < S; ++s) w[s] = Isa::load(weights + static_cast<std::size_t>(s) * side_stride);
#pragma GCC unroll 8
      for (int n = 0; n < N; ++n) {
        const auto values = Isa::broadcast(rows[n] + static_cast<std::ptrdiff_t>(k) * group_bytes);
#pragma GCC unroll 8
        for (int s = 0; s < S; ++s) sums[s][n] = Isa::dot(sums[s][n], values, w[s]);
      }
    }
  }

  // ---- LSTM

  template <int N>
  static void lstm_tile(const LstmStep& step, int block, int line) {
    const auto& gates = *step.gates;
    const std::uint8_t* inputs[N];
    const std::uint8_t* previous[N];
    Int sums[4][N];
    const std::int32_t* const bias = gates.biases() + static_cast<std::ptrdiff_t>(block) * 4 * lanes;
    for (int n = 0; n < N; ++n) {
      inputs[n] = static_cast<const std::uint8_t*>(step.inputs[line + n]);
      previous[n] = static_cast<const std::uint8_t*>(step.previous[line + n]);
      for (int s = 0; s < 4; ++s) sums[s][n] = Isa::load(bias + static_cast<std::ptrdiff_t>(s) * lanes);
    }
    const auto* weights = gates.weights.data() + gates.block_bytes * static_cast<std::size_t>(block);
    accumulate<4, N>(sums, weights, 4 * vector_bytes, vector_bytes, gates.first_groups, inputs);
    weights += 4 * vector_bytes * static_cast<std::size_t>(gates.first_groups);
    accumulate<4, N>(sums, weights, 4 * vector_bytes, vector_bytes, gates.second_groups, previous);

#pragma GCC unroll 8
    for (int n = 0; n < N; ++n) {
      update_cells(step, block, line + n, sums[0][n], sums[1][n], sums[2][n], sums[3][n]);
    }
  }

  /// The gates by value: referred to, their sums would be kept in memory too.
  [[gnu::always_inline]] static void update_cells(const LstmStep& step, int block, int line, Int cell_input,
                                                  Int input_gate, Int forget_gate, Int output_gate) {
    const float* const scale = step.gates->scales() + static_cast<std::ptrdiff_t>(block) * 4 * lanes;
    const auto scaled = [scale](Int sum, int side) {
      return Isa::mul(Isa::to_float(sum), Isa::load_float(scale + static_cast<std::ptrdiff_t>(side) * lanes));
    };
    float* const state = step.states[line] + static_cast<std::ptrdiff_t>(block) * lanes;
    auto cell = Isa::mul(Isa::load_float(state), logistic(scaled(forget_gate, 2)));
    cell = Isa::add(cell, gated(scaled(cell_input, 0), scaled(input_gate, 1)));
    cell = Isa::max(Isa::min(cell, Isa::set(100)), Isa::set(-100));
    Isa::store_float(state, cell);
    store_values(
        gated(cell, scaled(output_gate, 3)),
        static_cast<std::uint8_t*>(step.outputs[line]) + static_cast<std::ptrdiff_t>(block) * lanes * Isa::value_bytes);
  }

  static void lstm(const LstmStep& step) {
    constexpr int most = Isa::lstm_lines;
    for (int block = 0; block < step.gates->blocks; ++block) {
      int line = 0;
      for (; line + most <= step.lines; line += most) lstm_tile<most>(step, block, line);
      lstm_rest<most - 1>(step, block, line);
    }
  }

  template <int N>
  static void lstm_rest(const LstmStep& step, int block, int line) {
    if constexpr (N > 0) {
      if (step.lines - line == N) return lstm_tile<N>(step, block, line);
      lstm_rest<N - 1>(step, block, line);
    }
  }

  // ---- convolution and maximum

  static constexpr int tap_groups = 4 * Isa::value_bytes / group_bytes;  // of the four values of a dx

  [[gnu::always_inline]] static Int position(const std::uint8_t* const (&taps)[3], const std::uint8_t* weights,
                                             Int bias) {
    Int sum = bias;
    for (int dx = 0; dx < 3; ++dx) {
      for (int g = 0; g < tap_groups; ++g) {
        sum = Isa::dot(sum, Isa::broadcast(taps[dx] + static_cast<std::ptrdiff_t>(g) * group_bytes),
                       Isa::load(weights + static_cast<std::size_t>(dx * tap_groups + g) * vector_bytes));
      }
    }
    return sum;
  }

  static void finish_place(const PackedMatrix& weights, int block, Int largest, void* to) {
    const auto x = Isa::mul(Isa::to_float(largest),
                            Isa::load_float(weights.scales() + static_cast<std::ptrdiff_t>(block) * lanes));
    store_values(tanh(x),
                 static_cast<std::uint8_t*>(to) + static_cast<std::ptrdiff_t>(block) * lanes * Isa::value_bytes);
  }

  static void convolve(const PackedMatrix& weights, const void* image, std::int32_t stride, std::int32_t columns,
                       void* to, std::int32_t to_stride) {
    const std::ptrdiff_t column_bytes = static_cast<std::ptrdiff_t>(stride) * Isa::value_bytes;
    for (int block = 0; block < weights.blocks; ++block) {
      const auto* const w = weights.weights.data() + weights.block_bytes * static_cast<std::size_t>(block);
      const auto bias = Isa::load(weights.biases() + static_cast<std::ptrdiff_t>(block) * lanes);
      const auto* at = static_cast<const std::uint8_t*>(image) - column_bytes;
      auto* out = static_cast<std::uint8_t*>(to);
      for (int c = 0; c < columns;
           ++c, at += 3 * column_bytes, out += static_cast<std::ptrdiff_t>(to_stride) * Isa::value_bytes) {
        Int largest{};
        for (int x = 0; x < 3; ++x) {
          for (int y = 0; y < 3; ++y) {
            const auto* const first = at + x * column_bytes + static_cast<std::ptrdiff_t>(y) * Isa::value_bytes;
            const auto sum = position({first, first + column_bytes, first + 2 * column_bytes}, w, bias);
            largest = x == 0 && y == 0 ? sum : Isa::max_int(largest, sum);
          }
        }
        finish_place(weights, block, largest, out);
      }
    }
  }

  static void convolve_edge(const PackedMatrix& weights, const ConvolutionTaps& taps, void* to) {
    for (int block = 0; block < weights.blocks; ++block) {
      const auto* const w = weights.weights.data() + weights.block_bytes * static_cast<std::size_t>(block);
      const auto bias = Isa::load(weights.biases() + static_cast<std::ptrdiff_t>(block) * lanes);
      Int largest{};
      for (int p = 0; p < 9; ++p) {
        const auto tap = [&](int dx) { return static_cast<const std::uint8_t*>(taps[p * 3 + dx]); };
        const auto sum = position({tap(0), tap(1), tap(2)}, w, bias);
        largest = p == 0 ? sum : Isa::max_int(largest, sum);
      }
      finish_place(weights, block, largest, to);
    }
  }

  // ---- the output layer

  template <int S, int N>
  static void output_tile(const PackedMatrix& weights, int block, const std::uint8_t* row, std::ptrdiff_t row_bytes,
                          float* to, std::int32_t to_stride) {
    const std::uint8_t* rows[N];
    for (int n = 0; n < N; ++n) rows[n] = row + n * row_bytes;
    Int sums[S][N];
    const auto first = static_cast<std::ptrdiff_t>(block) * lanes;
    for (int s = 0; s < S; ++s) {
      for (int n = 0; n < N; ++n) sums[s][n] = Isa::load(weights.biases() + first + s * lanes);
    }
    accumulate<S, N>(sums, weights.weights.data() + weights.block_bytes * static_cast<std::size_t>(block), vector_bytes,
                     weights.block_bytes, weights.first_groups, rows);
    for (int s = 0; s < S; ++s) {
      const auto scale = Isa::load_float(weights.scales() + first + s * lanes);
      for (int n = 0; n < N; ++n) {
        Isa::store_float(to + static_cast<std::ptrdiff_t>(n) * to_stride + first + s * lanes,
                         Isa::mul(Isa::to_float(sums[s][n]), scale));
      }
    }
  }

  template <int N>
  static void output_rows(const PackedMatrix& weights, const std::uint8_t* row, std::ptrdiff_t row_bytes, float* to,
                          std::int32_t to_stride) {
    int block = 0;
    for (; block + 4 <= weights.blocks; block += 4) output_tile<4, N>(weights, block, row, row_bytes, to, to_stride);
    for (; block < weights.blocks; ++block) output_tile<1, N>(weights, block, row, row_bytes, to, to_stride);
  }

  /// exp(row - its largest), over its sum.
  static void normalise(const PackedMatrix& weights, float* row) {
    const int padded = weights.blocks * lanes;
    for (int i = weights.outputs; i < padded; ++i) row[i] = -1e30F;
    auto largest = Isa::load_float(row);
    for (int i = lanes; i < padded; i += lanes) largest = Isa::max(largest, Isa::load_float(row + i));
    const auto top = Isa::set(Isa::largest_of(largest));
    auto total = Isa::set(0);
    for (int i = 0; i < padded; i += lanes) {
      const auto x = Isa::max(Isa::sub(Isa::load_float(row + i), top), Isa::set(-86));
      const auto e = exp2(Isa::mul(x, Isa::set(1.44269504F)), 0);
      Isa::store_float(row + i, e);
      total = Isa::add(total, e);
    }
    const auto part =
        Isa::set(1 / (Isa::sum_of(total) - static_cast<float>(padded - weights.outputs) * row[padded - 1]));
    for (int i = 0; i < padded; i += lanes) Isa::store_float(row + i, Isa::mul(Isa::load_float(row + i), part));
  }

  static void softmax(const PackedMatrix& weights, const void* rows, std::int32_t stride, std::int32_t count, float* to,
                      std::int32_t to_stride) {
    constexpr int most = Isa::lstm_lines;
    const auto row_bytes = static_cast<std::ptrdiff_t>(stride) * Isa::value_bytes;
    const auto* row = static_cast<const std::uint8_t*>(rows);
    int n = 0;
    for (; n + most <= count; n += most) {
      output_rows<most>(weights, row + n * row_bytes, row_bytes, to + static_cast<std::ptrdiff_t>(n) * to_stride,
                        to_stride);
    }
    for (; n < count; ++n) {
      output_rows<1>(weights, row + n * row_bytes, row_bytes, to + static_cast<std::ptrdiff_t>(n) * to_stride,
                     to_stride);
    }
    for (n = 0; n < count; ++n) {
      auto* const probabilities = to + static_cast<std::ptrdiff_t>(n) * to_stride;
      if constexpr (activation == Activation::exact) {
        exact_softmax(probabilities, weights.outputs);
      } else {
        normalise(weights, probabilities);
      }
    }
  }

  // ---- the peak

  static std::int64_t spin(std::int64_t rounds) {
    constexpr int lines = Isa::lstm_lines;
    alignas(64) std::uint8_t bytes[8 * sizeof(Int)];
    for (std::size_t i = 0; i < sizeof bytes; ++i) bytes[i] = static_cast<std::uint8_t>(i % 7);
    Int sums[4][lines];
    Int weights[4];
    for (int s = 0; s < 4; ++s) {
      weights[s] = Isa::load(bytes + static_cast<std::size_t>(s) * sizeof(Int));
      for (int n = 0; n < lines; ++n) sums[s][n] = weights[s];
    }
    Int values = Isa::load(bytes + 4 * sizeof(Int));
    for (std::int64_t round = 0; round < rounds; ++round) {
#pragma GCC unroll 8
      for (int n = 0; n < lines; ++n) {
        asm volatile("" : "+x"(values));  // other values for each line and round, else products would be shared
#pragma GCC unroll 8
        for (int s = 0; s < 4; ++s) sums[s][n] = Isa::dot(sums[s][n], values, weights[s]);
      }
    }
    for (int n = 0; n < lines; ++n) {
      for (int s = 0; s < 4; ++s) asm volatile("" : : "x"(sums[s][n]));
    }
    return rounds * 4 * lines * lanes * (group_bytes / Isa::value_bytes);
  }

  static constexpr Kernels table{
      .name = Isa::name,
      .shape = {lanes, group_bytes / Isa::value_bytes, Isa::value_bytes, Isa::weight_bytes},
      .store = Isa::store,
      .convolve = convolve,
      .convolve_edge = convolve_edge,
      .lstm = lstm,
      .softmax = softmax,
      .spin = spin,
  };
};

template <class Isa>
const Kernels& kernels_of(Activation activation) {
  return activation == Activation::exact ? KernelTemplate<Isa, Activation::exact>::table
                                         : KernelTemplate<Isa, Activation::fast>::table;
}

}  // namespace sohoa::ocr::lstm
