#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/issue/pdf_syntax.hpp"

namespace sohoa::issue::pdf {

/// A dictionary as it is written in a file: keys (without '/') in their order, each value's own text.
class WrittenDictionary {
 public:
  /// Errors: data_loss where `text` does not begin with a dictionary.
  static Result<WrittenDictionary> parse(std::string_view text);

  /// Nothing where there is no such key.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view key) const;
  void set(std::string_view key, std::string value);
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::pair<std::string, std::string>> entries_;
};

/// "12 0 R" -> 12. Nothing where it is no reference.
[[nodiscard]] std::optional<Ref> ref_of(std::string_view value);
/// "[12 0 R 13 0 R]" -> 12, 13.
[[nodiscard]] std::vector<Ref> refs_of(std::string_view array);
/// "[12 0 R 13 0 R]" -> "12 0 R 13 0 R"; what is no array stays as it is.
[[nodiscard]] std::string_view elements_of(std::string_view array);
/// The numbers of an array: "[0 0 595.28 841.89]". Empty where it is none of numbers alone.
[[nodiscard]] std::vector<double> numbers_of(std::string_view array);

/// Past white space.
void skip_space(std::string_view text, std::size_t& at);
/// A whole number, behind white space. Nothing where there is none.
[[nodiscard]] std::optional<std::uint64_t> number_at(std::string_view text, std::size_t& at);
/// Past the value that starts at `at`: a token, an array, a dictionary, or "n 0 R"; npos where it has no end.
[[nodiscard]] std::size_t end_of_value(std::string_view text, std::size_t at);

}  // namespace sohoa::issue::pdf
