#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "ocr/layout/office_layout.hpp"
#include "ocr/layout_limits.hpp"
#include "ocr/lstm/kernels.hpp"
#include "pipeline/ports/recognizer.hpp"

namespace sohoa::ocr {

class LstmEngine;
class TesseractEngine;
class TesseractLayout;

/// Who finds the lines, and who reads them.
enum class Reader : std::uint8_t {
  own,  ///< our layout (Tesseract's where ours is not sure), our recogniser (Tesseract where it can't load a model)
  own_lines,  ///< Tesseract's layout, our recogniser: for comparing
  tesseract,  ///< all by Tesseract: for comparing
};

/// Whether the language has a say in which of several readings a word is.
enum class WordChoice : std::uint8_t {
  by_language,  ///< where there is a model for it: Vietnamese
  as_read,      ///< the network's best alone, with all its alternatives: for comparing
};

struct RecognizerOptions {
  std::filesystem::path models;   ///< folder of *.traineddata; empty: TESSDATA_PREFIX, else the library's own default
  std::string languages = "vie";  ///< loaded by create()
  Reader reader = Reader::own;
  lstm::Activation activation = lstm::Activation::fast;
  WordChoice words = WordChoice::by_language;
  std::chrono::milliseconds soft_limit{
      15'000};  ///< of Tesseract's recognition; layout before it is bounded by `layout`
  LayoutLimits layout;
};

/// Finds and reads a page's lines, and puts them into reading order with roles.
///
/// Made once, before workers are forked: the models' memory is then shared copy-on-write. Other languages are loaded at
/// their first use and kept. Set OMP_THREAD_LIMIT=1 before the process starts: set later, Tesseract ignores it (a page
/// then takes several times as long). Thread: one at a time.
class PageRecognizer final : public Recognizer {
 public:
  /// Errors: unsupported (a model is missing or cannot be read).
  static Result<std::unique_ptr<PageRecognizer>> create(RecognizerOptions options);
  ~PageRecognizer() override;

  /// `page.pixels` is 8-bit grey, dark on light, at least 50 dpi; `languages` are Tesseract's names, joined by '+'.
  /// Findings: "reading_cut_short" (over soft_limit: the rest of the page is missing), "layout_guard" (too many marks
  /// to be text: nothing was read), "despeckled" (read without its specks). Errors: invalid_input (not grey),
  /// unsupported (no such language), resource_exhausted (memory), internal.
  Result<Reading> read(const UprightPage& page, const std::string& languages) override;

 private:
  /// The engines of one set of languages.
  struct Engines {
    std::unique_ptr<LstmEngine> own;
    std::unique_ptr<TesseractEngine> tesseract;  ///< where ours can't read a model, or is not wanted
    std::string name;
  };
  struct Sheet;

  explicit PageRecognizer(RecognizerOptions options);
  Result<Engines*> engines_for(const std::string& languages);
  static void settle_words(std::vector<Block>& blocks, const Engines& engines, const std::string& languages);
  Result<Reading> read_sheet(Engines& engines, Sheet sheet);
  Result<Reading> read_by_other_layout(Engines& engines, Sheet sheet);

  RecognizerOptions options_;
  std::map<std::string, Engines> engines_;             ///< by languages
  std::unique_ptr<TesseractLayout> tesseract_layout_;  ///< made at its first use
};

}  // namespace sohoa::ocr
