#pragma once

#include <string>

#include "pipeline/pdf/object.hpp"

namespace sohoa::pdf {

/// A text string (ISO 32000-1, 7.9.2.2) as UTF-8 in NFC: UTF-16 with its mark, UTF-8, else PDFDocEncoding. "" of what
/// is no string.
[[nodiscard]] std::string text_of(const Object& string);

/// A date (7.9.4) as ISO 8601: "2025-01-08T10:30:49+07:00"; without an offset where it states none; "" where it is
/// malformed.
[[nodiscard]] std::string iso_date_of(const Object& string);

}  // namespace sohoa::pdf
