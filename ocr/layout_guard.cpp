// Tesseract's layout gets slow, and finds nothing, where a page has many more marks than text has: 4,000 specks double
// a page's time, 14,000 make it three times as long (and spoil the reading); a halftone or photograph may take minutes.
// They are counted before it starts, at half resolution (about 12 ms with the reduction). Specks are then taken away; a
// page with too many marks that are larger is not read.

#include "ocr/layout_guard.hpp"

#include <algorithm>

#include "ocr/ink.hpp"

namespace sohoa::ocr {

LayoutLoad measure_layout_load(const ReducedPage& page) {
  LayoutLoad load;
  const BoxaHandle boxes(page.pix ? pixConnCompBB(page.pix.get(), 8) : nullptr);
  if (!boxes) return load;
  load.components = boxaGetCount(boxes.get());
  l_int32 ink = 0;
  pixCountPixels(page.pix.get(), &ink, nullptr);
  load.ink = ink / std::max(1.0, static_cast<double>(pixGetWidth(page.pix.get())) * pixGetHeight(page.pix.get()));
  for (int i = 0; i < load.components; ++i) {
    l_int32 width = 0, height = 0;
    boxaGetBoxGeometry(boxes.get(), i, nullptr, nullptr, &width, &height);
    load.specks += width <= 2 && height <= 2;
  }
  return load;
}

PixHandle without_specks(Pix& grey, int size) {
  const PixHandle ink(pixThresholdToBinary(&grey, ink_below));
  const PixHandle kept(
      ink ? pixSelectBySize(ink.get(), size + 1, size + 1, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, nullptr) : nullptr);
  const PixHandle specks(kept ? pixSubtract(nullptr, ink.get(), kept.get()) : nullptr);
  const PixHandle grown(specks ? pixDilateBrick(nullptr, specks.get(), 3, 3) : nullptr);
  PixHandle clean(grown ? pixCopy(nullptr, &grey) : nullptr);
  if (clean) pixSetMasked(clean.get(), grown.get(), 255);
  return clean;
}

}  // namespace sohoa::ocr
