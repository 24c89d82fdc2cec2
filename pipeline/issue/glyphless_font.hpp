#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "pipeline/base/bytes.hpp"

namespace sohoa::issue {

/// The measures of the font whose glyphs show nothing, in thousandths of the font size. Its box, ascent over descent,
/// is what a viewer marks when text is selected.
struct GlyphlessMetrics {
  static constexpr int units_per_em = 1000;
  static constexpr int advance = 500;
  static constexpr int ascent = 800;
  static constexpr int descent = -200;
};
inline constexpr std::string_view glyphless_font_name = "SohoaGlyphless";

/// A TrueType font of two glyphs: .notdef, and one without outline. About 900 bytes, always the same.
[[nodiscard]] Bytes glyphless_font();

/// A CIDToGIDMap stream that shows the empty glyph for every CID: 128 KiB, a few hundred bytes when compressed.
[[nodiscard]] Bytes all_cids_to_empty_glyph();

/// Which two-byte code stands for which character in a document's text layer. A code is the character's UTF-16 unit;
/// what does not fit into one unit borrows a code of the private use area. Memory is bounded whatever comes.
class GlyphCodes {
 public:
  /// U+FFFD's code where the private use area is used up (6,400 different characters).
  std::uint16_t code_of(char32_t character);
  [[nodiscard]] bool empty() const { return used_.none(); }
  /// A ToUnicode CMap of exactly the codes that were asked for (ISO 32000-1, 9.10.3).
  [[nodiscard]] std::string to_unicode_cmap() const;

 private:
  std::bitset<65536> used_;
  std::map<char32_t, std::uint16_t> borrowed_;
};

}  // namespace sohoa::issue
