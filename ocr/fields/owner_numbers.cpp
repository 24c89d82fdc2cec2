#include "ocr/fields/owner_numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "ocr/fields/folded.hpp"

namespace sohoa::fields {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number_in(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// Codes of provinces before July 2025 (Circular 59/2021/TT-BCA, annex I); those born since keep the merged ones'.
constexpr std::array<int, 63> province_codes{1,  2,  4,  6,  8,  10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25,
                                             26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48,
                                             49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75,
                                             77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96};

/// ddmmyyyy
std::optional<PartialDate> packed_date(std::string_view digits) {
  if (digits.size() != 8 || !is_digits(digits)) return std::nullopt;
  const PartialDate date{number_in(digits.substr(4)), number_in(digits.substr(2, 2)), number_in(digits.substr(0, 2))};
  const bool possible = date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31 && date.year >= 1900;
  return possible ? std::optional(date) : std::nullopt;
}

}  // namespace

bool is_tax_code(std::string_view code) {
  static constexpr std::array weights{31, 29, 23, 19, 17, 13, 7, 5, 3};
  if (code.size() == 14) {
    if (code[10] != '-' || !is_digits(code.substr(11))) return false;
    code = code.substr(0, 10);
  }
  if (code.size() != 10 || !is_digits(code)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (code[i] - '0');
  return 10 - sum % 11 == code[9] - '0';
}

std::optional<PersonalIdentifier> read_personal_identifier(std::string_view digits) {
  constexpr int last_country = 400;
  if (digits.size() != 12 || !is_digits(digits)) return std::nullopt;
  const int place = number_in(digits.substr(0, 3));
  const bool province = std::find(province_codes.begin(), province_codes.end(), place) != province_codes.end();
  if (!province && (place <= 100 || place > last_country)) return std::nullopt;
  const int century_and_sex = digits[3] - '0';
  const int year = 1900 + 100 * (century_and_sex / 2) + number_in(digits.substr(4, 2));
  if (year > 2100) return std::nullopt;
  return PersonalIdentifier{place, century_and_sex % 2 == 0 ? Sex::male : Sex::female, year};
}

std::optional<CardQr> read_card_qr(std::string_view payload) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start <= payload.size();) {
    const auto end = std::min(payload.find('|', start), payload.size());
    parts.push_back(payload.substr(start, end - start));
    start = end + 1;
  }
  if (parts.size() < 7) return std::nullopt;
  const bool old_is_possible =
      parts[1].empty() || (is_digits(parts[1]) && (parts[1].size() == 9 || parts[1].size() == 12));
  const auto birth = packed_date(parts[3]), issued = packed_date(parts[6]);
  if (!read_personal_identifier(parts[0]) || !old_is_possible || !birth || !issued) return std::nullopt;
  const auto sex = letters_of(parts[4]);
  return CardQr{std::string(parts[0]),
                std::string(parts[1]),
                std::string(parts[2]),
                *birth,
                sex == "nam"  ? Sex::male
                : sex == "nu" ? Sex::female
                              : Sex::unstated,
                std::string(parts[5]),
                *issued};
}

}  // namespace sohoa::fields
