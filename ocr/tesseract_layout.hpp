#pragma once

#include <tesseract/baseapi.h>

#include <memory>

#include "ocr/layout/office_layout.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::ocr {

/// Tesseract's page layout without its recogniser: for pages of which our own layout is not sure. One thread.
class TesseractLayout {
 public:
  TesseractLayout();
  ~TesseractLayout();

  /// The text lines and the engine's block of each; no rules and no ink. Errors: resource_exhausted, internal.
  struct Lines {
    OfficeLayout layout;
    std::vector<std::int32_t> blocks;
  };
  Result<Lines> find(const Raster& page, Dpi dpi);

 private:
  tesseract::TessBaseAPI api_;
};

}  // namespace sohoa::ocr
