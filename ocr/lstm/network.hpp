#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::ocr::lstm {

/// An 8-bit weight matrix: row r gives output r = scale[r] * (sum of weight * input + 127 * bias).
struct WeightMatrix {
  std::int32_t outputs = 0;
  std::int32_t inputs = 0;           ///< without the bias
  std::vector<std::int8_t> weights;  ///< [outputs][inputs + 1], the bias last
  std::vector<float> scales;         ///< [outputs], above 0

  [[nodiscard]] std::span<const std::int8_t> row(std::int32_t r) const {
    const auto length = static_cast<std::size_t>(inputs) + 1;
    return std::span(weights).subspan(static_cast<std::size_t>(r) * length, length);
  }
  [[nodiscard]] std::int8_t bias(std::int32_t r) const { return row(r).back(); }
};

enum class Direction : std::uint8_t { forward, backward };

/// An LSTM layer without peepholes. Each gate's row is [inputs | previous outputs | bias].
struct LstmLayer {
  Direction direction = Direction::forward;
  std::int32_t inputs = 0;
  std::int32_t cells = 0;
  WeightMatrix cell_input;  ///< tanh; the gates are logistic
  WeightMatrix input_gate;
  WeightMatrix forget_gate;
  WeightMatrix output_gate;
};

/// The family of line recognisers that Tesseract's own models belong to ("1,36,0,1 Ct3,3,16 Mp3,3 Lfys48 Lfx96 Lrx96
/// Lfx192 O1c1" and its like): 3 x 3 convolution with tanh, 3 x 3 maximum, an LSTM down each column of which the last
/// output is kept, LSTMs along the line in either direction, softmax.
struct Network {
  std::int32_t height = 0;   ///< of a line image, pixels
  WeightMatrix convolution;  ///< 9 inputs: (dx + 1) * 3 + (dy + 1)
  LstmLayer column;
  std::vector<LstmLayer> along;
  WeightMatrix output;
  std::int32_t sample_iteration = 0;  ///< seeds what the convolution sees outside of the image
  std::int32_t null_code = 0;         ///< the output that means "no character"

  /// Reads the component. Errors: invalid_input (damaged), unsupported (floating point or another family).
  static Result<Network> parse(ByteView component);
};

/// Pixels of a line image along the line for one time step of the outputs.
inline constexpr std::int32_t pool = 3;

}  // namespace sohoa::ocr::lstm
