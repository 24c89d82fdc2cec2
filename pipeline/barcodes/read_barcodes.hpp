#pragma once

#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/model/barcode.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::barcodes {

/// The codes on a page, at most most_barcodes: QR, Data Matrix, PDF417, Code 128, Code 39 and Patch-T; boxes in pixels
/// of `page`, which has dark codes on light paper (1 or 3 channels). QR codes and Patch-T may lean by 5 degrees with
/// any side up; the others are read on deskewed, upright pages, where they are 6.5 mm high and modules 0.5 mm at most.
/// A page without codes costs a look at some of its rows and columns (README.md). One thread, no state.
/// Errors: resource_exhausted (memory); internal (zxing).
[[nodiscard]] Result<std::vector<Barcode>> read_barcodes(const Raster& page, Dpi dpi);

}  // namespace sohoa::barcodes
