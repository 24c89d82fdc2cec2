// What is batched. The column LSTM takes 64 columns at once; the LSTMs along the line take one time step of every line
// that is still as long, lines sorted by length, so that nothing is padded. Backward layers start at each line's own
// last column. Layers are run one after another over the whole batch: their weights change hands once.

#include "ocr/lstm/forward_pass.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace sohoa::ocr::lstm {
namespace {

constexpr std::int32_t columns_at_once = 64;

/// The nine inputs with a place that is not used behind each three, as the image's columns are read.
PackedMatrix pack_convolution(const WeightMatrix& convolution, const PackShape& shape) {
  WeightMatrix wide{convolution.outputs, 12, {}, convolution.scales};
  for (std::int32_t output = 0; output < convolution.outputs; ++output) {
    const auto row = convolution.row(output);
    for (std::size_t dx = 0; dx < 3; ++dx) {
      for (std::size_t dy = 0; dy < 3; ++dy) wide.weights.push_back(row[dx * 3 + dy]);
      wide.weights.push_back(0);
    }
    wide.weights.push_back(row.back());
  }
  return pack({&wide}, wide.inputs, shape);
}

PackedMatrix pack_lstm(const LstmLayer& layer, const PackShape& shape) {
  return pack({&layer.cell_input, &layer.input_gate, &layer.forget_gate, &layer.output_gate}, layer.inputs, shape);
}

std::size_t size(std::int64_t count) {
  return static_cast<std::size_t>(count);
}

}  // namespace

ForwardPass::ForwardPass(const Network& network, const Kernels& kernels)
    : network_(&network),
      kernels_(&kernels),
      convolution_(pack_convolution(network.convolution, kernels.shape)),
      column_(pack_lstm(network.column, kernels.shape)),
      output_(pack({&network.output}, network.output.inputs, kernels.shape)),
      widest_(network.column.cells),
      noise_(network.sample_iteration) {
  for (const auto& layer : network.along) {
    along_.push_back(pack_lstm(layer, kernels.shape));
    widest_ = std::max(widest_, layer.cells);
  }
  const std::vector<std::int8_t> zeros(size(padded_row(widest_)), 0);
  nothing_.at_least(zeros.size() * size(kernels.shape.value_bytes));
  kernels.store(zeros.data(), padded_row(widest_), nothing_.data());
}

std::int64_t ForwardPass::products_per_step() const {
  const auto lstm = [](const LstmLayer& layer) { return std::int64_t{4} * layer.cells * (layer.inputs + layer.cells); };
  std::int64_t total = std::int64_t{9} * network_->convolution.outputs * network_->height * pool;
  total += lstm(network_->column) * (network_->height / pool);
  for (const auto& layer : network_->along) total += lstm(layer);
  return total + std::int64_t{network_->output.outputs} * network_->output.inputs;
}

void ForwardPass::run(std::span<const LinePixels> lines) {
  lines_.clear();
  std::size_t rows = 0;
  for (const auto& line : lines) {
    lines_.push_back({line.width / pool, rows});
    rows += size(line.width / pool);
  }
  for (auto& buffer : rows_) buffer.at_least(std::max<std::size_t>(1, rows) * size(row_bytes(widest_)));

  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines_[i].steps == 0) continue;
    convolve(lines[i]);
    run_column(lines_[i]);
  }
  by_length_.resize(lines.size());
  std::iota(by_length_.begin(), by_length_.end(), std::size_t{0});
  std::stable_sort(by_length_.begin(), by_length_.end(),
                   [&](std::size_t a, std::size_t b) { return lines_[a].steps > lines_[b].steps; });
  std::int32_t before = network_->column.cells;
  for (std::size_t i = 0; i < along_.size(); ++i) {
    run_along(along_[i], network_->along[i].direction, rows_[i % 2].data(), row_bytes(before),
              rows_[(i + 1) % 2].data(), row_bytes(network_->along[i].cells));
    before = network_->along[i].cells;
  }
}

void ForwardPass::convolve(const LinePixels& line) {
  const std::int32_t height = network_->height;
  const std::int32_t bytes = kernels_->shape.value_bytes;
  // A value above, the pixels, and what the last groups of four read beyond.
  const std::int32_t stride = height + 4;
  const auto column = static_cast<std::ptrdiff_t>(stride) * bytes;
  image_.at_least(size(line.width) * size(column));
  column_values_.assign(size(stride), 0);
  for (std::int32_t x = 0; x < line.width; ++x) {
    std::copy_n(line.values.begin() + std::ptrdiff_t{x} * height, height, column_values_.begin() + 1);
    kernels_->store(column_values_.data(), stride, image_.data() + x * column);
  }
  edge_.fill(line.values, line.width, height, noise_);
  edge_values_.at_least(edge_.values.size() * size(bytes));
  kernels_->store(edge_.values.data(), static_cast<std::int32_t>(edge_.values.size()), edge_values_.data());

  const std::int32_t columns = line.width / pool;
  const std::int32_t rows = height / pool;
  const std::int32_t place = row_bytes(network_->convolution.outputs);
  pooled_.at_least(size(rows) * size(columns) * size(place));
  const std::int32_t inner_end =
      std::max(1, (line.width - 1) / pool);  // the first place that reads beyond the right edge
  for (std::int32_t row = 0; row < rows; ++row) {
    auto* const to = pooled_.data() + std::ptrdiff_t{row} * columns * place;
    const bool edge_row = row == 0 || row == rows - 1;
    const std::int32_t inner = edge_row ? columns : std::min(inner_end, columns);
    edge_place(line.width, row, 0, to);
    if (!edge_row && inner > 1) {
      kernels_->convolve(convolution_, image_.data() + 3 * column + std::ptrdiff_t{3} * row * bytes, stride, inner - 1,
                         to + place, place / bytes);
    }
    for (std::int32_t c = edge_row ? 1 : inner; c < columns; ++c) {
      edge_place(line.width, row, c, to + std::ptrdiff_t{c} * place);
    }
  }
}

