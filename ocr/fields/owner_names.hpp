#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ocr/fields/found.hpp"

namespace sohoa::fields {

/// "VŨ XUÂN HUY", "vũ xuân huy" -> "Vũ Xuân Huy"
[[nodiscard]] std::string title_case(std::string_view name);

/// Names of persons after a paper's own labels ("Họ, chữ đệm, tên:", "Họ và tên:"), line by line in reading order.
class OwnerNameReader {
 public:
  /// The name that `line` gives, or that it ends, its label having been the line before.
  [[nodiscard]] std::optional<Field> next(const PageView& page, const Line& line);

 private:
  bool label_was_last_ = false;  ///< the line before ended with a label and its colon
};

}  // namespace sohoa::fields
