#pragma once

#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/decode/page_probe.hpp"
#include "pipeline/decode/pdf_file.hpp"
#include "pipeline/model/text.hpp"

namespace sohoa::decode {

// Text that a PDF page carries itself, in Poppler's reading order; hidden text is left out. Boxes are pixels at `dpi`.
// Errors: resource_exhausted (time).

/// What the page says, and at the end what its signature fields show (role e_signature). A signature field that shows
/// no more than a number or a day is where an officer filled these in: its text is the page's (is_filled_in).
Result<std::vector<Block>> page_text(PdfFile& file, PageNumber number, Dpi dpi, Deadline& deadline);

/// What is written over a scan: one block of role e_signature for each of `overlays` that has text. The first
/// `glyphs_below` glyphs of the page lie under the scan.
Result<std::vector<Block>> overlay_text(PdfFile& file, PageNumber number, const std::vector<PageBox>& overlays,
                                        std::size_t glyphs_below, Dpi dpi, Deadline& deadline);

/// Whether a field's or overlay's text is a number, symbol or day put into a blank of the page ("Số: 565 /TB-UBND"), as
/// e-office systems do by signing, and not the look of a signature: up to 2 words of 16 characters, no ':' and no '@'.
[[nodiscard]] bool is_filled_in(const Block& block);

/// UTF-8 of Poppler's Unicode, without control characters, soft hyphens and private-use characters; the bullets of
/// Word's symbol fonts become U+2022.
[[nodiscard]] std::string clean_utf8(const Unicode* text, int length);

}  // namespace sohoa::decode
