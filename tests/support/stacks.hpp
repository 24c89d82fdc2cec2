#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "datasets/output.hpp"

namespace sohoa::testing_support {

/// A document that is in a stack: where it lies, and the dossier whose cover came last.
struct TruePart {
  std::uint32_t first_page = 1;
  std::uint32_t pages = 0;
  std::string dossier;
  std::string component;
  bool operator==(const TruePart&) const = default;
};

struct TrueStack {
  std::vector<TruePart> parts;
  std::uint32_t pages = 0;
  std::uint32_t sheets = 0;
  std::uint32_t blank_pages = 0;
};

/// Makes stacks of printed sheets and drawn papers, and knows how they are to be cut. The same seed gives the same
/// stacks.
class StackMaker {
 public:
  /// Sheets are written by the program `sohoa` and drawn by pdftoppm, in `folder`.
  StackMaker(const std::filesystem::path& folder, const std::string& program);

  /// Writes stack number `index` as `file`: .pdf (JPEG or 1-bit) or .tif (1-bit).
  TrueStack write(const std::filesystem::path& file, std::uint64_t index);
  /// Writes `pages` papers without sheets; after each of `blank_after` a blank page.
  void write_papers(const std::filesystem::path& file, std::uint32_t pages,
                    const std::vector<std::uint32_t>& blank_after);

 private:
  [[nodiscard]] Raster print(const std::filesystem::path& folder, const std::string& program,
                             const std::vector<std::string>& arguments) const;

  struct Cover {
    std::string dossier;
    std::string component;
    Raster sheet;
  };
  Raster separator_;
  Raster patch_t_;
  Raster blank_;
  std::vector<Cover> covers_;
  std::vector<Raster> papers_;
};

}  // namespace sohoa::testing_support
