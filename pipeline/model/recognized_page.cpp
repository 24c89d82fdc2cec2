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

bool is_language_list(std::string_view text) {
  constexpr std::size_t most_bytes = 64;
  bool in_name = false;
  for (const char c : text) {
    const bool name_part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!name_part && !(c == '+' && in_name)) return false;
    in_name = name_part;
  }
  return in_name && text.size() <= most_bytes;
}

}  // namespace sohoa
