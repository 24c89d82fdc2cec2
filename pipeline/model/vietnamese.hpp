#pragma once

#include <string>
#include <string_view>

#include "pipeline/model/fields.hpp"

namespace sohoa {

/// For officers: in Vietnamese what the program says of pages and fields ("a word was hardly read"). What the table in
/// vietnamese.cpp does not know comes back as it is; a test holds the table against the sources.
[[nodiscard]] std::string in_vietnamese(std::string_view english);

/// "số, ký hiệu"
[[nodiscard]] std::string_view vietnamese_name_of(FieldName name);

}  // namespace sohoa
