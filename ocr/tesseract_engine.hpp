#pragma once

#include <tesseract/baseapi.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocr/found_line.hpp"
#include "ocr/handles.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::ocr {

/// What one run of the engine gave.
struct EngineLines {
  std::vector<FoundLine> lines;
  bool cut_short = false;
};

/// One loaded set of Tesseract models. One thread.
class TesseractEngine {
 public:
  /// `folder` has the models of all `languages`. Errors: unsupported.
  static Result<std::unique_ptr<TesseractEngine>> load(const std::filesystem::path& folder,
                                                       const std::string& languages);
  ~TesseractEngine();

  /// Lays out and reads `page` (8-bit grey or 1-bit). Errors: internal.
  Result<EngineLines> read(Pix& page, double dpi, std::chrono::milliseconds limit);
  /// Reads one line of the page that `read` was given last and that still exists; nothing where there is none.
  std::optional<FoundLine> read_line(const PixelRect& area);
  /// Lets the page go.
  void forget_page();

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  TesseractEngine() = default;

  tesseract::TessBaseAPI api_;
  std::string name_;
};

}  // namespace sohoa::ocr
