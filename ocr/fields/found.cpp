#include "ocr/fields/found.hpp"

#include <algorithm>

#include "pipeline/model/review.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {

Field field_of(FieldName name, std::string value, const PageView& page, const std::vector<Line>& lines,
               std::string rule) {
  Field field;
  field.name = name;
  field.value = std::move(value);
  field.page = page.number;
  field.rule = std::move(rule);
  field.confidence = 1;
  for (const auto& line : lines) {
    field.raw += (field.raw.empty() ? "" : "\n") + line.text();
    field.box = united(field.box, line.box());
    field.confidence = std::min(field.confidence, line.confidence());
  }
  return field;
}

bool has_doubt(const Line& line) {
  return std::any_of(line.words.begin(), line.words.end(), is_doubtful);
}

bool has_doubt(const std::vector<Line>& lines) {
  return std::any_of(lines.begin(), lines.end(), [](const Line& line) { return has_doubt(line); });
}

bool has_doubt_in_small_letters(const std::vector<Line>& lines) {
  const auto doubtful_and_small = [](const Word& word) {
    const auto points = text::code_points(word.text);
    return is_doubtful(word) && std::none_of(points.begin(), points.end(), text::is_upper);
  };
  return std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
    return std::any_of(line.words.begin(), line.words.end(), doubtful_and_small);
  });
}

bool is_sure_name(const Word& word) {
  constexpr float least_certainty = 0.85F, least_confidence = 90;
  return word.certainty >= least_certainty && word.confidence >= least_confidence;
}

bool is_sure_name(const Line& name) {
  return std::all_of(name.words.begin(), name.words.end(), [](const Word& word) { return is_sure_name(word); });
}

void send_to_review(Field& field, std::string reason) {
  if (field.review.empty()) field.review = std::move(reason);
  field.confidence = std::min(field.confidence, doubtful);
}

}  // namespace sohoa::fields
