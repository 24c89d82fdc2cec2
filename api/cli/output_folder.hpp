#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "pipeline/ports/archive.hpp"

namespace sohoa::api::cli {

/// Writes documents' results beside each other: NAME.pdf, NAME.txt, NAME.alto.xml, NAME.json. Two documents never share
/// a name ("NAME-2"), and a file that was given as input is never written over. One thread.
class OutputFolder {
 public:
  explicit OutputFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// A file that must stay as it is.
  void protect(const std::filesystem::path& input);

  /// `relative`: where below the folder, without extension ("2025/quyet dinh 5"). Each file appears whole or not at
  /// all. Returns the name taken. Errors: resource_exhausted (disk), unavailable (I/O), not_found (the archive lacks
  /// it).
  Result<std::string> write(const IssuedDocument& document, const ObjectStore& objects,
                            const std::filesystem::path& relative);

 private:
  [[nodiscard]] bool is_free(const std::filesystem::path& stem, const IssuedDocument& document) const;

  const std::filesystem::path folder_;
  std::set<std::filesystem::path> protected_;
  std::set<std::filesystem::path> taken_;
};

}  // namespace sohoa::api::cli
