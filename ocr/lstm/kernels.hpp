#pragma once

#include <cstdint>
#include <string_view>

#include "ocr/lstm/packed_matrix.hpp"

namespace sohoa::ocr::lstm {

/// How tanh, logistic and exp are computed.
enum class Activation : std::uint8_t {
  exact,  ///< Tesseract's tables: the same results bit by bit
  fast,   ///< polynomials within about 1e-6
};

/// One time step of an LSTM for several lines. Rows of activations are padded_row() long, in the kernel's form.
struct LstmStep {
  const PackedMatrix* gates = nullptr;  ///< cell input, input gate, forget gate, output gate
  std::int32_t lines = 0;
  const void* const* inputs = nullptr;    ///< [lines]
  const void* const* previous = nullptr;  ///< [lines] outputs of the step before
  void* const* outputs = nullptr;         ///< [lines]; none may be one of `previous`
  float* const* states = nullptr;         ///< [lines] cells, padded to whole vectors; changed
};

/// Where the convolution's nine inputs for an output of the maximum stand: for each of its nine positions and each dx
/// from -1 to 1 the values for dy = -1, 0, 1, one behind the other, and a fourth that is read and not used.
using ConvolutionTaps = const void* [27];

/// The arithmetic of the forward pass, in one form per instruction set. Plain functions over packed data: the loops
/// over time and lines are forward_pass.cpp's.
struct Kernels {
  std::string_view name;
  PackShape shape;

  /// int8 to stored activations.
  void (*store)(const std::int8_t* values, std::int32_t count, void* to);
  /// One pooled row of outputs: `columns` places of `row_multiple` values from `to`; place c reads the image (columns
  /// of `stride` stored values each) from its column 3 c at `image`, which is the value above the first pooled row.
  void (*convolve)(const PackedMatrix& weights, const void* image, std::int32_t stride, std::int32_t columns, void* to,
                   std::int32_t to_stride);
  /// One pooled place at the image's edge.
  void (*convolve_edge)(const PackedMatrix& weights, const ConvolutionTaps& taps, void* to);
  void (*lstm)(const LstmStep& step);
  /// `count` rows of activations, `stride` values apart, to rows of probabilities, `to_stride` floats apart; a row has
  /// weights.blocks * lanes floats, those beyond weights.outputs are not defined.
  void (*softmax)(const PackedMatrix& weights, const void* rows, std::int32_t stride, std::int32_t count, float* to,
                  std::int32_t to_stride);
  /// Does as many multiplications and additions as registers alone allow, `rounds` times as many as a tile has sums;
  /// how many it did. What a benchmark compares the others to.
  std::int64_t (*spin)(std::int64_t rounds);
};

/// A row of outputs to probabilities, as Tesseract computes them.
void exact_softmax(float* row, std::int32_t count);

/// Straight loops over the definition; what the others are compared to, and what runs on other processors.
[[nodiscard]] const Kernels& reference_kernels(Activation activation);
/// Null where this build or this processor has no such instructions.
[[nodiscard]] const Kernels* avx2_kernels(Activation activation);
[[nodiscard]] const Kernels* avx512_kernels(Activation activation);  ///< with VNNI
/// The fastest that this processor has.
[[nodiscard]] const Kernels& best_kernels(Activation activation);

}  // namespace sohoa::ocr::lstm
