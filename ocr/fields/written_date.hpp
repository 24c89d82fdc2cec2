#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ocr/fields/page_view.hpp"

namespace sohoa::fields {

/// A calendar date, or the part of one that was read: day 0, or day and month 0.
struct PartialDate {
  int year = 0;
  int month = 0;
  int day = 0;

  [[nodiscard]] std::string iso() const;  ///< "2025-01-17", "2025-01", "2025"
  [[nodiscard]] bool whole() const { return day > 0; }
  auto operator<=>(const PartialDate&) const = default;
};
/// Whether there is such a day, between 1945 and 2100.
[[nodiscard]] bool is_possible(const PartialDate& date);

/// What "Quảng Ngãi, ngày 17 tháng 01 năm 2025" says.
struct WrittenDate {
  PartialDate date;
  std::string place;          ///< "Quảng Ngãi"; "" where none stands before
  std::size_t place_end = 0;  ///< where it ends in line.folded
  Line line;
  std::string review;  ///< why the date is not sure; "": it is
};
/// Nothing where the line holds no "ngày ... tháng ... năm ..." with a year.
[[nodiscard]] std::optional<WrittenDate> read_written_date(const Line& line);

/// The first dd/mm/yyyy (parted by '/', '.' or '-') of `plain`, with where it stands.
struct NumericDate {
  PartialDate date;
  std::size_t begin = 0;
  std::size_t end = 0;
};
[[nodiscard]] std::optional<NumericDate> find_numeric_date(std::string_view plain);

}  // namespace sohoa::fields
