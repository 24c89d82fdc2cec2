#include "ocr/lstm/packed_matrix.hpp"

#include <cstring>

namespace sohoa::ocr::lstm {
namespace {

constexpr std::size_t alignment = 64;

}  // namespace

AlignedBytes::AlignedBytes(std::size_t size) {
  at_least(size);
}

void AlignedBytes::at_least(std::size_t size) {
  if (size <= size_) return;
  memory_ = std::make_unique<std::uint8_t[]>(size + alignment);
  const auto address = reinterpret_cast<std::uintptr_t>(memory_.get());
  start_ = memory_.get() + (alignment - address % alignment) % alignment;
  size_ = size;
}

PackedMatrix pack(std::initializer_list<const WeightMatrix*> sides, std::int32_t first, PackShape shape) {
  const auto& any = **sides.begin();
  const auto groups = [&](std::int32_t inputs) { return padded_row(inputs) / shape.group; };
  PackedMatrix packed;
  packed.outputs = any.outputs;
  packed.sides = static_cast<std::int32_t>(sides.size());
  packed.blocks = (any.outputs + shape.lanes - 1) / shape.lanes;
  packed.first_groups = groups(first);
  packed.second_groups = any.inputs > first ? groups(any.inputs - first) : 0;
  const auto vector = static_cast<std::size_t>(shape.lanes * shape.group * shape.weight_bytes);
  packed.block_bytes = vector * static_cast<std::size_t>(packed.sides * (packed.first_groups + packed.second_groups));
  packed.weights.at_least(packed.block_bytes * static_cast<std::size_t>(packed.blocks));
  const auto rows = static_cast<std::size_t>(packed.blocks * packed.sides * shape.lanes);
  packed.bias.at_least(rows * sizeof(std::int32_t));
  packed.scale.at_least(rows * sizeof(float));

  std::int32_t side = 0;
  for (const auto* matrix : sides) {
    for (std::int32_t output = 0; output < matrix->outputs; ++output) {
      const auto row = matrix->row(output);
      const std::int32_t block = output / shape.lanes;
      const std::int32_t lane = output % shape.lanes;
      std::int32_t sum = 0;
      for (std::int32_t input = 0; input < matrix->inputs; ++input) {
        const std::int32_t at = input < first ? input : packed.first_groups * shape.group + (input - first);
        const std::int32_t group = at / shape.group;
        const auto vectors = static_cast<std::size_t>(group * packed.sides + side);
        auto* const to = packed.weights.data() + packed.block_bytes * static_cast<std::size_t>(block) +
                         vector * vectors +
                         static_cast<std::size_t>((lane * shape.group + at % shape.group) * shape.weight_bytes);
        const std::int8_t weight = row[static_cast<std::size_t>(input)];
        const std::int16_t wide = weight;
        if (shape.weight_bytes == 1) {
          std::memcpy(to, &weight, sizeof weight);
        } else {
          std::memcpy(to, &wide, sizeof wide);
        }
        sum += weight;
      }
      const auto at = static_cast<std::size_t>((block * packed.sides + side) * shape.lanes + lane);
      const std::int32_t bias = 127 * matrix->bias(output) - (shape.value_bytes == 1 ? 128 * sum : 0);
      std::memcpy(packed.bias.data() + at * sizeof bias, &bias, sizeof bias);
      std::memcpy(packed.scale.data() + at * sizeof(float), &matrix->scales[static_cast<std::size_t>(output)],
                  sizeof(float));
    }
    ++side;
  }
  return packed;
}

}  // namespace sohoa::ocr::lstm
