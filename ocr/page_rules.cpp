// An opening by a long flat brick keeps only what is that long in one direction; what is left in thin components is a
// rule. Scanned rules are rarely straight to the pixel: at 150 dpi a page skewed by 0.3 degrees shifts a row every 190
// pixels, so the brick is short (8 mm, 47 pixels) and the pieces are joined by a closing over 2 mm first.

#include "ocr/page_rules.hpp"

#include <algorithm>
#include <cmath>

namespace sohoa::ocr {
namespace {

std::vector<PixelRect> components(Pix* pix, double factor) {
  std::vector<PixelRect> boxes;
  const BoxaHandle boxa(pixConnCompBB(pix, 8));
  const int count = boxa ? boxaGetCount(boxa.get()) : 0;
  for (int i = 0; i < count; ++i) {
    l_int32 x = 0, y = 0, width = 0, height = 0;
    boxaGetBoxGeometry(boxa.get(), i, &x, &y, &width, &height);
    const auto full = [&](l_int32 value) { return static_cast<std::int32_t>(std::lround(value * factor)); };
    boxes.push_back({full(x), full(y), full(width), full(height)});
  }
  return boxes;
}

}  // namespace

PageRules find_rules(const ReducedPage& page, double dpi) {
  PageRules rules;
  if (!page.pix) return rules;
  const double mm = dpi / 25.4;
  const auto reduced = [&](double length) { return std::max(3, static_cast<int>(length * mm / page.factor)); };

  const PixHandle flat(pixOpenBrick(nullptr, page.pix.get(), reduced(8), 1));
  if (const PixHandle closed(flat ? pixCloseSafeBrick(nullptr, flat.get(), reduced(2), 3) : nullptr); closed) {
    rules.horizontal = components(closed.get(), page.factor);
  }
  std::erase_if(rules.horizontal, [&](const PixelRect& r) { return r.height > 1.5 * mm || r.width < 8 * mm; });

  const PixHandle upright(pixOpenBrick(nullptr, page.pix.get(), 1, reduced(6)));
  if (const PixHandle closed(upright ? pixCloseSafeBrick(nullptr, upright.get(), 3, reduced(2)) : nullptr); closed) {
    rules.vertical = components(closed.get(), page.factor);
  }
  std::erase_if(rules.vertical, [&](const PixelRect& r) { return r.width > 1.5 * mm || r.height < 6 * mm; });
  return rules;
}

}  // namespace sohoa::ocr
