#include "ocr/fields/markings.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

struct Marking {
  std::string_view text;
  FieldName field;
};
constexpr std::array<Marking, 7> markings{{{"TUYỆT MẬT", FieldName::secrecy},
                                           {"TỐI MẬT", FieldName::secrecy},
                                           {"MẬT", FieldName::secrecy},
                                           {"HỎA TỐC HẸN GIỜ", FieldName::urgency},
                                           {"HỎA TỐC", FieldName::urgency},
                                           {"THƯỢNG KHẨN", FieldName::urgency},
                                           {"KHẨN", FieldName::urgency}}};

/// Without single letters at its ends: the sides of the stamp's frame.
Line without_frame(const Line& line) {
  const auto is_side = [&](std::size_t word) { return letters_of(line.words[word].text).size() < 2; };
  std::size_t first = 0, end = line.words.size();
  while (first + 1 < end && is_side(first)) ++first;
  while (end > first + 1 && is_side(end - 1)) --end;
  return part_of(line, first, end);
}

/// Whether half of the letters are capitals, which may be read as small ones ("HỏA Tốc").
bool mostly_in_capitals(const Line& line) {
  const auto& printed = line.folded.printed;
  const auto letters = std::count_if(printed.begin(), printed.end(), text::is_letter);
  return 2 * std::count_if(printed.begin(), printed.end(), text::is_upper) >= letters;
}

const Marking* marking_of(const Line& line) {
  constexpr std::size_t telling = 5;  // letters: a shorter word stands in tables and sentences, too
  const auto inner = without_frame(line);
  const auto letters = inner.letters();
  for (const auto& marking : markings) {
    const auto own = letters_of(marking.text);
    const bool in_form = own.size() < telling ? inner.in_capitals() : mostly_in_capitals(inner);
    if (in_form && alike(letters, own, own.size() < telling ? 0 : 0.2)) return &marking;
  }
  return nullptr;
}

}  // namespace

bool is_marking(const Line& line) {
  return marking_of(line) != nullptr;
}

std::vector<Field> marking_fields(const PageView& page) {
  constexpr double lowest = 0.5;  // of the page's height
  std::vector<Field> found;
  for (const auto& line : page.lines) {
    if (line.role == BlockRole::e_signature || line.y > page.height * lowest) continue;
    const auto* marking = marking_of(line);
    if (marking == nullptr) continue;
    auto field = field_of(marking->field, std::string(marking->text), page, {line}, "marking");
    if (line.letters() != letters_of(marking->text) || !line.in_capitals()) send_to_review(field, "the stamp was not read clearly");
    found.push_back(std::move(field));
  }
  return found;
}

}  // namespace sohoa::fields
