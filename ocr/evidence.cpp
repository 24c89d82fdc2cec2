#include "ocr/evidence.hpp"

#include <algorithm>

#include "pipeline/text/unicode.hpp"

namespace sohoa::ocr {

std::string folded(std::string_view text) {
  auto result = text::without_marks(text);
  for (auto& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string letters_of(std::string_view text) {
  auto result = folded(text);
  std::erase_if(result, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); });
  return result;
}

std::size_t count_alphanumeric(std::string_view text) {
  const auto points = text::code_points(text);
  return static_cast<std::size_t>(std::count_if(
      points.begin(), points.end(), [](char32_t c) { return text::is_letter(c) || (c >= U'0' && c <= U'9'); }));
}

bool is_all_upper(std::string_view text) {
  bool any = false;
  for (const auto c : text::code_points(text)) {
    if (!text::is_letter(c)) continue;
    if (!text::is_upper(c)) return false;
    any = true;
  }
  return any;
}

double confidence_of(const TextLine& line) {
  double sum = 0, weight = 0;
  for (const auto& word : line.words) {
    const auto length = static_cast<double>(word.text.size());
    sum += word.confidence * length;
    weight += length;
  }
  return weight > 0 ? sum / weight : 0;
}

}  // namespace sohoa::ocr
