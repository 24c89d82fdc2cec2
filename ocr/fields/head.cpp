// The head has two columns: at the left the agencies, the number and a letter's subject; at the right the motto, place
// and date. The motto is the longest fixed text of all and is found even where a quarter of it is misread; its left end
// parts the columns, also of lines that OCR ran together. A motto in the page's middle (civil papers) has no columns
// beside it. The parent agency stands above the issuer in another weight, which OCR does not tell; but a new agency
// begins with one of few words (SỞ, VĂN PHÒNG, ...), and what begins otherwise goes on (TỈNH ..., VÀ ...).

#include "ocr/fields/head.hpp"

#include <algorithm>
#include <array>

#include "ocr/fields/agency_words.hpp"
#include "ocr/fields/markings.hpp"

namespace sohoa::fields {
namespace {

constexpr double head_share = 0.42;  // of the page's height: below it nothing of the head stands
constexpr double middle = page_units / 2;

struct Motto {
  Line line;
  double left = 0;
  double center = 0;
};

struct MottoText {
  std::string_view letters;
  std::size_t most_errors;
  bool in_capitals;  ///< running text has the same words, but not in capitals
};
constexpr std::array<MottoText, 3> mottoes{
    {{"conghoaxahoichunghiavietnam", 7, true}, {"dangcongsanvietnam", 4, true}, {"doclaptudohanhphuc", 4, false}}};

std::optional<Motto> motto_in(const Line& line, const MottoText& motto) {
  const auto match = find_anchor(line.folded.plain, motto.letters, motto.most_errors);
  if (!match) return std::nullopt;
  const auto part = part_of(line, line.folded.word[match->begin], line.folded.word[match->end - 1] + 1);
  if (motto.in_capitals && !part.in_capitals()) return std::nullopt;
  return Motto{line, part.left, part.center()};
}

std::optional<Motto> find_motto(const std::vector<Line>& lines) {
  for (const auto& motto : mottoes) {
    for (const auto& line : lines) {
      if (auto found = motto_in(line, motto)) return found;
    }
  }
  return std::nullopt;
}

bool has_letters(const Line& line) {
  return line.letters().size() >= 2;
}

/// Where the issuer's own lines begin among the agencies'.
std::size_t issuer_begin(const std::vector<Line>& lines) {
  std::size_t begin = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto before = lines[i - 1].text();
    const bool goes_on = before.ends_with(",") || before.ends_with("-") || lines[i - 1].letters().ends_with("va");
    if (!goes_on && begins_agency(lines[i])) begin = i;
  }
  return begin;
}

/// The agencies are the lines in capitals above the number; without a number, the first ones.
void take_agencies(const std::vector<Line>& left, std::size_t number_at, Head& head) {
  constexpr double most_pitch = 40;  // units
  constexpr std::size_t most_lines = 7;
  std::vector<Line> lines;
  for (std::size_t i = 0; i < std::min(number_at, left.size()) && lines.size() < most_lines; ++i) {
    const bool far = !lines.empty() && left[i].y - lines.back().y > most_pitch;
    if (far && number_at == left.size()) break;
    if (left[i].folded.plain.find('/') != std::string::npos) break;  // a number whose "Số" was not read
    if (has_letters(left[i]) && left[i].in_capitals() && !is_marking(left[i])) lines.push_back(left[i]);
  }
  const auto begin = static_cast<std::ptrdiff_t>(issuer_begin(lines));
  head.parent_agency.assign(lines.begin(), lines.begin() + begin);
  head.agency.assign(lines.begin() + begin, lines.end());
}

void take_subject(const std::vector<Line>& left, std::size_t from, Head& head) {
  constexpr double most_pitch = 26;  // units
  double y = 0;
  for (std::size_t i = from; i < left.size(); ++i) {
    if (head.letter_subject.empty()) {
      const auto anchor = find_anchor(left[i].folded.plain, "v/v", 0);
      const auto in_words = find_anchor(left[i].folded.plain, "veviec", 1);
      if (!(anchor && anchor->begin < 4) && !(in_words && in_words->begin < 3)) continue;
    } else if (left[i].y - y > most_pitch) {
      break;
    }
    y = left[i].y;
    head.letter_subject.push_back(left[i]);
  }
}

}  // namespace

bool begins_document(const PageView& page) {
  const auto lines = page.body(0, page.height * 0.25);
  return std::any_of(lines.begin(), lines.end(),
                     [](const Line& line) { return motto_in(line, mottoes[0]).has_value(); });
}

Head read_head(const PageView& page) {
  Head head;
  const auto lines = page.body(0, page.height * head_share);
  const auto motto = find_motto(lines);
  head.has_motto = motto.has_value();
  const bool in_columns = !motto || motto->center > middle + 30;
  const auto columns = in_columns ? columns_at(lines, motto ? motto->left - 4 : middle) : Columns{lines, lines};

  const auto& left = columns.left;
  const auto number = std::find_if(left.begin(), left.end(), is_number_line);
  const auto number_at = static_cast<std::size_t>(number - left.begin());
  if (in_columns) take_agencies(left, number_at, head);
  if (number != left.end()) {
    head.number = read_number_symbol(*number, agency_name(head.agency));
    head.bottom = number->y;
    if (in_columns) take_subject(left, number_at + 1, head);
  }
  for (const auto& line : columns.right) {
    if (motto && line.y < motto->line.y - 4) continue;
    head.date = read_written_date(line);
    if (head.date) break;
  }
  if (motto) head.bottom = std::max(head.bottom, motto->line.y);
  if (head.date) head.bottom = std::max(head.bottom, head.date->line.y);
  return head;
}

}  // namespace sohoa::fields
