#include "ocr/models_folder.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "pipeline/model/recognized_page.hpp"

namespace sohoa::ocr {
namespace {

/// The first language without a model file in `folder`, "" where all are there.
std::string missing_model(const std::filesystem::path& folder, const std::string& languages) {
  for (std::size_t begin = 0; begin < languages.size();) {
    const auto end = std::min(languages.find('+', begin), languages.size());
    const auto language = languages.substr(begin, end - begin);
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(folder / (language + ".traineddata"), ignored)) return language;
    begin = end + 1;
  }
  return "";
}

std::vector<std::filesystem::path> candidates(const std::filesystem::path& wanted) {
  if (!wanted.empty()) return {wanted};
  if (const char* prefix = std::getenv("TESSDATA_PREFIX"); prefix != nullptr && *prefix != '\0') return {prefix};
  return {"/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata"};
}

}  // namespace

Result<std::filesystem::path> models_folder(const std::filesystem::path& wanted, const std::string& languages) {
  if (!is_language_list(languages)) return Error{ErrorCode::unsupported, "no languages: '" + languages + "'"};
  const auto folders = candidates(wanted);
  std::error_code ignored;
  const auto folder = std::find_if(folders.begin(), folders.end(),
                                   [&](const auto& path) { return std::filesystem::is_directory(path, ignored); });
  const auto& best = folder == folders.end() ? folders.front() : *folder;
  if (const auto language = missing_model(best, languages); !language.empty()) {
    return Error{ErrorCode::unsupported, "no model of language '" + language + "' in " + best.string()};
  }
  return best;
}

}  // namespace sohoa::ocr
