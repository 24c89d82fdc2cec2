#include "pipeline/model/recognized_page.hpp"

namespace sohoa {

std::string TextLine::text() const {
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += ' ';
    text += word.text;
  }
  return text;
}

std::string RecognizedPage::text() const {
  std::string text;
  for (const auto& block : blocks) {
    if (is_apart(block.role)) continue;
    if (!text.empty()) text += '\n';
    for (const auto& line : block.lines) text += line.text() + '\n';
  }
  return text;
}

double RecognizedPage::mean_confidence() const {
  double sum = 0;
  std::size_t count = 0;
  for (const auto& block : blocks) {
    for (const auto& line : block.lines) {
      for (const auto& word : line.words) {
        sum += word.confidence;
        ++count;
      }
    }
  }
  return count == 0 ? 100.0 : sum / static_cast<double>(count);
}

}  // namespace sohoa
