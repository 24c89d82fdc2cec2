#include "ocr/lstm/activation_tables.hpp"

#include <cmath>
#include <cstddef>

namespace sohoa::ocr::lstm {
namespace {

template <typename Function>
ActivationTable table_of(Function function) {
  ActivationTable table{};
  const auto at = [&](std::int32_t i) { return static_cast<float>(function(i / 256.0)); };
  for (std::int32_t i = 0; i < ActivationTable::entries; ++i) {
    table.entry[static_cast<std::size_t>(i)] = {at(i), at(i + 1) - at(i)};
  }
  return table;
}

float looked_up(const ActivationTable& table, float x) {
  const float scaled = x * ActivationTable::per_unit;
  const auto index = static_cast<std::uint32_t>(scaled);
  if (index >= ActivationTable::entries - 1) return 1;
  const auto& entry = table.entry[index];
  return entry.value + entry.step * (scaled - static_cast<float>(index));
}

}  // namespace

const ActivationTable tanh_table = table_of([](double x) { return std::tanh(x); });
const ActivationTable logistic_table = table_of([](double x) { return 1 / (1 + std::exp(-x)); });

float table_tanh(float x) {
  return x < 0 ? -looked_up(tanh_table, -x) : looked_up(tanh_table, x);
}

float table_logistic(float x) {
  return x < 0 ? 1 - looked_up(logistic_table, -x) : looked_up(logistic_table, x);
}

}  // namespace sohoa::ocr::lstm
