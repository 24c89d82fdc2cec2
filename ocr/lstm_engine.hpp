#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocr/found_line.hpp"
#include "ocr/layout/office_layout.hpp"
#include "ocr/lstm/line_reader.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::ocr {

/// Our own recogniser over one or several of Tesseract's models. One thread.
class LstmEngine {
 public:
  /// `languages` as "vie+eng"; the files are `models`/*.traineddata. Errors: not_found; invalid_input (damaged);
  /// unsupported (a model that only Tesseract can read).
  static Result<std::unique_ptr<LstmEngine>> load(const std::filesystem::path& models, const std::string& languages,
                                                  lstm::LineReaderOptions options);

  /// Reads the lines of a layout; boxes are pixels of `page`. A line without words gives none. `blocks`: the block of
  /// each line, where the layout has any.
  [[nodiscard]] std::vector<FoundLine> read(const Raster& page, const OfficeLayout& layout,
                                            const std::vector<std::int32_t>& blocks = {});
  /// Reads the one line in an area of the page; nothing where there is none.
  [[nodiscard]] std::optional<FoundLine> read_line(const Raster& page, const PixelRect& area);

 private:
  LstmEngine() = default;
  std::vector<std::unique_ptr<lstm::LineReader>> readers_;  ///< by language
};

}  // namespace sohoa::ocr
