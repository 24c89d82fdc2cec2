#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/fields/page_view.hpp"

namespace sohoa::fields {

/// What a line "Số: 47/QĐ-UBND" says.
struct NumberSymbol {
  std::string number;  ///< "47"; "" where it could not be read
  std::string symbol;  ///< "/QĐ-UBND", "/2021/QĐ-TTg", "-NQ/TW"; "" where there is none
  std::string type;    ///< the symbol's abbreviation of a type, "QĐ"; "" where there is none
  Line line;           ///< the words that say so
  std::string review;  ///< why it is not sure; "": it is

  [[nodiscard]] std::string value() const { return number + symbol; }
};

/// Reads a line that begins with "Số" (or what OCR makes of it); nothing where the line is no such line.
/// `agency` is the issuer's name, by whose initials the symbol's marks are put right.
[[nodiscard]] std::optional<NumberSymbol> read_number_symbol(const Line& line, const std::string& agency);

/// Whether a line may be one: "Số:", "Só:12", "số 12/".
[[nodiscard]] bool is_number_line(const Line& line);

}  // namespace sohoa::fields
