#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/fields/written_date.hpp"

namespace sohoa::fields {

// Numbers that name a person or an organisation, and what can be held against them. Pure.

/// Whether `code` is 10 digits, or 10 and "-NNN", with the right check digit: weights 31 29 23 19 17 13 7 5 3, check =
/// 10 - (sum mod 11), 10 impossible (Circular 105/2020/TT-BTC). Any one wrong digit is noticed.
[[nodiscard]] bool is_tax_code(std::string_view code);

enum class Sex : std::uint8_t { male, female, unstated };

/// What the 12 digits of a personal identifier say (Decree 137/2015, art. 13; Circular 59/2021/TT-BCA, art. 4). They
/// have no check digit.
struct PersonalIdentifier {
  int place = 0;  ///< of birth's registration: a province's code, or a country's above 100
  Sex sex = Sex::unstated;
  int birth_year = 0;
};
/// Nothing where the digits cannot be one: another length, no such province, a year to come (after 2100).
[[nodiscard]] std::optional<PersonalIdentifier> read_personal_identifier(std::string_view digits);

/// What the QR code of a citizen's identity card says: fields parted by '|'.
struct CardQr {
  std::string identifier;  ///< 12 digits
  std::string old_number;  ///< 9 digits or ""
  std::string name;
  PartialDate birth;
  Sex sex = Sex::unstated;
  std::string address;
  PartialDate issued;
};
/// Accepts seven fields and more (cards since July 2024 add the parents). Nothing where an identifier or a date is
/// impossible.
[[nodiscard]] std::optional<CardQr> read_card_qr(std::string_view payload);

}  // namespace sohoa::fields
