#pragma once

#include <array>
#include <cstdint>

namespace sohoa::ocr::lstm {

/// Tesseract's tanh and logistic: tables of 1/256 from 0 to 16, straight between the entries, 1 beyond. The models were
/// trained with these, and exact results need them bit by bit. A step's difference stands beside its value, so that a
/// look-up reads one place.
struct ActivationTable {
  static constexpr std::int32_t entries = 4096;
  static constexpr float per_unit = 256.0F;
  struct Entry {
    float value;
    float step;  ///< the next value minus this one, in single precision
  };
  std::array<Entry, entries> entry;
};

extern const ActivationTable tanh_table;
extern const ActivationTable logistic_table;

/// The plain forms, which the kernels' vectors are compared to.
[[nodiscard]] float table_tanh(float x);
[[nodiscard]] float table_logistic(float x);

}  // namespace sohoa::ocr::lstm
