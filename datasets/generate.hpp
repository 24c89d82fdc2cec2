#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "datasets/corpus.hpp"
#include "datasets/degrade.hpp"
#include "datasets/output.hpp"
#include "datasets/truth.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::datasets {

struct GenerateOptions {
  std::uint64_t seed = 1;
  std::vector<DocumentType> types;  ///< in turn; empty: all
  std::vector<Stratum> strata;      ///< in turn; empty: all
  std::optional<Stratum> sheets;  ///< the stratum whose sheets are scanned; none: the same. Sheets differ in style only
  std::uint32_t scan = 0;         ///< another one scans the same sheets once more
  double dpi = 300;               ///< 72..600; some strata sample down
  ImageFormat format = ImageFormat::png;
  int jpeg_quality = 80;         ///< 1..100, of JPEG files and pages of PDFs
  std::uint32_t most_pages = 0;  ///< documents are made short enough; 0: one to three pages
};

struct GeneratedDocument {
  DocumentText text;
  TrueDocument truth;
  std::vector<ScanPage> pages;
};

/// The `index`-th document (from 0) of a set: the same for the same corpus, options, index and build. Pure.
[[nodiscard]] GeneratedDocument generate_document(const Corpus& corpus, const GenerateOptions& options,
                                                  std::uint32_t index);

/// Writes into `folder`: for png and jpg NAME-p001.png and NAME-p001.gt.txt a page, for pdf and tif NAME.pdf and
/// NAME.gt.txt with a form feed between pages; and NAME.truth.json. Errors: of write_file; internal (an encoder).
Result<void> write_document(const GeneratedDocument& document, const GenerateOptions& options,
                            const std::filesystem::path& folder);

}  // namespace sohoa::datasets