void ForwardPass::edge_place(std::int32_t width, std::int32_t row, std::int32_t column, void* to) {
  const std::int32_t height = network_->height;
  const std::int32_t bytes = kernels_->shape.value_bytes;
  const auto edge = [&](std::size_t index) { return edge_values_.data() + index * size(bytes); };
  ConvolutionTaps taps;
  std::size_t tap = 0;
  for (std::int32_t x = column * pool; x < (column + 1) * pool; ++x) {
    for (std::int32_t y = row * pool; y < (row + 1) * pool; ++y) {
      for (std::int32_t dx = -1; dx <= 1; ++dx, ++tap) {
        if (y == 0 || y == height - 1) {
          taps[tap] = edge((y == 0 ? edge_.top : edge_.bottom) + (size(x) * 3 + size(dx + 1)) * 4);
        } else if (x + dx < 0 || x + dx >= width) {
          taps[tap] = edge((dx < 0 ? edge_.left : edge_.right) + size(y) * 4);
        } else {
          taps[tap] = image_.data() + (std::ptrdiff_t{x + dx} * (height + 4) + y) * bytes;
        }
      }
    }
  }
  kernels_->convolve_edge(convolution_, taps, to);
}

void ForwardPass::begin_states(std::size_t lines, std::int32_t cells) {
  const std::size_t each = size(padded_row(cells));
  states_.at_least(lines * each * sizeof(float));
  std::memset(states_.data(), 0, lines * each * sizeof(float));
  inputs_at_.resize(lines);
  previous_at_.resize(lines);
  outputs_at_.resize(lines);
  states_at_.resize(lines);
  for (std::size_t n = 0; n < lines; ++n) states_at_[n] = reinterpret_cast<float*>(states_.data()) + n * each;
}

void ForwardPass::run_column(const Line& line) {
  const std::int32_t rows = network_->height / pool;
  const std::int32_t place = row_bytes(network_->convolution.outputs);
  const std::int32_t output = row_bytes(network_->column.cells);
  for (auto& buffer : column_outputs_) buffer.at_least(size(columns_at_once) * size(output));
  for (std::int32_t first = 0; first < line.steps; first += columns_at_once) {
    const auto count = std::min(columns_at_once, line.steps - first);
    begin_states(size(count), network_->column.cells);
    for (std::int32_t row = 0; row < rows; ++row) {
      const bool last = row == rows - 1;
      for (std::int32_t c = 0; c < count; ++c) {
        inputs_at_[size(c)] = pooled_.data() + (std::ptrdiff_t{row} * line.steps + first + c) * place;
        const auto* const before = column_outputs_[row % 2].data() + std::ptrdiff_t{c} * output;
        previous_at_[size(c)] = row == 0 ? nothing_.data() : before;
        outputs_at_[size(c)] = last ? rows_[0].data() + (line.first + size(first + c)) * size(output)
                                    : column_outputs_[(row + 1) % 2].data() + std::ptrdiff_t{c} * output;
      }
      kernels_->lstm({&column_, count, inputs_at_.data(), previous_at_.data(), outputs_at_.data(), states_at_.data()});
    }
  }
}

void ForwardPass::run_along(const PackedMatrix& gates, Direction direction, const std::uint8_t* inputs,
                            std::int32_t input_bytes, std::uint8_t* outputs, std::int32_t output_bytes) {
  const auto count = by_length_.size();
  begin_states(count, gates.outputs);
  std::fill_n(previous_at_.begin(), count, nothing_.data());
  auto active = count;
  for (std::int32_t step = 0;; ++step) {
    while (active > 0 && lines_[by_length_[active - 1]].steps <= step) --active;
    if (active == 0) return;
    for (std::size_t n = 0; n < active; ++n) {
      const auto& line = lines_[by_length_[n]];
      const auto at = line.first + size(direction == Direction::forward ? step : line.steps - 1 - step);
      inputs_at_[n] = inputs + at * size(input_bytes);
      if (step > 0) previous_at_[n] = outputs_at_[n];
      outputs_at_[n] = outputs + at * size(output_bytes);
    }
    kernels_->lstm({&gates, static_cast<std::int32_t>(active), inputs_at_.data(), previous_at_.data(),
                    outputs_at_.data(), states_at_.data()});
  }
}

OutputView ForwardPass::outputs(std::size_t line) {
  const auto& [steps, first] = lines_[line];
  const std::int32_t stride = output_.blocks * kernels_->shape.lanes;
  probabilities_.at_least(std::max<std::size_t>(1, size(steps)) * size(stride) * sizeof(float));
  auto* const values = reinterpret_cast<float*>(probabilities_.data());
  const std::int32_t cells = network_->along.back().cells;
  kernels_->softmax(output_, rows_[along_.size() % 2].data() + first * size(row_bytes(cells)), padded_row(cells), steps,
                    values, stride);
  return {{values, size(steps) * size(stride)}, steps, output_.outputs, stride};
}

}  // namespace sohoa::ocr::lstm
