// Place and date stand as "Quảng Ngãi, ngày 05 tháng 02 năm 2025"; a day below 10 and the months 1 and 2 take a zero
// (Decree 30/2020, annex I, II.4). The three words are anchors, with one letter wrong at most; what stands between them
// is the day and the month, also where they run together ("ngày5", "tháng/1"). A day by pen shows itself: it is read as
// no number, without confidence, glued to its neighbours, or not at all, as the pen wrote beside the blank.

#include "ocr/fields/written_date.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>

#include "ocr/fields/found.hpp"

namespace sohoa::fields {
namespace {

std::string padded(int value, std::size_t digits) {
  auto text = std::to_string(value);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

struct Blank {
  int value = 0;  ///< 0: not read
  std::string review;
};

/// Letters that are digits misread, beside a digit: "I1" is "11". Whether there were any.
bool mend_digits(std::string& token) {
  const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  if (token.size() != 2 || std::none_of(token.begin(), token.end(), is_digit)) return false;
  const auto read = token;
  for (auto& c : token) c = std::string_view("il|!").find(c) != std::string_view::npos ? '1' : c == 'o' ? '0' : c;
  return token != read;
}

/// Takes away what is no letter or digit at the ends: dust, or the dots of a blank. Whether there was any.
bool take_specks(std::string& token) {
  constexpr std::string_view specks = ".,:;'`-_";
  const auto begin = token.find_first_not_of(specks);
  if (begin == std::string::npos) return false;
  const auto end = token.find_last_not_of(specks) + 1;
  const bool any = begin > 0 || end < token.size();
  token = token.substr(begin, end - begin);
  return any;
}

/// The number that stands between two anchors.
Blank number_between(const Line& line, std::size_t begin, std::size_t end, std::string_view what, int most) {
  const auto& plain = line.folded.plain;
  std::string token;
  float least = 1;
  for (std::size_t i = begin; i < end; ++i) {
    if (plain[i] == ' ') continue;
    token += plain[i];
    least = std::min(least, line.words[line.folded.word[i]].confidence / 100);
  }
  const std::string name(what);
  const bool glued = begin < end && ((begin > 0 && plain[begin] != ' ') || plain[end - 1] != ' ');
  if (token.empty()) return {0, "the " + name + " could not be read, perhaps written by pen"};
  const bool specks = take_specks(token);
  const bool mended = mend_digits(token);
  const bool digits = std::all_of(token.begin(), token.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!digits || token.size() > 2) return {0, "the " + name + " is not read as a number, perhaps written by pen"};
  const int value = std::stoi(token);
  if (value < 1 || value > most) return {0, "there is no such " + name};
  if (mended) return {value, "the " + name + " was read with a letter among its digits"};
  if (specks) return {value, "marks stand beside the " + name + ", perhaps written by pen"};
  if (glued) return {value, "the " + name + " runs into the word beside it, perhaps written by pen"};
  if (least < sure_confidence) return {value, "the " + name + " was read without confidence"};
  if (what == "day" && token.size() == 1) return {value, "a day below 10 without its zero"};
  return {value, {}};
}

/// The four digits that follow, glued to what they like.
int year_after(const Line& line, std::size_t begin, float& confidence) {
  const auto& plain = line.folded.plain;
  const auto is_digit = [&](std::size_t i) { return std::isdigit(static_cast<unsigned char>(plain[i])) != 0; };
  while (begin < plain.size() && !is_digit(begin)) ++begin;
  if (begin + 4 > plain.size()) return 0;
  for (std::size_t i = begin; i < begin + 4; ++i) {
    if (!is_digit(i)) return 0;
    confidence = std::min(confidence, line.words[line.folded.word[i]].confidence / 100);
  }
  if (begin + 4 < plain.size() && is_digit(begin + 4)) return 0;
  return std::stoi(plain.substr(begin, 4));
}

/// Where the place ends that stands before `end`, its comma left out.
std::size_t place_end(const Line& line, std::size_t end) {
  while (end > 0 && std::string_view(" ,.;:").find(line.folded.plain[end - 1]) != std::string_view::npos) --end;
  return end;
}

}  // namespace

std::string PartialDate::iso() const {
  auto text = padded(year, 4);
  if (month > 0) text += "-" + padded(month, 2);
  if (month > 0 && day > 0) text += "-" + padded(day, 2);
  return text;
}

bool is_possible(const PartialDate& date) {
  static constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.year < 1945 || date.year > 2100 || date.month < 1 || date.month > 12 || date.day < 1) return false;
  const bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
  return date.day <= days[static_cast<std::size_t>(date.month - 1)] + (leap && date.month == 2 ? 1 : 0);
}

std::optional<WrittenDate> read_written_date(const Line& line) {
  const std::string_view plain = line.folded.plain;
  const auto month = find_anchor(plain, "thang", 1);
  if (!month) return std::nullopt;
  // "Quảng Ngãi" is but one letter from "ngày": what stands before the comma is the place.
  const auto comma = plain.substr(0, month->begin).rfind(',');
  const auto from = comma == std::string_view::npos ? 0 : comma + 1;
  const auto day = find_anchor(plain.substr(from, month->begin - from), "ngay", 1);
  const auto year = find_anchor(plain.substr(month->end), "nam", 1);
  if (!day || !year || day->errors + month->errors + year->errors > 2) return std::nullopt;

  WrittenDate found;
  found.line = line;
  float year_confidence = 1;
  found.date.year = year_after(line, month->end + year->end, year_confidence);
  if (found.date.year == 0) return std::nullopt;
  const auto the_day = number_between(line, from + day->end, month->begin, "day", 31);
  const auto the_month = number_between(line, month->end, month->end + year->begin, "month", 12);
  found.date.month = the_month.value;
  found.date.day = the_month.value > 0 ? the_day.value : 0;
  found.place_end = place_end(line, from + day->begin);
  found.place = line.folded.raw(0, found.place_end);
  found.review = !the_day.review.empty() ? the_day.review : the_month.review;
  if (found.review.empty() && year_confidence < sure_confidence) found.review = "the year was read without confidence";
  if (found.date.whole() && !is_possible(found.date)) {
    found.review = "there is no such day";
    found.date.day = 0;
  }
  return found;
}

std::optional<NumericDate> find_numeric_date(std::string_view plain) {
  static const std::regex form(R"((\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4}))");
  std::cmatch match;
  if (!std::regex_search(plain.data(), plain.data() + plain.size(), match, form)) return std::nullopt;
  const PartialDate date{std::stoi(match[3]), std::stoi(match[2]), std::stoi(match[1])};
  if (!is_possible(date)) return std::nullopt;
  const auto begin = static_cast<std::size_t>(match.position(0));
  return NumericDate{date, begin, begin + static_cast<std::size_t>(match.length(0))};
}

}  // namespace sohoa::fields
