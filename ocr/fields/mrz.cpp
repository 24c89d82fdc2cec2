#include "ocr/fields/mrz.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

constexpr std::size_t td1_length = 30, td3_length = 44;

bool is_filler(char32_t c) {
  return c == U'<' || c == U'‹' || c == U'≤' || c == U'(';
}

/// What OCR makes of a digit, and the other way round.
constexpr std::array<std::pair<char, char>, 7> confusions{
    {{'O', '0'}, {'I', '1'}, {'S', '5'}, {'B', '8'}, {'Z', '2'}, {'G', '6'}, {'Q', '0'}}};

std::string as_digits(std::string text) {
  for (auto& c : text) {
    for (const auto& [letter, digit] : confusions) {
      if (c == letter) c = digit;
    }
  }
  return text;
}

std::string as_letters(std::string text) {
  for (auto& c : text) {
    for (const auto& [letter, digit] : confusions) {
      if (c == digit) {
        c = letter;
        break;
      }
    }
  }
  return text;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string without_fillers(std::string text) {
  std::erase(text, '<');
  return text;
}

std::string names_of(const std::string& text) {
  std::string names;
  for (const char c : as_letters(text)) {
    if (c != '<') {
      names += c;
    } else if (!names.empty() && names.back() != ' ') {
      names += ' ';
    }
  }
  while (!names.empty() && names.back() == ' ') names.pop_back();
  return names;
}

/// Runs of fillers are read too short or too long: the line is cut, or filled up where its last run of them stands.
std::string fitted(std::string line, std::size_t length) {
  if (line.size() >= length) {
    while (line.size() > length) {
      const auto run = line.rfind("<<");
      line.erase(run == std::string::npos ? line.size() - 1 : run, 1);
    }
    return line;
  }
  const auto run = line.rfind("<<");
  line.insert(run == std::string::npos ? line.size() : run, length - line.size(), '<');
  return line;
}

/// The number with its check digit; digits are tried where letters fail.
bool take_number(Mrz& zone, const std::string& number, char check) {
  const char digit = as_digits(std::string(1, check))[0];
  for (const auto& candidate : {number, number.substr(0, 1) + as_digits(number.substr(1)), as_digits(number)}) {
    zone.document_number = without_fillers(candidate);
    if (mrz_check_digit(candidate) == digit) return zone.number_checked = true;
  }
  zone.document_number = without_fillers(number);
  return false;
}

bool checked(const std::string& text, char check) {
  return mrz_check_digit(text) == check;
}

std::string personal_in(const std::string& optional) {
  const auto digits = as_digits(optional.substr(0, 12));
  return digits.size() == 12 && is_digits(digits) ? digits : "";
}

Mrz td1(const std::string& first, const std::string& second, const std::string& third) {
  Mrz zone;
  zone.country = as_letters(first.substr(2, 3));
  take_number(zone, first.substr(5, 9), first[14]);
  zone.personal_identifier = personal_in(first.substr(15));
  const auto dates = as_digits(second.substr(0, 7)) + second.substr(7, 1) + as_digits(second.substr(8, 7));
  zone.birth = dates.substr(0, 6);
  zone.sex = dates[7];
  zone.expiry = dates.substr(8, 6);
  zone.names = names_of(third);
  // Part 5, 4.2.2.2: positions 6-30 of the first line, 1-7, 9-15 and 19-29 of the second.
  const auto number =
      zone.number_checked && is_digits(zone.document_number) ? zone.document_number : first.substr(5, 9);
  auto optional = first.substr(15);
  if (!zone.personal_identifier.empty()) optional = zone.personal_identifier + as_digits(optional.substr(12));
  const auto composite = number + as_digits(first.substr(14, 1)) + optional + dates.substr(0, 7) + dates.substr(8, 7) +
                         second.substr(18, 11);
  zone.dates_checked = checked(zone.birth, dates[6]) && checked(zone.expiry, dates[14]);
  zone.all_checked =
      zone.number_checked && zone.dates_checked && checked(composite, as_digits(second.substr(29, 1))[0]);
  return zone;
}

Mrz td3(const std::string& first, const std::string& second) {
  Mrz zone;
  zone.country = as_letters(first.substr(2, 3));
  zone.names = names_of(first.substr(5));
  take_number(zone, second.substr(0, 9), second[9]);
  const auto dates = as_digits(second.substr(13, 7)) + second.substr(20, 1) + as_digits(second.substr(21, 7));
  zone.birth = dates.substr(0, 6);
  zone.sex = dates[7];
  zone.expiry = dates.substr(8, 6);
  zone.personal_identifier = personal_in(second.substr(28, 14));
  auto personal = second.substr(28, 15);
  if (!zone.personal_identifier.empty()) personal = zone.personal_identifier + as_digits(personal.substr(12));
  auto number = zone.document_number;
  number.resize(9, '<');
  // Part 4, 4.2.2.2: positions 1-10, 14-20 and 22-43 of the second line.
  const auto composite = number + as_digits(second.substr(9, 1)) + dates.substr(0, 7) + dates.substr(8, 7) + personal;
  zone.dates_checked = checked(zone.birth, dates[6]) && checked(zone.expiry, dates[14]);
  zone.all_checked =
      zone.number_checked && zone.dates_checked && checked(composite, as_digits(second.substr(43, 1))[0]);
  return zone;
}

/// Whether a zone of Vietnam is right beyond its check digits: the personal identifier tells the year of birth, and a
/// card's number is its end.
bool is_certain(const Mrz& zone) {
  constexpr std::size_t card_digits = 9;  // a passport's number has 8 characters
  const auto& person = zone.personal_identifier;
  if (!zone.all_checked || person.size() != 12 || person.substr(4, 2) != zone.birth.substr(0, 2)) return false;
  return zone.document_number.size() != card_digits || person.ends_with(zone.document_number);
}

/// A speck is read as a character too many: each is left out in turn, where that makes one line right and the zone
/// certain. `lines` has those in it that bear digits; `read` reads them.
template <typename Read>
std::optional<Mrz> without_speck(const std::vector<std::string>& lines, std::size_t length, Read read) {
  std::optional<Mrz> only;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    if (lines[line].size() != length + 1) continue;
    for (std::size_t i = 0; i < lines[line].size(); ++i) {
      if (i > 0 && lines[line][i] == lines[line][i - 1]) continue;  // the same again
      auto tried = lines;
      tried[line].erase(i, 1);
      const auto zone = read(tried);
      if (!is_certain(zone)) continue;
      if (only &&
          only->document_number + only->birth + only->expiry != zone.document_number + zone.birth + zone.expiry) {
        return std::nullopt;
      }
      only = zone;
    }
  }
  return only;
}

}  // namespace

