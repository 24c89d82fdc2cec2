// A number is an identifier where a label says so ("Mã số thuế", "Số định danh cá nhân", "CMND") within a line before
// it; bare digits are account numbers as often. A tax code must then pass its check digit, which notices any one wrong
// digit; 12 digits must begin with a place's code and be read with confidence, for nothing else checks them. In a
// machine-readable zone the check digits decide.

#include "ocr/fields/identifiers.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <regex>

#include "ocr/fields/mrz.hpp"
#include "ocr/fields/owner_names.hpp"
#include "ocr/fields/owner_numbers.hpp"

namespace sohoa::fields {
namespace {

constexpr std::string_view mrz_rule = "identifier.mrz";
constexpr std::string_view card_rule = "identifier.card_qr";

enum class Label { none, person, old_card, tax };

struct LabelText {
  std::string_view letters;
  Label label;
  std::size_t most_errors;
};
constexpr std::array<LabelText, 14> labels{{{"sodinhdanh", Label::person, 1},
                                            {"cancuoccongdan", Label::person, 2},
                                            {"cancuoc", Label::person, 0},
                                            {"cccd", Label::person, 0},
                                            {"giaytotuythan", Label::person, 2},
                                            {"chungminhnhandan", Label::old_card, 2},
                                            {"cmnd", Label::old_card, 0},
                                            {"cmtnd", Label::old_card, 0},
                                            {"masothue", Label::tax, 1},
                                            {"mst", Label::tax, 0},
                                            {"masodoanhnghiep", Label::tax, 2},
                                            {"masohokinhdoanh", Label::tax, 2},
                                            {"masochinhanh", Label::tax, 2},
                                            {"madoanhnghiep", Label::tax, 2}}};

/// The label nearest before the end of `text`, no further than a line's length away.
Label label_before(std::string_view text) {
  constexpr std::size_t reach = 70;
  text = text.substr(text.size() - std::min(text.size(), reach));
  Label nearest = Label::none;
  std::size_t end = 0;
  for (const auto& label : labels) {
    const auto match = find_anchor(text, label.letters, label.most_errors);
    if (!match || match->end <= end) continue;
    end = match->end;
    nearest = label.label;
  }
  return nearest;
}

struct DigitRun {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string digits;  ///< "0100047516", "0100047516-001"
  bool has_letters = false;
};

/// Runs that may be identifiers: 9 to 14 characters, digits but for what OCR takes for letters.
std::vector<DigitRun> runs_of(const std::string& plain) {
  static const std::regex form(R"([0-9olisbz]{9,12}(-[0-9]{3})?|[0-9]{3}[ .][0-9]{3}[ .][0-9]{3}([ .][0-9]{3})?)");
  std::vector<DigitRun> runs;
  for (std::sregex_iterator it(plain.begin(), plain.end(), form), end; it != end; ++it) {
    const auto begin = static_cast<std::size_t>(it->position(0));
    DigitRun run{begin, begin + static_cast<std::size_t>(it->length(0)), {}, false};
    const auto part_of_word = [&](std::size_t at) { return std::isalnum(static_cast<unsigned char>(plain[at])) != 0; };
    if ((run.begin > 0 && part_of_word(run.begin - 1)) || (run.end < plain.size() && part_of_word(run.end))) continue;
    std::size_t letters = 0;
    for (const char c : it->str(0)) {
      static constexpr std::string_view read = "olisbz", meant = "011582";
      if (c == ' ' || c == '.') continue;
      const auto at = read.find(c);
      letters += at != std::string_view::npos;
      run.digits += at == std::string_view::npos ? c : meant[at];
    }
    run.has_letters = letters > 0;
    if (letters <= 3) runs.push_back(std::move(run));
  }
  return runs;
}

Line words_of(const Line& line, const DigitRun& run) {
  return part_of(line, line.folded.word[run.begin], line.folded.word[run.end - 1] + 1);
}

std::optional<Field> tax_field(const PageView& page, const Line& words, const DigitRun& run) {
  constexpr float believed = 0.6F;  // the check digit says the rest
  if (run.digits.size() != 10 && run.digits.size() != 14) return std::nullopt;
  auto field = field_of(FieldName::tax_codes, run.digits, page, {words}, "identifier.tax_code");
  if (!is_tax_code(run.digits)) {
    send_to_review(field, "the check digit does not agree");
  } else if (run.has_letters || field.confidence < believed) {
    send_to_review(field, "the digits were read without confidence");
  } else {
    field.confidence = 0.99F;
  }
  return field;
}

std::optional<Field> person_field(const PageView& page, const Line& words, const DigitRun& run) {
  constexpr float believed = 0.9F;  // nothing else checks these digits
  const bool old_card = run.digits.size() == 9;
  if (!old_card && run.digits.size() != 12) return std::nullopt;
  auto field = field_of(old_card ? FieldName::old_identity_numbers : FieldName::personal_identifiers, run.digits, page,
                        {words}, old_card ? "identifier.old_card" : "identifier.personal");
  if (!old_card && !read_personal_identifier(run.digits)) {
    send_to_review(field, "no such personal identifier is possible");
  } else if (run.has_letters || field.confidence < believed) {
    send_to_review(field, "the digits were read without confidence");
  }
  return field;
}

std::optional<Field> identifier_field(const PageView& page, const Line& line, const DigitRun& run, Label label) {
  const auto words = words_of(line, run);
  switch (label) {
    case Label::none: return std::nullopt;
    case Label::tax: return run.digits.size() == 12 ? person_field(page, words, run) : tax_field(page, words, run);
    case Label::person:
    case Label::old_card: return person_field(page, words, run);
  }
  return std::nullopt;
}

/// A Vietnamese identifier tells the year of birth and the sex as well: a zone whose digits were shifted by a lost or
/// doubled one passes a check digit one time in ten, but hardly this too.
bool agrees_with_owner(const Mrz& zone) {
  const auto person = read_personal_identifier(zone.personal_identifier);
  return person && zone.personal_identifier.substr(4, 2) == zone.birth.substr(0, 2) &&
         (zone.sex == '<' || (zone.sex == 'M') == (person->sex == Sex::male));
}

/// Fields of a zone.
std::vector<Field> zone_fields(const PageView& page, const std::vector<Line>& lines, const Mrz& zone) {
  std::vector<Field> found;
  const auto add = [&](FieldName name, const std::string& value, bool checked) {
    if (value.empty()) return;
    auto field = field_of(name, value, page, lines, std::string(mrz_rule));
    field.confidence = 0.99F;
    if (!checked) send_to_review(field, "a check digit of the machine-readable zone does not agree");
    found.push_back(std::move(field));
  };
  add(FieldName::personal_identifiers, zone.personal_identifier, zone.all_checked && agrees_with_owner(zone));
  add(FieldName::travel_document_numbers, zone.document_number, zone.number_checked && zone.dates_checked);
  return found;
}

}  // namespace

std::vector<Field> IdentifierCollector::finish() {
  // The marks of a name are sure in the code alone.
  std::erase_if(found_, [&](const Field& field) {
    return field.rule != card_rule && std::any_of(found_.begin(), found_.end(), [&](const Field& other) {
             return other.rule == card_rule && other.name == field.name &&
                    letters_of(other.value) == letters_of(field.value);
           });
  });
  // What was read badly from a card or its copy is no second owner beside the one whom its code or its zone names.
  std::erase_if(found_, [&](const Field& field) {
    return field.needs_review() && std::any_of(found_.begin(), found_.end(), [&](const Field& other) {
             const bool same_place = other.name == field.name && other.page == field.page && !other.needs_review();
             return same_place && (field.rule == mrz_rule || other.rule == card_rule);
           });
  });
  return std::move(found_);
}

void IdentifierCollector::add_codes(PageNumber page, const std::vector<Barcode>& codes) {
  for (const auto& code : codes) {
    const auto card = code.format == BarcodeFormat::qr ? read_card_qr(code.text) : std::nullopt;
    if (!card) continue;
    const auto add_value = [&](FieldName name, std::string value) {
      if (value.empty()) return;
      add({name, std::move(value), code.text, page, code.box, 0.999F, std::string(card_rule), ""});
    };
    add_value(FieldName::personal_identifiers, card->identifier);
    if (card->old_number.size() == 9) add_value(FieldName::old_identity_numbers, card->old_number);
    add_value(FieldName::owner_names, title_case(card->name));
  }
}

void IdentifierCollector::add(Field field) {
  const auto known = std::find_if(found_.begin(), found_.end(),
                                  [&](const Field& one) { return one.name == field.name && one.value == field.value; });
  if (known != found_.end()) {
    if (known->needs_review() && !field.needs_review()) *known = std::move(field);
    return;
  }
  if (found_.size() < most_identifiers) found_.push_back(std::move(field));
}

void IdentifierCollector::add_page(const PageView& page) {
  std::vector<Line> zone;
  std::vector<std::string> zone_text;
  for (const auto& line : page.lines) {
    if (is_apart(line.role)) continue;
    for (const auto& run : runs_of(line.folded.plain)) {
      const auto before = line_before_ + " " + line.folded.plain.substr(0, run.begin);
      if (auto field = identifier_field(page, line, run, label_before(before))) add(*std::move(field));
    }
    if (auto name = names_.next(page, line)) add(*std::move(name));
    line_before_ = line.folded.plain;
    if (auto text = mrz_line(line.text()); !text.empty()) {
      zone.push_back(line);
      zone_text.push_back(std::move(text));
    } else {
      zone.clear();
      zone_text.clear();
    }
    if (const auto found = read_mrz(zone_text)) {
      for (auto& field : zone_fields(page, zone, *found)) add(std::move(field));
      zone.clear();
      zone_text.clear();
    }
  }
}

}  // namespace sohoa::fields
