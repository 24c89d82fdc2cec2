#include "ocr/tesseract_layout.hpp"

#include <tesseract/resultiterator.h>

#include <cmath>
#include <new>

#include "ocr/grey_pix.hpp"

namespace sohoa::ocr {
namespace {

using tesseract::PageIteratorLevel;

/// What the models were trained on: the line's box, from descenders to ascenders, and 4 pixels around at 300 dpi.
LayoutLine line_at(const tesseract::PageIterator& it, const PixelRect& page, Dpi dpi) {
  LayoutLine line;
  int left = 0, top = 0, right = 0, bottom = 0;
  it.BoundingBox(PageIteratorLevel::RIL_TEXTLINE, &left, &top, &right, &bottom);
  line.box = {left, top, right - left, bottom - top};
  int x1 = left, y1 = bottom, x2 = right, y2 = bottom;
  it.Baseline(PageIteratorLevel::RIL_TEXTLINE, &x1, &y1, &x2, &y2);
  line.baseline_start = {static_cast<double>(x1), static_cast<double>(y1)};
  line.baseline_end = {static_cast<double>(x2), static_cast<double>(y2)};
  float height = 0, descenders = 0, ascenders = 0;
  it.RowAttributes(&height, &descenders, &ascenders);
  line.x_height = std::max(0.0F, height - std::fabs(descenders) - ascenders);

  const double baseline = (line.baseline_start.y + line.baseline_end.y) / 2;
  const auto margin = static_cast<std::int32_t>(std::lround(4 * std::max(1.0, dpi.value / 300)));
  const auto upper = std::min<double>(top, baseline - line.x_height - ascenders);
  const auto lower = std::max<double>(bottom, baseline + std::fabs(descenders));
  const auto y = static_cast<std::int32_t>(std::floor(upper)) - margin;
  line.crop = intersection(
      {left - margin, y, right - left + 2 * margin, static_cast<std::int32_t>(std::ceil(lower)) + margin - y}, page);
  return line;
}

}  // namespace

TesseractLayout::TesseractLayout() {
  api_.InitForAnalysePage();
  api_.SetVariable("textord_disable_pitch_test", "1");
  api_.SetVariable("debug_file", "/dev/null");
}

TesseractLayout::~TesseractLayout() {
  api_.End();
}

Result<TesseractLayout::Lines> TesseractLayout::find(const Raster& page, Dpi dpi) try {
  const auto pix = grey_pix(page);
  if (!pix) return Error{ErrorCode::resource_exhausted, "no memory for the page"};
  api_.SetVariable("user_defined_dpi", std::to_string(std::lround(dpi.value)).c_str());
  api_.SetPageSegMode(tesseract::PSM_AUTO);
  api_.SetImage(pix.get());
  Lines found;
  const std::unique_ptr<tesseract::PageIterator> it(api_.AnalyseLayout());
  if (it) {
    it->SetBoundingBoxComponents(true, true);
    std::int32_t block = -1;
    do {
      if (it->IsAtBeginningOf(PageIteratorLevel::RIL_BLOCK)) ++block;
      if (it->Empty(PageIteratorLevel::RIL_TEXTLINE)) continue;
      auto line = line_at(*it, page.bounds(), dpi);
      if (line.box.empty() || line.crop.empty()) continue;
      found.layout.lines.push_back(line);
      found.blocks.push_back(block);
    } while (it->Next(PageIteratorLevel::RIL_TEXTLINE));
  }
  api_.Clear();
  return found;
} catch (const std::bad_alloc&) {
  return Error{ErrorCode::resource_exhausted, "no memory to lay the page out"};
} catch (const std::exception& e) {
  return Error{ErrorCode::internal, std::string("tesseract: ") + e.what()};
}

}  // namespace sohoa::ocr
