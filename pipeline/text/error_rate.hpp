#pragma once

#include <cstdint>
#include <string_view>

namespace sohoa::text {

/// Edit distances of a recognised text to its ground truth (both taken in NFC, runs of white space as one space) and
/// the lengths to divide them by.
struct ErrorCounts {
  std::uint64_t characters = 0;        ///< of the truth as one string
  std::uint64_t character_errors = 0;  ///< of the whole text: counts reading order and added junk
  std::uint64_t words = 0;
  std::uint64_t word_errors = 0;
  std::uint64_t line_characters = 0;  ///< sum over the truth's lines
  std::uint64_t line_errors = 0;      ///< each true line against its best substring of the text: ignores order and junk
  std::uint64_t base_errors = 0;      ///< line_errors with all marks stripped: letters alone

  ErrorCounts& operator+=(const ErrorCounts& other);
  [[nodiscard]] double cer() const;  ///< 0..1
  [[nodiscard]] double wer() const;
  [[nodiscard]] double line_cer() const;
  [[nodiscard]] double base_cer() const;
  [[nodiscard]] double marks_cer() const;  ///< errors in the marks only: line_cer - base_cer
};

/// `truth`'s stamps, from the first line that starts with "[stamp]" on, do not count.
[[nodiscard]] ErrorCounts compare(std::string_view truth, std::string_view text);

}  // namespace sohoa::text
