// Personal papers name their owner after a label with a colon, in capitals as often as not; a card's label may stand on
// a line of its own. The name ends at the next label on its line ("Giới tính", "Sinh ngày"), at a stop or a digit.
// Without the colon the words are a table's head, or a sentence.

#include "ocr/fields/owner_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ocr/fields/signer_words.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

struct NameLabel {
  std::string_view letters;
  std::size_t most_errors;
};
constexpr std::array<NameLabel, 7> labels{{{"hochudemten", 2},
                                           {"hovachudemten", 2},
                                           {"hochudemvaten", 2},
                                           {"hotenkhaisinh", 2},
                                           {"demten", 1},  // a stamp over the label's beginning
                                           {"hovaten", 1},
                                           {"hoten", 0}}};
/// What may follow a name on its line.
constexpr std::array<std::string_view, 8> followers{"gioitinh", "sinhngay",  "ngaysinh", "namsinh",
                                                    "sinhnam",  "ngaythang", "quoctich", "dantoc"};

/// Where the text after a label and its colon begins; nothing where there is none.
std::optional<std::size_t> after_label(const std::string& plain) {
  constexpr std::size_t longest_prefix = 12;  // "1. ", "Bên nữ: "
  for (const auto& label : labels) {
    const auto match = find_anchor(plain, label.letters, label.most_errors);
    if (!match || match->begin > longest_prefix) continue;
    const auto colon = plain.find(':', match->end);
    // "Họ và tên / Full name:" is a label, too.
    if (colon != std::string::npos && colon < match->end + 16) return colon + 1;
  }
  return std::nullopt;
}

/// Where the name that begins at `from` ends: before what is no name any more.
std::size_t end_of_name(const std::string& plain, std::size_t from) {
  auto end = std::min(plain.find_first_of("0123456789.,;:()/", from), plain.size());
  for (const auto follower : followers) {
    constexpr std::size_t telling = 8;  // letters: "Minh Nam" is but one from "sinh năm"
    const std::size_t most_errors = follower.size() < telling ? 0 : 1;
    const auto match = find_anchor(std::string_view(plain).substr(from), follower, most_errors);
    if (match) end = std::min(end, from + match->begin);
  }
  return end;
}

}  // namespace

std::string title_case(std::string_view name) {
  std::u32string cased;
  bool begins = true;
  for (const auto c : text::code_points(name)) {
    cased += begins ? text::upper(c) : text::lower(c);
    begins = !text::is_letter(c);
  }
  return text::utf8(cased);
}

std::optional<Field> OwnerNameReader::next(const PageView& page, const Line& line) {
  const auto& plain = line.folded.plain;
  const auto label = after_label(plain);
  const bool awaited = std::exchange(label_was_last_, false);
  if (!label && !awaited) return std::nullopt;
  auto from = label.value_or(0);
  while (from < plain.size() && plain[from] == ' ') ++from;
  if (label && from == plain.size()) {
    label_was_last_ = true;
    return std::nullopt;
  }
  const auto end = end_of_name(plain, from);
  if (from >= end) return std::nullopt;
  const auto words = part_of(line, line.folded.word[from], line.folded.word[end - 1] + 1);
  const bool named = std::all_of(words.words.begin(), words.words.end(),
                                 [](const Word& word) { return text::is_upper(text::code_points(word.text)[0]); });
  if (!named) return std::nullopt;
  auto cased = words;
  for (auto& word : cased.words) word.text = title_case(word.text);
  const auto name = person_name(cased);
  if (!name || !name->clean || name->family_proposed || name->first_word != 0) return std::nullopt;
  auto field = field_of(FieldName::owner_names, name->text, page, {words}, "owner.name");
  if (!is_sure_name(words)) send_to_review(field, "the name was read without confidence");
  if (!name->family_known) send_to_review(field, "the first word is no known family name");
  return field;
}

}  // namespace sohoa::fields
