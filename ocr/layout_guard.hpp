#pragma once

#include <cstdint>

#include "ocr/reduced_page.hpp"

namespace sohoa::ocr {

/// What stands on a page, counted at about 150 dpi.
struct LayoutLoad {
  std::int32_t components = 0;
  double ink = 0;           ///< part of the page, 0..1
  std::int32_t specks = 0;  ///< components of at most 2 x 2 pixels there
};

/// Zero where `page` is null.
[[nodiscard]] LayoutLoad measure_layout_load(const ReducedPage& page);

/// The grey page with components of at most `size` x `size` pixels (of the page) painted white; null where there is no
/// memory.
[[nodiscard]] PixHandle without_specks(Pix& grey, int size);

}  // namespace sohoa::ocr
