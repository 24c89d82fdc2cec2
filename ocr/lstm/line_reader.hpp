#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "ocr/lstm/decoded_line.hpp"
#include "ocr/lstm/kernels.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::ocr::lstm {

struct LineReaderOptions {
  const Kernels* kernels = nullptr;  ///< null: the fastest of this processor, with fast activations
  bool dictionary = true;            ///< use the model's word lists, where it has some
  /// A line whose outputs are less sure than this in the mean (0..1) is read once more with black and white exchanged,
  /// and the surer reading kept. 0: never. Tesseract's own is 0.7.
  double invert_below = 0;
};

/// A line as it was read. Time step s begins at pixel s * step_width of the crop.
struct LineReading {
  DecodedLine line;
  double step_width = 0;
  bool inverted = false;
};

/// One model of Tesseract's (`*.traineddata`, fast or best_int), run by our own code. Reads as Tesseract reads the same
/// crop (PSM_RAW_LINE): bit by bit with exact kernels. One thread.
class LineReader {
 public:
  /// Errors: those of Model::load.
  static Result<std::unique_ptr<LineReader>> load(const std::filesystem::path& file, LineReaderOptions options);
  ~LineReader();

  /// Text lines, each cut out of its page: 8-bit grey with some 4 pixels (at 300 dpi) around the letters. A crop that
  /// is empty, or too small to be text, gives no words.
  [[nodiscard]] std::vector<LineReading> read(std::span<const Raster> crops);

 private:
  struct Engine;
  explicit LineReader(std::unique_ptr<Engine> engine);

  std::unique_ptr<Engine> engine_;
};

}  // namespace sohoa::ocr::lstm
