#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ocr/lstm/edge_noise.hpp"
#include "ocr/lstm/kernels.hpp"
#include "ocr/lstm/network.hpp"
#include "ocr/lstm/output_view.hpp"
#include "ocr/lstm/packed_matrix.hpp"

namespace sohoa::ocr::lstm {

/// A line image as the network takes it: column by column, `height` values of -127 (black) to 127 each.
struct LinePixels {
  std::int32_t width = 0;
  std::span<const std::int8_t> values;
};

/// Runs a network over the lines of a page together. Keeps its memory from one run to the next. One thread.
class ForwardPass {
 public:
  /// `network` must outlive this.
  ForwardPass(const Network& network, const Kernels& kernels);

  /// Lines of any widths; at most about 32 at a time serve best.
  void run(std::span<const LinePixels> lines);
  /// The outputs of line `line` of the last run. Valid until the next call.
  [[nodiscard]] OutputView outputs(std::size_t line);

  [[nodiscard]] const Kernels& kernels() const { return *kernels_; }
  /// Multiplications and additions of a time step, for measuring.
  [[nodiscard]] std::int64_t products_per_step() const;

 private:
  struct Line {
    std::int32_t steps = 0;
    std::size_t first = 0;  ///< its first row in a layer's rows
  };

  void convolve(const LinePixels& line);
  void edge_place(std::int32_t width, std::int32_t row, std::int32_t column, void* to);
  /// Cells of `lines` lines, all 0, and room for where each line's rows stand.
  void begin_states(std::size_t lines, std::int32_t cells);
  void run_column(const Line& line);
  void run_along(const PackedMatrix& gates, Direction direction, const std::uint8_t* inputs, std::int32_t input_bytes,
                 std::uint8_t* outputs, std::int32_t output_bytes);
  [[nodiscard]] std::int32_t row_bytes(std::int32_t values) const {
    return padded_row(values) * kernels_->shape.value_bytes;
  }

  const Network* network_;
  const Kernels* kernels_;
  PackedMatrix convolution_;
  PackedMatrix column_;
  std::vector<PackedMatrix> along_;
  PackedMatrix output_;
  std::int32_t widest_;  ///< cells of any layer

  EdgeNoise noise_;
  EdgeTaps edge_;
  std::vector<std::int8_t> column_values_;
  AlignedBytes image_;
  AlignedBytes edge_values_;
  AlignedBytes pooled_;
  AlignedBytes column_outputs_[2];
  AlignedBytes states_;
  AlignedBytes nothing_;  ///< a row of stored zeros
  AlignedBytes rows_[2];  ///< of a layer and the next
  AlignedBytes probabilities_;
  std::vector<Line> lines_;
  std::vector<std::size_t> by_length_;
  std::vector<const void*> inputs_at_;
  std::vector<const void*> previous_at_;
  std::vector<void*> outputs_at_;
  std::vector<float*> states_at_;
};

}  // namespace sohoa::ocr::lstm
