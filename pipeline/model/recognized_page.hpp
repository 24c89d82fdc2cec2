#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "pipeline/model/barcode.hpp"
#include "pipeline/model/image_stream.hpp"
#include "pipeline/model/ink_map.hpp"
#include "pipeline/model/page_hash.hpp"
#include "pipeline/model/page_image.hpp"
#include "pipeline/model/quality.hpp"
#include "pipeline/model/text.hpp"

namespace sohoa {

/// CPU seconds that a step took.
struct StageTime {
  std::string stage;
  double seconds = 0;

  static constexpr auto fields = [](auto& self) { return std::tie(self.stage, self.seconds); };
};

/// Everything read from one page.
struct RecognizedPage {
  PageNumber number;
  std::int32_t width = 0;  ///< pixels of the page as it is shown
  std::int32_t height = 0;
  Dpi dpi;
  TextSource text_source = TextSource::none;
  std::string engine;         ///< "tesseract 5.3.0 vie", "" where nothing was read
  std::vector<Block> blocks;  ///< in reading order; those kept apart (is_apart) come last
  std::vector<Barcode> barcodes;
  QualityReport quality;
  std::vector<Finding> findings;
  std::vector<StageTime> times;
  std::optional<PageHash> hash;  ///< of the upright page; none where it is blank
  std::optional<InkMap> ink;     ///< none where the page is blank

  /// Lines ended by '\n', a blank line between blocks; without what is kept apart.
  [[nodiscard]] std::string text() const;
  /// Mean confidence of the recognised words, 0..100; 100 where there are none.
  [[nodiscard]] double mean_confidence() const;

  static constexpr auto fields = [](auto& self) {
    return std::tie(self.number, self.width, self.height, self.dpi, self.text_source, self.engine, self.blocks,
                    self.barcodes, self.quality, self.findings, self.times, self.hash, self.ink);
  };
};

/// What a page worker hands back: the page's text and what the finished page shows.
struct ReadPage {
  RecognizedPage page;
  PageCanvas canvas;

  static constexpr auto fields = [](auto& self) { return std::tie(self.page, self.canvas); };
};

/// How pages are read.
struct ReadOptions {
  std::string languages = "vie";  ///< Tesseract's names, joined by '+'

  bool operator==(const ReadOptions&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.languages); };
};

/// Whether `text` is names of letters, digits and '_' joined by '+', 64 bytes at most. The names become parts of file
/// names, so no dot, slash or blank gets through.
[[nodiscard]] bool is_language_list(std::string_view text);

}  // namespace sohoa
