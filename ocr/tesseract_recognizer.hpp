#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "ocr/layout_limits.hpp"
#include "pipeline/ports/recognizer.hpp"

namespace sohoa::ocr {

class TesseractEngine;

struct TesseractOptions {
  std::filesystem::path models;   ///< folder of *.traineddata; empty: TESSDATA_PREFIX, else the library's own default
  std::string languages = "vie";  ///< loaded by create()
  std::chrono::milliseconds soft_limit{15'000};  ///< of recognition; layout before it is bounded by `layout`
  LayoutLimits layout;
};

/// Tesseract's LSTM, with a reading order and block roles of our own.
///
/// Made once, before workers are forked: the models' memory is then shared copy-on-write. Other languages are loaded at
/// their first use and kept. Set OMP_THREAD_LIMIT=1 before the process starts: set later, it is ignored (a page then
/// takes several times as long). Thread: one at a time.
class TesseractRecognizer final : public Recognizer {
 public:
  /// Errors: unsupported (a model is missing or cannot be read).
  static Result<std::unique_ptr<TesseractRecognizer>> create(TesseractOptions options);
  ~TesseractRecognizer() override;

  /// `page.pixels` is 8-bit grey, dark on light, at least 50 dpi; `languages` are Tesseract's names, joined by '+'.
  /// Findings: "reading_cut_short" (over soft_limit: the rest of the page is missing), "layout_guard" (too many marks
  /// to be text: nothing was read), "despeckled" (read without its specks). Errors: invalid_input (not grey),
  /// unsupported (no such language), resource_exhausted (memory), internal.
  Result<Reading> read(const UprightPage& page, const std::string& languages) override;

 private:
  explicit TesseractRecognizer(TesseractOptions options);
  Result<TesseractEngine*> engine_for(const std::string& languages);

  TesseractOptions options_;
  std::map<std::string, std::unique_ptr<TesseractEngine>> engines_;  ///< by languages
};

}  // namespace sohoa::ocr
