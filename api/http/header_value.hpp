#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/result.hpp"

namespace sohoa::http {

/// `value; name=token; name="quoted string"`, as in Content-Type and Content-Disposition.
struct HeaderValue {
  std::string value;                                            ///< lower case: "multipart/form-data"
  std::vector<std::pair<std::string, std::string>> parameters;  ///< names in lower case

  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

/// In quoted strings a backslash escapes only '"' and '\', so that old browsers' "C:\scan.pdf" survives.
/// Errors: invalid_input (no value, a parameter without '=', an open quoted string, more than 16 parameters).
[[nodiscard]] Result<HeaderValue> parse_header_value(std::string_view text);

/// The file name that a Content-Disposition states: filename* (RFC 8187; UTF-8 or ISO-8859-1) before filename; nothing
/// where neither stands. Browsers' %22 in filename is a quotation mark (HTML, multipart/form-data encoding).
[[nodiscard]] std::optional<std::string> stated_file_name(const HeaderValue& disposition);

/// A sender's file name made harmless: NFC, without folders and control characters, at most 255 bytes; "" where nothing
/// is left.
[[nodiscard]] std::string clean_file_name(std::string_view name);

/// `inline; filename="Quyet dinh.pdf"; filename*=UTF-8''Quy%E1%BA%BFt...` (RFC 6266, appendix D).
[[nodiscard]] std::string inline_disposition(std::string_view file_name);

}  // namespace sohoa::http
