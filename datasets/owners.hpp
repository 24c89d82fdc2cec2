#pragma once

#include <string>
#include <vector>

#include "datasets/random.hpp"

namespace sohoa::datasets {

/// A made-up owner of papers: no number belongs to anybody but by chance. Numbers have the form and the check digits
/// that the law gives them.
struct Owner {
  std::string name;  ///< "Nguyễn Văn An"
  bool male = true;
  int year = 1980, month = 1, day = 1;  ///< of birth
  std::string personal_identifier;      ///< 12 digits
  std::string old_number;               ///< 9 digits
  std::string passport;                 ///< "C1234567"
  std::string tax_code;                 ///< 10 digits, of an organisation
};
/// What the QR code of the owner's card says: fields parted by '|', the name as the card prints it.
[[nodiscard]] std::string card_code(const Owner& owner, const std::string& address);
[[nodiscard]] Owner make_owner(std::string name, Random& random);

/// Machine-readable zones by ICAO 9303: TD1 (three lines of 30, cards) and TD3 (two lines of 44, passports).
[[nodiscard]] std::vector<std::string> card_zone(const Owner& owner);
[[nodiscard]] std::vector<std::string> passport_zone(const Owner& owner);

}  // namespace sohoa::datasets
