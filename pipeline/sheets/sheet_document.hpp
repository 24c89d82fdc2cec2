#pragma once

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/sheet.hpp"

namespace sohoa::sheets {

inline constexpr std::uint32_t most_copies = 1'000;
inline constexpr std::size_t longest_code = 60;  ///< bytes: what stays legible on the sheet

/// A PDF of `copies` A4 pages to print: what the sheet is for in Vietnamese and English, five QR codes with `sheet`,
/// and Patch-T bars along the four edges, so that it is known whichever way it is fed, and with stains. The same sheet
/// gives the same bytes. Errors: invalid_input (a code that is too long or has '|' or a control character, a cover
/// without dossier, 0 or too many copies); not_found (the fonts of fonts-liberation2).
[[nodiscard]] Result<Bytes> sheet_document(const Sheet& sheet, std::uint32_t copies);

}  // namespace sohoa::sheets
