// The component is a tree of layers, each with a head (type, flags, sizes, name) and what its type needs. The tree is
// walked once and flattened: a series adds nothing of its own, and a reversal or transposition only says how the layer
// inside it is run. What comes out in another order than the family's is another network, which Tesseract reads.

#include "ocr/lstm/network.hpp"

#include <algorithm>
#include <string_view>

#include "ocr/lstm/byte_reader.hpp"

namespace sohoa::ocr::lstm {
namespace {

constexpr int deepest = 16;              // the models have 4 levels
constexpr std::int32_t widest = 4096;    // outputs or inputs of a layer
constexpr std::int32_t flag_rates = 64;  // learning rates of the layers inside follow
constexpr std::uint8_t matrix_int8 = 1;
constexpr std::uint8_t matrix_double = 128;

Error unsupported(const std::string& what) {
  return {ErrorCode::unsupported, "another kind of network: " + what};
}

/// How many levels up a layer stands in reversals.
struct Turn {
  bool right_to_left = false;
  bool down_columns = false;
};

class NetworkReader {
 public:
  explicit NetworkReader(ByteView component) : reader_(component) {}

  Result<Network> run() {
    SOHOA_DO(layer({}, 0));
    SOHOA_TRY([[maybe_unused]] const auto spec, reader_.string());
    SOHOA_TRY(const auto flags, reader_.read<std::int32_t>());
    SOHOA_TRY([[maybe_unused]] const auto training, reader_.read<std::int32_t>());
    SOHOA_TRY(network_.sample_iteration, reader_.read<std::int32_t>());
    SOHOA_TRY(network_.null_code, reader_.read<std::int32_t>());
    if ((flags & 1) == 0) return unsupported("not in 8-bit integers");
    if (stage_ != Stage::done) return unsupported("no softmax at its end");
    if (network_.null_code < 0 || network_.null_code >= network_.output.outputs) {
      return Error{ErrorCode::invalid_input, "the network has no such output as its null"};
    }
    return std::move(network_);
  }

 private:
  enum class Stage : std::uint8_t { input, window, convolution, pooling, column, along, done };

  Result<void> layer(Turn turn, int depth) {
    if (depth > deepest) return Error{ErrorCode::invalid_input, "layers nest too deep"};
    SOHOA_TRY(const auto number, reader_.read<std::int8_t>());
    if (number != 0) return unsupported("layers by number");
    SOHOA_TRY(const auto type, reader_.string());
    SOHOA_DO(skip(2));
    SOHOA_TRY(const auto flags, reader_.read<std::int32_t>());
    SOHOA_TRY(const auto inputs, reader_.read<std::int32_t>());
    SOHOA_DO(skip(8));  // outputs, weights: said again by the matrices
    SOHOA_TRY([[maybe_unused]] const auto name, reader_.string());

    if (type == "Series") return stack(turn, flags, depth);
    if (type == "RTLReversed") return stack({!turn.right_to_left, turn.down_columns}, flags, depth);
    if (type == "XYTranspose") return stack({turn.right_to_left, !turn.down_columns}, flags, depth);
    if (type == "Input") return input();
    if (type == "Convolve") return window(inputs);
    if (type == "Tanh") return convolution();
    if (type == "Maxpool") return pooling();
    if (type == "LSTM") return along(turn, inputs);
    if (type == "SummLSTM") return column(turn, inputs);
    if (type == "Softmax") return output();
    return unsupported("layer " + type);
  }

  Result<void> stack(Turn turn, std::int32_t flags, int depth) {
    SOHOA_TRY(const auto count, reader_.read<std::uint32_t>());
    for (std::uint32_t i = 0; i < count; ++i) SOHOA_DO(layer(turn, depth + 1));
    if ((flags & flag_rates) != 0) {
      SOHOA_TRY(const auto rates, reader_.read<std::uint32_t>());
      SOHOA_DO(skip(std::size_t{rates} * sizeof(float)));
    }
    return {};
  }

  Result<void> input() {
    SOHOA_DO(at(Stage::input, Stage::window));
    SOHOA_DO(skip(4));  // batch
    SOHOA_TRY(network_.height, reader_.read<std::int32_t>());
    SOHOA_TRY(const auto width, reader_.read<std::int32_t>());
    SOHOA_TRY(const auto depth, reader_.read<std::int32_t>());
    SOHOA_DO(skip(4));  // loss
    const bool fits = network_.height >= pool && network_.height <= 48 && network_.height % pool == 0;
    if (!fits || width != 0 || depth != 1) return unsupported("its input");
    return {};
  }

  Result<void> window(std::int32_t inputs) {
    SOHOA_DO(at(Stage::window, Stage::convolution));
    SOHOA_TRY(const auto half_x, reader_.read<std::int32_t>());
    SOHOA_TRY(const auto half_y, reader_.read<std::int32_t>());
    if (inputs != 1 || half_x != 1 || half_y != 1) return unsupported("its convolution");
    return {};
  }

