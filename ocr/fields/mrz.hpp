#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa::fields {

/// A machine-readable zone (ICAO 9303 part 4: TD3, passports; part 5: TD1, cards).
struct Mrz {
  std::string document_number;
  std::string country;              ///< of issue: "VNM"
  std::string personal_identifier;  ///< 12 digits in the optional data, or ""
  std::string names;                ///< "NGUYEN VAN A", without marks
  std::string birth;                ///< yymmdd
  std::string expiry;               ///< yymmdd
  char sex = '<';                   ///< 'M', 'F' or '<'
  bool number_checked = false;      ///< the document number agrees with its check digit
  bool dates_checked = false;       ///< birth and expiry with theirs
  bool all_checked = false;         ///< all of them, and the composite
};

/// A line in the zone's alphabet, A-Z 0-9 '<', as OCR may have read it; "" where it cannot be one.
[[nodiscard]] std::string mrz_line(std::string_view read);

/// Nothing where the lines have not the form of a zone. A letter read where a digit must stand (O, I, S, B, Z) and the
/// reverse is put right; whether the result is right the check digits say.
[[nodiscard]] std::optional<Mrz> read_mrz(const std::vector<std::string>& lines);

/// Weights 7 3 1; A = 10 .. Z = 35, '<' = 0 (part 3, 4.9).
[[nodiscard]] char mrz_check_digit(std::string_view text);

}  // namespace sohoa::fields
