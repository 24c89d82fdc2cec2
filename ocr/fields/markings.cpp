#include "ocr/fields/markings.hpp"

#include <array>
#include <string_view>

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

const Marking* marking_of(const Line& line) {
  if (!line.in_capitals()) return nullptr;
  const bool speck = line.words.size() > 1 && letters_of(line.words[0].text).size() < 2;  // of the stamp's frame
  const auto letters = speck ? part_of(line, 1, line.words.size()).letters() : line.letters();
  for (const auto& marking : markings) {
    const auto own = letters_of(marking.text);
    if (alike(letters, own, own.size() < 5 ? 0 : 0.2)) return &marking;
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
    if (line.letters() != letters_of(marking->text)) send_to_review(field, "the stamp was not read clearly");
    found.push_back(std::move(field));
  }
  return found;
}

}  // namespace sohoa::fields
