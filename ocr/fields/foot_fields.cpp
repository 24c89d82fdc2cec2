#include "ocr/fields/foot_fields.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "ocr/fields/agency_words.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

/// "THỊ7" for "TH17", "KSTT34I" for "KSTT341": in the code of a file no letter bears a mark or stands behind a digit.
bool has_letter_for_digit(std::string_view recipient) {
  const auto is_digit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
  bool digit = false, doubtful = false;
  for (const char32_t c : text::code_points(recipient) + U" ") {
    if (c == U' ') {
      if (digit && doubtful) return true;
      digit = doubtful = false;
      continue;
    }
    const bool marked = text::is_letter(c) && c > U'z' && c != U'Đ' && c != U'đ';
    const bool behind_digit = digit && c >= U'A' && c <= U'Z';
    doubtful = doubtful || marked || behind_digit;
    digit = digit || is_digit(c);
  }
  return false;
}

/// "sở, ban ngành", "xã phường": both are printed, and a comma between is lost easily.
bool may_lack_comma(std::string_view recipient) {
  constexpr std::array<std::string_view, 3> pairs{"ban ngành", "xã phường", "phường thị trấn"};
  return std::any_of(pairs.begin(), pairs.end(),
                     [&](std::string_view pair) { return recipient.find(pair) != std::string_view::npos; });
}

/// Whether a stop or a stray sign stands within, where a list has commas; "TP. Huế" has its own.
bool has_stop_within(std::string_view recipient) {
  for (auto at = recipient.find_first_of(".;'_!|"); at != std::string_view::npos && at + 1 < recipient.size();
       at = recipient.find_first_of(".;'_!|", at + 1)) {
    const auto before = recipient.substr(0, at);
    const bool short_form = before.ends_with("TP") || before.ends_with("TX") || before.ends_with("TT");
    if (recipient[at] != '.' || !short_form) return true;
  }
  return recipient.find("§") != std::string_view::npos;
}

}  // namespace

std::vector<Field> foot_fields(const PageView& page, const Foot& foot) {
  constexpr float sure_recipient = 0.7F;
  // Names are centred below titles: on 11 signed papers within 3 units. Without "Vi" a name's middle is 7 units off.
  constexpr double most_off = 6;
  std::vector<Field> found;
  if (!foot.title.empty()) {
    auto field = field_of(FieldName::signer_title, foot.title_text, page, foot.title, "foot.title");
    if (!foot.title_is_known) send_to_review(field, "not a known title, or hardly read under seal and signature");
    found.push_back(std::move(field));
  }
  if (foot.name.empty() && !foot.title.empty()) {
    auto field = field_of(FieldName::signer_name, "", page, {}, "foot.name");
    field.box = foot.title.back().box();
    send_to_review(field, "no name could be read below the title");
    found.push_back(std::move(field));
  } else if (!foot.name.empty()) {
    auto field = field_of(FieldName::signer_name, foot.person.text, page, foot.name, "foot.name");
    if (foot.name_off_axis > most_off) send_to_review(field, "the name may begin under the seal: it is not centred");
    if (foot.person.family_proposed)
      send_to_review(field, "the family name was hardly read; the nearest one is proposed");
    if (!is_sure_name(foot.name.front())) send_to_review(field, "the name was read without confidence");
    if (!foot.person.clean) send_to_review(field, "the signature runs into the name");
    if (!foot.person.family_known) send_to_review(field, "the first word is no known family name");
    found.push_back(std::move(field));
  }
  for (const auto& recipient : foot.recipients) {
    const auto value = recipient_corrected(recipient.name);
    auto field = field_of(FieldName::recipients, value, page, recipient.lines, "foot.recipients");
    const bool mended = value != recipient.name;  // by what can stand there only
    if (field.confidence < sure_recipient) send_to_review(field, "a word was read without confidence");
    if (!mended && has_doubt_in_small_letters(recipient.lines)) send_to_review(field, "a word may be another");
    if (may_lack_comma(value)) send_to_review(field, "a comma may not have been read");
    if (has_stop_within(recipient.name)) send_to_review(field, "a stop was read where a comma may stand");
    if (has_letter_for_digit(value) || has_letter_for_digit(recipient.name))
      send_to_review(field, "a letter stands where a digit may");
    found.push_back(std::move(field));
  }
  return found;
}

}  // namespace sohoa::fields
