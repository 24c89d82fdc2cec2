#include "pipeline/sign/read_certificates.hpp"

#include <algorithm>

#include "pipeline/base/file.hpp"

namespace sohoa::sign {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t most_bytes = 16 << 20;

std::vector<fs::path> files_of(const fs::path& path) {
  std::error_code failed;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path, failed)) {
    if (entry.is_regular_file(failed)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<std::vector<Certificate>> read_certificates(const std::vector<fs::path>& paths) {
  std::vector<Certificate> all;
  for (const auto& path : paths) {
    std::error_code failed;
    const bool folder = fs::is_directory(path, failed);
    for (const auto& file : folder ? files_of(path) : std::vector{path}) {
      SOHOA_TRY(const auto bytes, read_file(file, most_bytes));
      auto some = certificates_from(bytes);
      if (!some) return some.error().within(file.string());
      all.insert(all.end(), some->begin(), some->end());
    }
  }
  return all;
}

}  // namespace sohoa::sign
