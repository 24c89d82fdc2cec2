#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::testing_support {

/// Tesseract as its API gives it, model loaded: what ours is compared to.
class TesseractOracle {
 public:
  struct Word {
    std::string text;
    float confidence = 0;
    bool operator==(const Word&) const = default;
  };

  /// `models` has `language`.traineddata. Aborts the test program where it cannot be loaded.
  TesseractOracle(const std::filesystem::path& models, const std::string& language);
  ~TesseractOracle();

  /// A line's crop (8-bit grey), read as it is: PSM_RAW_LINE.
  std::vector<Word> read_line(const Raster& crop);
  /// Where its page layout (PSM_AUTO) sees text lines, 4 pixels around them.
  std::vector<PixelRect> find_lines(const Raster& page);
  /// A whole page with all settings as they come: lines of text.
  std::string read_page(const Raster& page, Dpi dpi);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Without words that have nothing but blanks, and without blanks around the others: Tesseract's iterator leaves such
/// words out or joins them to the next, as it finds letters for their places on the page.
[[nodiscard]] std::vector<TesseractOracle::Word> visible(std::vector<TesseractOracle::Word> words);

}  // namespace sohoa::testing_support
