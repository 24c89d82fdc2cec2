#pragma once

#include "pipeline/pdf/content_rules.hpp"

namespace sohoa::pdf {

/// The fonts that the pages show something in (ISO 19005-2, 6.2.11): embedded programs, character maps, glyphs, widths.
/// Of Type 1 and CFF programs only the dictionaries are looked at.
void check_fonts(Judge& judge, const FontUses& fonts);

}  // namespace sohoa::pdf
