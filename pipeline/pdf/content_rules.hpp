#pragma once

#include <bitset>
#include <memory>
#include <unordered_map>

#include "pipeline/pdf/judge.hpp"
#include "pipeline/pdf/structure.hpp"

namespace sohoa::pdf {

/// What of a font the content streams show.
struct FontUse {
  using Codes = std::bitset<65536>;
  std::unique_ptr<Codes> shown = std::make_unique<Codes>();     ///< codes in any rendering mode
  std::unique_ptr<Codes> rendered = std::make_unique<Codes>();  ///< in one that leaves a mark
  bool is_rendered = false;
  bool has_half_code = false;  ///< a string of an odd number of bytes was rendered
  std::string where;           ///< where it was used first
};
using FontUses = std::unordered_map<const Object*, FontUse>;

/// Everything that a page shows, annotations included: operators, resources, colours, images, forms, transparency (ISO
/// 19005-2, 6.2.2 to 6.2.10). Notes which characters of which fonts are shown.
void check_page_content(Judge& judge, const Page& page, FontUses& fonts, const std::string& where);

}  // namespace sohoa::pdf