char mrz_check_digit(std::string_view text) {
  static constexpr std::array weights{7, 3, 1};
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const int value = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 0;
    sum += value * weights[i % 3];
  }
  return static_cast<char>('0' + sum % 10);
}

std::string mrz_line(std::string_view read) {
  std::string line;
  std::size_t fillers = 0, strange = 0;
  for (const auto c : text::code_points(read)) {
    if (c == U' ') continue;
    if (is_filler(c) || c == U'«') {
      line += c == U'«' ? "<<" : "<";
      ++fillers;
    } else if (c < 0x80 && std::isalnum(static_cast<unsigned char>(c)) != 0) {
      strange += std::islower(static_cast<unsigned char>(c)) != 0;
      line += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    } else {
      ++strange;
    }
  }
  const bool long_enough = line.size() + 4 >= td1_length && line.size() <= td3_length + 6;
  return long_enough && fillers >= 2 && strange * 6 <= line.size() ? line : "";
}

std::optional<Mrz> read_mrz(const std::vector<std::string>& lines) {
  if (lines.size() >= 2 && lines[0].size() > 36 && lines[0][0] == 'P') {
    const auto read = [&](const std::vector<std::string>& tried) {
      return td3(fitted(lines[0], td3_length), fitted(tried[0], td3_length));
    };
    const auto zone = read({lines[1]});
    return zone.all_checked ? zone : without_speck({lines[1]}, td3_length, read).value_or(zone);
  }
  // A card's zone begins with I, A or C; the thin I is read as what is thin.
  const bool card = lines.size() >= 3 && lines[0].size() <= 36 &&
                    std::string_view("IAC1TL").find(lines[0][0]) != std::string_view::npos;
  if (!card) return std::nullopt;
  const auto read = [&](const std::vector<std::string>& tried) {
    return td1(fitted(tried[0], td1_length), fitted(tried[1], td1_length), fitted(lines[2], td1_length));
  };
  const auto zone = read(lines);
  return zone.all_checked ? zone : without_speck({lines[0], lines[1]}, td1_length, read).value_or(zone);
}

}  // namespace sohoa::fields
