#pragma once

#include <filesystem>
#include <optional>

#include "ocr/lstm/dictionary.hpp"
#include "ocr/lstm/network.hpp"
#include "ocr/lstm/recoder.hpp"
#include "ocr/lstm/unicharset.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::ocr::lstm {

/// What reading needs of a `*.traineddata` file; its parts fit each other.
struct Model {
  Network network;
  Unicharset unicharset;
  Recoder recoder;
  std::optional<Dictionary> dictionary;  ///< where the model has word lists

  /// Errors: not_found, invalid_input (damaged), unsupported (floating point, codes longer than one, another family of
  /// networks): Tesseract itself can read that.
  static Result<Model> load(const std::filesystem::path& file);
};

}  // namespace sohoa::ocr::lstm
