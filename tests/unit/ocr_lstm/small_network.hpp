#pragma once

// Networks of any sizes, and their bytes as a model's component has them.

#include <random>
#include <string>
#include <vector>

#include "ocr/lstm/network.hpp"
#include "tests/unit/ocr_lstm/model_bytes.hpp"

namespace sohoa::ocr::lstm::test {

inline WeightMatrix random_matrix(std::mt19937& random, std::int32_t outputs, std::int32_t inputs) {
  WeightMatrix matrix{outputs, inputs, {}, {}};
  for (std::int32_t i = 0; i < outputs * (inputs + 1); ++i) {
    matrix.weights.push_back(static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127));
  }
  for (std::int32_t i = 0; i < outputs; ++i) {
    matrix.scales.push_back(static_cast<float>(1 + random() % 1000) * 2e-8F);
  }
  return matrix;
}

inline LstmLayer random_lstm(std::mt19937& random, std::int32_t inputs, std::int32_t cells, Direction direction) {
  const auto gate = [&] { return random_matrix(random, cells, inputs + cells); };
  return {direction, inputs, cells, gate(), gate(), gate(), gate()};
}

inline Network random_network(std::mt19937& random, std::int32_t convolution, std::int32_t column,
                              const std::vector<std::int32_t>& along, std::int32_t classes) {
  Network network;
  network.height = 36;
  network.convolution = random_matrix(random, convolution, 9);
  network.column = random_lstm(random, convolution, column, Direction::forward);
  auto inputs = column;
  for (std::size_t i = 0; i < along.size(); ++i) {
    network.along.push_back(
        random_lstm(random, inputs, along[i], i % 2 == 0 ? Direction::forward : Direction::backward));
    inputs = along[i];
  }
  network.output = random_matrix(random, classes, inputs);
  network.sample_iteration = 4711;
  network.null_code = classes - 1;
  return network;
}

inline void append_string(Bytes& to, std::string_view text) {
  append(to, static_cast<std::uint32_t>(text.size()));
  to.insert(to.end(), text.begin(), text.end());
}

inline void append_head(Bytes& to, std::string_view type, std::int32_t inputs, std::int32_t outputs,
                        std::int32_t flags = 0) {
  append(to, std::int8_t{0});
  append_string(to, type);
  append(to, std::int8_t{0});
  append(to, std::int8_t{0});
  for (const auto value : {flags, inputs, outputs, std::int32_t{0}}) append(to, value);
  append_string(to, "layer");
}

inline void append_matrix(Bytes& to, const WeightMatrix& matrix) {
  append(to, std::uint8_t{133});
  append(to, matrix.outputs);
  append(to, matrix.inputs + 1);
  append(to, std::int8_t{0});
  for (const auto weight : matrix.weights) append(to, weight);
  append(to, static_cast<std::uint32_t>(matrix.scales.size()));
  for (const auto scale : matrix.scales) append(to, 127.0 * scale);
}

inline void append_lstm(Bytes& to, std::string_view type, const LstmLayer& layer) {
  append_head(to, type, layer.inputs, layer.cells);
  append(to, layer.inputs + layer.cells);
  for (const auto* gate : {&layer.cell_input, &layer.input_gate, &layer.forget_gate, &layer.output_gate}) {
    append_matrix(to, *gate);
  }
}

/// The component of a network with two layers along the line, the second backward.
inline Bytes network_bytes(const Network& network) {
  Bytes bytes;
  append_head(bytes, "Series", 0, 0, 64);
  append(bytes, std::uint32_t{7});
  append_head(bytes, "Input", 36, 1);
  for (const std::int32_t value : {1, network.height, 0, 1, 0}) append(bytes, value);
  append_head(bytes, "Series", 0, 0);
  append(bytes, std::uint32_t{2});
  append_head(bytes, "Convolve", 1, 9);
  append(bytes, std::int32_t{1});
  append(bytes, std::int32_t{1});
  append_head(bytes, "Tanh", 9, network.convolution.outputs);
  append_matrix(bytes, network.convolution);
  append_head(bytes, "Maxpool", 16, 16);
  append(bytes, std::int32_t{3});
  append(bytes, std::int32_t{3});
  append_head(bytes, "XYTranspose", 0, 0);
  append(bytes, std::uint32_t{1});
  append_lstm(bytes, "SummLSTM", network.column);
  append_lstm(bytes, "LSTM", network.along[0]);
  append_head(bytes, "RTLReversed", 0, 0);
  append(bytes, std::uint32_t{1});
  append_lstm(bytes, "LSTM", network.along[1]);
  append_head(bytes, "Softmax", network.output.inputs, network.output.outputs);
  append_matrix(bytes, network.output);
  append(bytes, std::uint32_t{1});
  append(bytes, 0.001F);
  append_string(bytes, "[1,36,0,1 and so on]");
  for (const std::int32_t value : {std::int32_t{65}, std::int32_t{9}, network.sample_iteration, network.null_code}) {
    append(bytes, value);
  }
  for (int i = 0; i < 3; ++i) append(bytes, 0.5F);
  return bytes;
}

}  // namespace sohoa::ocr::lstm::test
