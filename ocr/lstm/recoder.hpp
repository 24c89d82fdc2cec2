#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::ocr::lstm {

/// No character: what the null code stands for.
inline constexpr std::int32_t no_unichar = -1;

/// Which network output (code) stands for which character, for models that write each character with one code.
/// Format: `u32 n`, then for each id `i8 self_normalized`, `i32 length`, `i32 code[length]`.
class Recoder {
 public:
  /// `null_code` is the output that means "no character".
  /// Errors: invalid_input (damaged, not one entry for each of `unichars` ids); unsupported (a code of another length
  /// than one, or no id at all has the null code, without which a line could have no reading).
  static Result<Recoder> parse(ByteView component, std::int32_t unichars, std::int32_t null_code);

  [[nodiscard]] std::int32_t null_code() const { return null_code_; }
  /// One more than the largest code: the fewest outputs that a network for this recoder has.
  [[nodiscard]] std::int32_t code_range() const { return static_cast<std::int32_t>(unichar_of_.size()); }
  /// The character of `code` (the last id of several), no_unichar for the null code and codes that stand for nothing.
  [[nodiscard]] std::int32_t unichar(std::int32_t code) const { return unichar_of_[static_cast<std::size_t>(code)]; }
  /// The code of a character, the null code's where it has that.
  [[nodiscard]] std::int32_t code(std::int32_t unichar) const { return code_of_[static_cast<std::size_t>(unichar)]; }
  /// The place of `code` among all codes in the order in which ids first use them, -1 if none does.
  [[nodiscard]] std::int32_t order(std::int32_t code) const {
    return code < code_range() ? order_of_[static_cast<std::size_t>(code)] : -1;
  }

 private:
  std::int32_t null_code_ = 0;
  std::vector<std::int32_t> code_of_;
  std::vector<std::int32_t> unichar_of_;
  std::vector<std::int32_t> order_of_;
};

}  // namespace sohoa::ocr::lstm
