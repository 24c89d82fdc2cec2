#include "pipeline/issue/tidy_page.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "pipeline/text/unicode.hpp"

namespace sohoa::issue {
namespace {

constexpr std::int32_t farthest = 1'000'000;  // pixels; the largest page allowed has some 12,000 a side

void tidy(PixelRect& box) {
  box.x = std::clamp(box.x, -farthest, farthest);
  box.y = std::clamp(box.y, -farthest, farthest);
  box.width = std::clamp(box.width, 0, farthest);
  box.height = std::clamp(box.height, 0, farthest);
}

void tidy(Point& point) {
  for (double* value : {&point.x, &point.y}) {
    *value = std::isfinite(*value) ? std::clamp(*value, -1.0 * farthest, 1.0 * farthest) : 0;
  }
}

void tidy(TextLine& line) {
  for (auto& word : line.words) {
    word.text = text::folded_spaces(text::nfc(word.text));
    tidy(word.box);
    word.confidence = std::isfinite(word.confidence) ? std::clamp(word.confidence, 0.0F, 100.0F) : 0.0F;
  }
  std::erase_if(line.words, [](const Word& word) { return word.text.empty(); });
  tidy(line.box);
  tidy(line.baseline_start);
  tidy(line.baseline_end);
}

/// Keeps the order otherwise. (std::stable_partition does the same, but clang 19 warns of what libstdc++ 12 uses for
/// it.)
std::vector<Block> apart_last(std::vector<Block> blocks) {
  std::vector<Block> ordered;
  ordered.reserve(blocks.size());
  for (const bool apart : {false, true}) {
    for (auto& block : blocks) {
      if (is_apart(block.role) == apart) ordered.push_back(std::move(block));
    }
  }
  return ordered;
}

}  // namespace

RecognizedPage tidied(RecognizedPage page, PageNumber number) {
  page.number = number;
  page.engine = text::nfc(page.engine);
  for (auto& block : page.blocks) {
    tidy(block.box);
    for (auto& line : block.lines) tidy(line);
    std::erase_if(block.lines, [](const TextLine& line) { return line.words.empty(); });
  }
  std::erase_if(page.blocks, [](const Block& block) { return block.lines.empty(); });
  page.blocks = apart_last(std::move(page.blocks));
  if (page.barcodes.size() > most_barcodes) page.barcodes.resize(most_barcodes);
  for (auto& barcode : page.barcodes) {
    barcode.text = text::nfc(barcode.text);
    tidy(barcode.box);
  }
  for (auto& finding : page.findings) {
    finding.code = text::nfc(finding.code);
    finding.message = text::nfc(finding.message);
  }
  return page;
}

}  // namespace sohoa::issue
