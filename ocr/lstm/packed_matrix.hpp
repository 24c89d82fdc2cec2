#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <vector>

#include "ocr/lstm/network.hpp"

namespace sohoa::ocr::lstm {

/// How a kernel holds activations and wants its weights.
struct PackShape {
  std::int32_t lanes = 1;         ///< outputs of one vector
  std::int32_t group = 1;         ///< neighbouring inputs that one instruction multiplies for an output
  std::int32_t value_bytes = 2;   ///< of one activation in memory: 1 as unsigned, biased by 128; 2 as int16
  std::int32_t weight_bytes = 2;  ///< of one weight: int8 or int16
};

/// Activations per row in memory are padded to a multiple of this; what stands there meets weights of 0.
inline constexpr std::int32_t row_multiple = 16;
[[nodiscard]] constexpr std::int32_t padded_row(std::int32_t values) {
  return (values + row_multiple - 1) / row_multiple * row_multiple;
}

/// Memory that starts on a cache line.
class AlignedBytes {
 public:
  AlignedBytes() = default;
  explicit AlignedBytes(std::size_t size);
  [[nodiscard]] std::uint8_t* data() { return start_; }
  [[nodiscard]] const std::uint8_t* data() const { return start_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Grows, and loses its content, where it has fewer bytes.
  void at_least(std::size_t size);

 private:
  std::unique_ptr<std::uint8_t[]> memory_;
  std::uint8_t* start_ = nullptr;
  std::size_t size_ = 0;
};

/// Weight matrices in a kernel's order. `sides` matrices (an LSTM's four gates; one for a plain layer) are interleaved:
///   weights [blocks][groups of inputs][sides][lanes][group], bias and scale [blocks][sides][lanes].
/// An output is scale * (bias + sum of weight * stored activation): the bias makes up for activations stored biased.
/// Rows and inputs that do not exist have weights, bias and scale of 0.
struct PackedMatrix {
  std::int32_t outputs = 0;  ///< of one side
  std::int32_t sides = 1;
  std::int32_t blocks = 0;         ///< vectors of outputs of one side
  std::int32_t first_groups = 0;   ///< groups of the first kind of inputs
  std::int32_t second_groups = 0;  ///< of the second kind (an LSTM's previous outputs)
  AlignedBytes weights;
  AlignedBytes bias;            ///< int32
  AlignedBytes scale;           ///< float
  std::size_t block_bytes = 0;  ///< of the weights of a block

  [[nodiscard]] const std::int32_t* biases() const { return reinterpret_cast<const std::int32_t*>(bias.data()); }
  [[nodiscard]] const float* scales() const { return reinterpret_cast<const float*>(scale.data()); }
};

/// `first` inputs of each row are of the first kind, the rest of the second. All of `sides` have one size.
[[nodiscard]] PackedMatrix pack(std::initializer_list<const WeightMatrix*> sides, std::int32_t first, PackShape shape);

}  // namespace sohoa::ocr::lstm
