// Sentences: "... này có hiệu lực (thi hành) (kể) từ ngày ký | 01/02/2025 | 01 tháng 02 năm 2025", "có giá trị đến ngày
// ...", "có giá trị (sử dụng) trong thời hạn 6 tháng", "có giá trị không thời hạn". A document tells of the force of
// other ones as well: without "này" or "giá trị" before it the sentence is not taken.

#include "ocr/fields/validity.hpp"

#include <algorithm>
#include <regex>

#include "ocr/fields/paper_types.hpp"
#include "ocr/fields/written_date.hpp"

namespace sohoa::fields {
namespace {

struct Validity {
  std::string value;  ///< ISO 8601; "" with from_issue: from the day of signing
  bool from_issue = false;
};

/// The date that begins at `text`'s begin, in digits or in words.
std::optional<PartialDate> date_at(const std::string& text) {
  static const std::regex digits(R"(^\W*(?:ngay )?(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4}))");
  static const std::regex words(R"(^\W*(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4}))");
  std::smatch match;
  if (!std::regex_search(text, match, digits) && !std::regex_search(text, match, words)) return std::nullopt;
  const PartialDate date{std::stoi(match[3]), std::stoi(match[2]), std::stoi(match[1])};
  return is_possible(date) ? std::optional(date) : std::nullopt;
}

std::optional<Validity> validity_at(const std::string& text) {
  static const std::regex duration(R"(^.{0,24}thoi (?:han|gian)(?: la)? (\d{1,2})(?: \([^)]*\))? (thang|nam|ngay))");
  static const std::regex from(R"(^(?: thi hanh)?,? ?(?:ke )?tu )");
  std::smatch match;
  if (std::regex_search(text, match, duration)) {
    const char unit = match[2] == "thang" ? 'M' : match[2] == "nam" ? 'Y' : 'D';
    return Validity{"P" + match[1].str() + unit, false};
  }
  if (std::regex_search(text, std::regex(R"(^.{0,12}(khong|vo) thoi han)"))) return Validity{"unlimited", false};
  if (std::regex_search(text, match, from)) {
    const auto rest = match.suffix().str();
    if (rest.starts_with("ngay ky") || rest.starts_with("ngay ban hanh")) return Validity{"", true};
    if (const auto date = date_at(rest)) return Validity{date->iso() + "/..", false};
    return std::nullopt;
  }
  static const std::regex until(R"(^.{0,12}den +(?:het )?(?=ngay|\d))");
  if (std::regex_search(text, match, until)) {
    if (const auto date = date_at(match.suffix().str())) return Validity{"../" + date->iso(), false};
  }
  return std::nullopt;
}

}  // namespace

void ValidityCollector::add_page(const PageView& page) {
  static const std::regex anchor(R"(\bnay co hieu luc|co gia tri(?: su dung| den)?:?)");
  const auto& lines = page.lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_apart(lines[i].role)) continue;
    // The sentence may break: this line with the two after it; it begins in this one.
    const auto& own = lines[i].folded.plain;
    auto text = own;
    for (std::size_t j = i + 1; j < std::min(i + 3, lines.size()); ++j) text += " " + lines[j].folded.plain;
    std::smatch match;
    if (!std::regex_search(text, match, anchor) || static_cast<std::size_t>(match.position(0)) >= own.size()) continue;
    auto rest = match.suffix().str();
    if (match.str(0).find(" den") != std::string::npos) rest = " den " + rest;
    const auto validity = validity_at(rest);
    if (!validity) continue;
    if (found_.size() == most_candidates) found_.erase(found_.begin());
    auto field = field_of(FieldName::validity, validity->value, page, {lines[i]}, "validity");
    field.confidence = lines[i].mean_confidence();
    auto subject = letters_of(text.substr(0, static_cast<std::size_t>(match.position(0)) + 4));
    found_.push_back({std::move(field), std::move(subject), validity->from_issue});
  }
}

std::vector<Field> ValidityCollector::finish(const Classification& kind, const Field* issue_date) {
  const auto own = letters_of(kind.name);
  const bool certificate = kind.abbreviation.empty() && kind.type != official_letter().code;
  const auto tells_of_it = [&](const Candidate& candidate) {
    return certificate || candidate.subject.find(own + "nay") != std::string::npos;
  };
  // The last one: it stands at the document's end.
  const auto last = std::find_if(found_.rbegin(), found_.rend(), tells_of_it);
  if (last == found_.rend() || kind.type.empty()) return {};
  auto field = std::move(last->field);
  if (last->from_issue) {
    field.value = (issue_date != nullptr ? issue_date->value : "") + "/..";
    const bool known = issue_date != nullptr && issue_date->value.size() == 10 && !issue_date->needs_review();
    if (!known) send_to_review(field, "valid from the day of signing, which is not known for sure");
  }
  return {std::move(field)};
}

}  // namespace sohoa::fields
