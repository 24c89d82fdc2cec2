#pragma once

#include <string>
#include <vector>

#include "ocr/fields/page_view.hpp"

namespace sohoa::fields {

/// Whether a line of the head begins an agency's name: "SỞ ...", "ỦY BAN NHÂN DÂN"; "TỈNH ...", "VÀ ..." go on with
/// one.
[[nodiscard]] bool begins_agency(const Line& line);

/// The lines as one name in which what is always written in one way is put right: "UY BAN NHẦNDÂN" -> "ỦY BAN NHÂN
/// DÂN", "TÍNH CAO BẢNG" -> "TỈNH CAO BẰNG". Both places of the mark (ỦY, UỶ) stay as printed.
[[nodiscard]] std::string agency_name(const std::vector<Line>& lines);

/// The same for a name in a list of recipients: "Thường trực Tĩnh uỷ" -> "Thường trực Tỉnh uỷ".
[[nodiscard]] std::string recipient_corrected(const std::string& name);

/// The name of a province or city (of before or after July 2025) as it is written, where `name` is one of them but for
/// its marks; else `name`.
[[nodiscard]] std::string province_corrected(const std::string& name);

/// Whether `name` ends with `end`, capitals and the place of a mark aside ("HÒA", "Hoà").
[[nodiscard]] bool ends_alike(std::string_view name, std::string_view end);

}  // namespace sohoa::fields
