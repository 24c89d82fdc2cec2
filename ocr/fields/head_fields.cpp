#include "ocr/fields/head_fields.hpp"

#include <algorithm>

#include "ocr/fields/agency_words.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

/// No syllable of Vietnamese has more than seven letters ("nghiêng").
bool runs_together(const std::vector<Line>& lines) {
  constexpr std::size_t longest_syllable = 7;
  return std::any_of(lines.begin(), lines.end(), [](const Line& line) {
    return std::any_of(line.words.begin(), line.words.end(), [](const Word& word) {
      std::size_t run = 0, longest = 0;
      for (const auto c : text::code_points(word.text)) {
        run = text::is_letter(c) ? run + 1 : 0;
        longest = std::max(longest, run);
      }
      return longest > longest_syllable;
    });
  });
}

/// Text of several words: its confidence is their mean; one word hardly read sends it to review.
Field text_field(FieldName name, std::string value, const PageView& page, const std::vector<Line>& lines,
                 std::string rule) {
  constexpr float hardly_read = 0.5F;
  auto field = field_of(name, std::move(value), page, lines, std::move(rule));
  const float least = field.confidence;
  float sum = 0, length = 0;
  for (const auto& line : lines) {
    const auto size = static_cast<float>(line.text().size());
    sum += size * line.mean_confidence();
    length += size;
  }
  field.confidence = length > 0 ? sum / length : 0;
  if (least < hardly_read) send_to_review(field, "a word was hardly read");
  if (runs_together(lines)) send_to_review(field, "words run together");
  const bool free_text = name == FieldName::abstract || name == FieldName::addressees || name == FieldName::place;
  if (free_text && has_doubt(lines)) send_to_review(field, "a word may be another");
  return field;
}

std::string joined(const std::vector<Line>& lines) {
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : " ") + line.text();
  return text;
}

/// The lines as one text; its beginning, where it is `anchor`, as it is always written.
std::string abstract_text(const std::vector<Line>& lines, std::string_view anchor, std::string_view written) {
  const auto& folded = lines.front().folded;
  auto match = find_anchor(folded.plain, anchor, anchor.size() / 5);
  // What stands over "Về" (a stamp) takes it away; nothing else has "việc" at its beginning.
  constexpr std::string_view half = "viec ";
  if (!match && anchor == "veviec" && folded.plain.starts_with(half)) match = Match{0, half.size() - 1, 0};
  if (!match || match->begin > 3) return joined(lines);
  auto text = std::string(written) + folded.raw_from(match->end);
  for (std::size_t i = 1; i < lines.size(); ++i) text += " " + lines[i].text();
  return text;
}

std::string heading_of(std::string_view code) {
  const auto& types = paper_types();
  const auto found = std::find_if(types.begin(), types.end(), [&](const PaperType& type) { return type.code == code; });
  return found == types.end() ? "" : std::string(found->heading);
}

/// The earliest date in the page's electronic signatures: a document is signed on the day of its issue or later.
std::optional<PartialDate> earliest_signature(const PageView& page) {
  std::optional<PartialDate> earliest;
  for (const auto& line : page.lines) {
    if (line.role != BlockRole::e_signature) continue;
    const auto found = find_numeric_date(line.folded.plain);
    if (found && (!earliest || found->date < *earliest)) earliest = found->date;
  }
  return earliest;
}

Field date_field(const PageView& page, const WrittenDate& written) {
  auto field = field_of(FieldName::issue_date, written.date.iso(), page, {written.line}, "head.date");
  if (!written.review.empty()) send_to_review(field, written.review);
  const auto signature = earliest_signature(page);
  if (signature && written.date.whole() && *signature < written.date) {
    send_to_review(field, "later than the electronic signature of " + signature->iso());
  }
  return field;
}

Field place_field(const PageView& page, const WrittenDate& written) {
  const auto value = province_corrected(written.place);
  const auto words = written.line.folded.word[written.place_end - 1] + 1;
  return text_field(FieldName::place, value, page, {part_of(written.line, 0, words)}, "head.place");
}

/// The issuer's area and the place of issue are mostly one name read twice: where its letters agree and its marks do
/// not, one of both is wrong.
void compare_place(std::vector<Field>& found) {
  const auto field = [&](FieldName name) {
    return std::find_if(found.begin(), found.end(), [&](const Field& one) { return one.name == name; });
  };
  const auto place = field(FieldName::place);
  if (place == found.end() || letters_of(place->value).size() < 3) return;
  const auto written = letters_of(place->value);
  for (const auto name : {FieldName::issuing_agency, FieldName::parent_agency}) {
    const auto agency = field(name);
    if (agency == found.end() || !letters_of(agency->value).ends_with(written)) continue;
    if (ends_alike(agency->value, place->value)) continue;
    for (const auto& one : {place, agency}) send_to_review(*one, "issuer and place are written with other marks");
  }
}

}  // namespace

std::vector<Field> head_fields(const PageView& page, const Head& head) {
  std::vector<Field> found;
  if (!head.agency.empty()) {
    found.push_back(text_field(FieldName::issuing_agency, agency_name(head.agency), page, head.agency, "head.agency"));
  }
  if (!head.parent_agency.empty()) {
    found.push_back(
        text_field(FieldName::parent_agency, agency_name(head.parent_agency), page, head.parent_agency, "head.agency"));
  }
  if (head.number) {
    auto field = field_of(FieldName::number_symbol, head.number->value(), page, {head.number->line}, "head.number");
    if (!head.number->review.empty()) send_to_review(field, head.number->review);
    found.push_back(std::move(field));
  }
  if (head.date) {
    found.push_back(date_field(page, *head.date));
    if (!head.date->place.empty()) found.push_back(place_field(page, *head.date));
  }
  compare_place(found);
  return found;
}

std::vector<Field> title_fields(const PageView& page, const Head& head, const std::optional<Title>& title,
                                const Classification& kind) {
  std::vector<Field> found;
  if (title) {
    auto field = field_of(FieldName::document_type, std::string(title->type->heading), page, title->heading, "title");
    field.confidence = kind.confidence;
    if (!kind.review.empty()) send_to_review(field, kind.review);
    found.push_back(std::move(field));
    if (title->abstract.empty()) return found;
    const auto value = abstract_text(title->abstract, "veviec", "Về việc ");
    found.push_back(text_field(FieldName::abstract, value, page, title->abstract, "title.abstract"));
    return found;
  }
  if (!kind.type.empty() && head.number) {
    const bool letter = kind.type == official_letter().code;
    auto field = field_of(FieldName::document_type, letter ? kind.name : heading_of(kind.type), page,
                          {head.number->line}, letter ? "form" : "symbol");
    field.confidence = kind.confidence;
    if (!kind.review.empty()) send_to_review(field, kind.review);
    found.push_back(std::move(field));
  }
  if (!head.letter_subject.empty()) {
    const auto value = abstract_text(head.letter_subject, "v/v", "V/v ");
    auto field = text_field(FieldName::abstract, value, page, head.letter_subject, "head.subject");
    if (kind.type != official_letter().code) send_to_review(field, "a letter's subject, but no letter's symbol");
    found.push_back(std::move(field));
  }
  return found;
}

std::vector<Field> addressee_fields(const PageView& page, const std::vector<Addressee>& addressees) {
  std::vector<Field> found;
  for (const auto& addressee : addressees) {
    if (addressee.name.empty()) continue;
    found.push_back(text_field(FieldName::addressees, addressee.name, page, addressee.lines, "addressees"));
  }
  return found;
}

}  // namespace sohoa::fields