  Result<void> convolution() {
    SOHOA_DO(at(Stage::convolution, Stage::pooling));
    SOHOA_TRY(network_.convolution, matrix(9));
    return {};
  }

  Result<void> pooling() {
    SOHOA_DO(at(Stage::pooling, Stage::column));
    SOHOA_TRY(const auto x, reader_.read<std::int32_t>());
    SOHOA_TRY(const auto y, reader_.read<std::int32_t>());
    if (x != pool || y != pool) return unsupported("its pooling");
    return {};
  }

  Result<void> column(Turn turn, std::int32_t inputs) {
    SOHOA_DO(at(Stage::column, Stage::along));
    if (!turn.down_columns || turn.right_to_left) return unsupported("the direction of its summary");
    SOHOA_TRY(network_.column, lstm(inputs, network_.convolution.outputs));
    return {};
  }

  Result<void> along(Turn turn, std::int32_t inputs) {
    if (stage_ != Stage::along || turn.down_columns) return unsupported("the order of its layers");
    const auto before = network_.along.empty() ? network_.column.cells : network_.along.back().cells;
    SOHOA_TRY(auto layer, lstm(inputs, before));
    layer.direction = turn.right_to_left ? Direction::backward : Direction::forward;
    network_.along.push_back(std::move(layer));
    return {};
  }

  Result<void> output() {
    SOHOA_DO(at(Stage::along, Stage::done));
    if (network_.along.empty()) return unsupported("no layer along the line");
    SOHOA_TRY(network_.output, matrix(network_.along.back().cells));
    return {};
  }

  Result<LstmLayer> lstm(std::int32_t inputs, std::int32_t before) {
    LstmLayer layer;
    layer.inputs = inputs;
    SOHOA_TRY(const auto all_inputs, reader_.read<std::int32_t>());
    if (inputs != before) return Error{ErrorCode::invalid_input, "layers of different widths meet"};
    SOHOA_TRY(layer.cell_input, matrix(all_inputs));
    SOHOA_TRY(layer.input_gate, matrix(all_inputs));
    SOHOA_TRY(layer.forget_gate, matrix(all_inputs));
    SOHOA_TRY(layer.output_gate, matrix(all_inputs));
    layer.cells = layer.cell_input.outputs;
    for (const auto* gate : {&layer.input_gate, &layer.forget_gate, &layer.output_gate}) {
      if (gate->outputs != layer.cells) return Error{ErrorCode::invalid_input, "an LSTM's gates differ in size"};
    }
    if (all_inputs != layer.inputs + layer.cells) return unsupported("an LSTM of two dimensions");
    return layer;
  }

  Result<WeightMatrix> matrix(std::int32_t inputs) {
    SOHOA_TRY(const auto mode, reader_.read<std::uint8_t>());
    if ((mode & matrix_int8) == 0 || (mode & matrix_double) == 0) return unsupported("not in 8-bit integers");
    SOHOA_TRY(const auto outputs, reader_.read<std::int32_t>());
    SOHOA_TRY(const auto columns, reader_.read<std::int32_t>());
    SOHOA_DO(skip(1));
    if (inputs < 1 || inputs > widest || outputs < 1 || outputs > widest || columns != inputs + 1) {
      return Error{ErrorCode::invalid_input, "a matrix of the network has another size than its layer"};
    }
    WeightMatrix result{outputs, inputs, {}, {}};
    SOHOA_TRY(const auto weights, reader_.bytes(static_cast<std::size_t>(outputs) * static_cast<std::size_t>(columns)));
    result.weights.resize(weights.size());
    std::transform(weights.begin(), weights.end(), result.weights.begin(),
                   [](std::uint8_t byte) { return static_cast<std::int8_t>(byte); });
    SOHOA_TRY(const auto scales, reader_.read<std::uint32_t>());
    // Models written by machines with padded outputs carry more scales than rows.
    if (scales < static_cast<std::uint32_t>(outputs) || scales > 2 * widest) {
      return Error{ErrorCode::invalid_input, "a matrix of the network has another number of scales"};
    }
    for (std::uint32_t i = 0; i < scales; ++i) {
      SOHOA_TRY(const auto scale, reader_.read<double>());
      if (i >= static_cast<std::uint32_t>(outputs)) continue;
      const auto effective = static_cast<float>(scale / 127.0);
      // Above 0: the maximum is taken before the scale is applied.
      if (!(effective > 0.0F && effective < 1e6F)) return unsupported("a scale of its weights");
      result.scales.push_back(effective);
    }
    return result;
  }

  Result<void> at(Stage expected, Stage next) {
    if (stage_ != expected) return unsupported("the order of its layers");
    stage_ = next;
    return {};
  }

  Result<void> skip(std::size_t count) {
    SOHOA_TRY([[maybe_unused]] const auto bytes, reader_.bytes(count));
    return {};
  }

  ByteReader reader_;
  Network network_;
  Stage stage_ = Stage::input;
};

}  // namespace

Result<Network> Network::parse(ByteView component) {
  return NetworkReader(component).run();
}

}  // namespace sohoa::ocr::lstm
