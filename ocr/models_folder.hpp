#pragma once

#include <filesystem>
#include <string>

#include "pipeline/base/result.hpp"

namespace sohoa::ocr {

/// The folder with the *.traineddata files of all `languages` ("vie+eng"): `wanted`, else the one that TESSDATA_PREFIX
/// names, else where distributions put them. Errors: unsupported (no such language).
[[nodiscard]] Result<std::filesystem::path> models_folder(const std::filesystem::path& wanted,
                                                          const std::string& languages);

}  // namespace sohoa::ocr
