#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "pipeline/base/units.hpp"
#include "pipeline/base/wire.hpp"

namespace sohoa {

enum class BarcodeFormat : std::uint8_t {
  qr,
  data_matrix,
  pdf417,
  code_128,
  code_39,
  patch_t,  ///< four bars that say "a new document begins" and carry no text
};
[[nodiscard]] std::string_view name_of(BarcodeFormat format);  ///< "qr", "data_matrix" ...

/// A code on a page and what it says.
struct Barcode {
  BarcodeFormat format = BarcodeFormat::qr;
  std::string text;  ///< UTF-8 as the code has it; "" for patch_t
  PixelRect box;     ///< pixels of the page as it is shown

  static constexpr auto fields = [](auto& self) { return std::tie(self.format, self.text, self.box); };
};

inline constexpr std::size_t most_barcodes = 64;  ///< of one page; further ones are left out

template <>
inline constexpr int wire::enum_last<BarcodeFormat> = static_cast<int>(BarcodeFormat::patch_t);

}  // namespace sohoa
