// A scan's text layer is invisible, but PDF/A wants every font embedded, with a glyph for every code that is shown and
// widths that agree with the font program (ISO 19005-2, 6.2.11.4 and 6.2.11.5), whatever the rendering mode. So: a real
// TrueType font with two glyphs of one width. Glyph 0, .notdef, is a frame, so that no table is empty (strict parsers
// refuse an empty glyf table); glyph 1 has no outline, and every CID is mapped to it (.notdef must never be
// shown, 6.2.11.8). Tables: OpenType 1.9, the ten that a Windows font must have. The character map has one entry, the
// space.

#include "pipeline/issue/glyphless_font.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "pipeline/base/digest.hpp"
#include "pipeline/issue/big_endian.hpp"

namespace sohoa::issue {
namespace {

using Metrics = GlyphlessMetrics;
constexpr std::uint32_t weight_regular = 400;
constexpr std::uint32_t long_date_zero_words = 4;  // created and modified: two 64-bit dates, left at their epoch

Bytes os2_table() {
  BigEndian out;
  out.u16(4).i16(Metrics::advance).u16(weight_regular).u16(5).u16(0);  // version 4, medium width, free to embed
  for (int i = 0; i < 10; ++i) out.i16(0);                             // sub- and superscript, strikeout
  out.i16(0).zeros(10).zeros(16).text("SOHO");                         // class, panose, Unicode ranges, vendor
  out.u16(0x0040).u16(0x20).u16(0x20);                                 // regular; first and last character
  out.i16(Metrics::ascent).i16(Metrics::descent).i16(0);
  out.u16(Metrics::ascent).u16(-Metrics::descent);
  return out.zeros(8).i16(0).i16(0).u16(0).u16(0x20).u16(0).take();  // code pages, heights, default and break char
}

Bytes cmap_table() {
  BigEndian out;
  out.u16(0).u16(1).u16(3).u16(1).u32(12);                // one subtable: Windows, Unicode BMP
  out.u16(4).u16(32).u16(0).u16(4).u16(4).u16(1).u16(0);  // format 4, two segments
  out.u16(0x20).u16(0xFFFF).u16(0);                       // ends
  out.u16(0x20).u16(0xFFFF);                              // starts
  out.i16(1 - 0x20).i16(1);                               // deltas: the space is glyph 1
  return out.u16(0).u16(0).take();
}

/// .notdef: a frame of one contour with four points.
Bytes glyf_table() {
  BigEndian out;
  out.i16(1).i16(50).i16(0).i16(450).i16(700);
  out.u16(3).u16(0);
  for (int i = 0; i < 4; ++i) out.u8(0x01);
  out.i16(50).i16(0).i16(400).i16(0);
  return out.i16(0).i16(700).i16(0).i16(-700).take();
}

Bytes loca_table(std::size_t notdef_size) {
  const auto end = static_cast<std::uint32_t>(notdef_size / 2);  // the short form counts words
  return BigEndian().u16(0).u16(end).u16(end).take();
}

/// checkSumAdjustment is zero; it is set when the whole font is there.
Bytes head_table() {
  BigEndian out;
  out.u32(0x00010000).u32(0x00010000).u32(0).u32(0x5F0F3CF5);
  out.u16(0x0003).u16(Metrics::units_per_em);
  for (std::uint32_t i = 0; i < long_date_zero_words; ++i) out.u32(0);
  out.i16(0).i16(Metrics::descent).i16(Metrics::advance).i16(Metrics::ascent);
  return out.u16(0).u16(8).i16(2).i16(0).i16(0).take();
}

Bytes hhea_table() {
  BigEndian out;
  out.u32(0x00010000).i16(Metrics::ascent).i16(Metrics::descent).i16(0);
  out.u16(Metrics::advance).i16(0).i16(50).i16(450);
  return out.i16(1).i16(0).i16(0).zeros(8).i16(0).u16(2).take();
}

Bytes hmtx_table() {
  return BigEndian().u16(Metrics::advance).i16(50).u16(Metrics::advance).i16(0).take();
}

Bytes maxp_table() {
  BigEndian out;
  out.u32(0x00010000).u16(2).u16(4).u16(1);
  return out.u16(0).u16(0).u16(2).zeros(16).take();
}

Bytes name_table() {
  constexpr std::array<std::pair<std::uint32_t, std::string_view>, 4> names = {
      {{1, glyphless_font_name}, {2, "Regular"}, {4, glyphless_font_name}, {6, glyphless_font_name}}};
  BigEndian records;
  BigEndian strings;
  for (const auto& [id, text] : names) {
    records.u16(3).u16(1).u16(0x409).u16(id);
    records.u16(static_cast<std::uint32_t>(2 * text.size())).u16(static_cast<std::uint32_t>(strings.size()));
    for (const char c : text) strings.u16(static_cast<std::uint8_t>(c));
  }
  BigEndian out;
  out.u16(0).u16(names.size()).u16(6 + 12 * names.size());
  return out.raw(records.bytes()).raw(strings.bytes()).take();
}

Bytes post_table() {
  BigEndian out;
  return out.u32(0x00030000).u32(0).i16(-100).i16(50).u32(1).zeros(16).take();  // version 3: no glyph names
}

std::uint32_t checksum(ByteView bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) sum += std::uint32_t{bytes[i]} << (24 - 8 * (i % 4));
  return sum;
}

struct Table {
  std::string_view tag;
  Bytes content;
};

std::vector<Table> tables() {
  const Bytes glyf = glyf_table();
  return {{"OS/2", os2_table()},
          {"cmap", cmap_table()},
          {"glyf", glyf},
          {"head", head_table()},
          {"hhea", hhea_table()},
          {"hmtx", hmtx_table()},
          {"loca", loca_table(glyf.size())},
          {"maxp", maxp_table()},
          {"name", name_table()},
          {"post", post_table()}};
}

}  // namespace

Bytes glyphless_font() {
  const auto all = tables();
  const auto count = static_cast<std::uint32_t>(all.size());
  BigEndian directory;
  directory.u32(0x00010000).u16(count).u16(128).u16(3).u16(16 * count - 128);  // 8 is the power of two below 10 tables
  BigEndian body;
  std::size_t head_offset = 0;
  for (const auto& table : all) {
    const auto offset = 12 + 16 * all.size() + body.size();
    if (table.tag == "head") head_offset = offset;
    directory.text(table.tag).u32(checksum(table.content)).u32(static_cast<std::uint32_t>(offset));
    directory.u32(static_cast<std::uint32_t>(table.content.size()));
    body.raw(table.content).align4();
  }
  Bytes font = directory.raw(body.bytes()).take();
  const Bytes adjustment = BigEndian().u32(0xB1B0AFBA - checksum(font)).take();
  std::copy(adjustment.begin(), adjustment.end(), font.begin() + static_cast<std::ptrdiff_t>(head_offset) + 8);
  return font;
}

Bytes all_cids_to_empty_glyph() {
  Bytes map(std::size_t{2} * 65536);
  for (std::size_t i = 1; i < map.size(); i += 2) map[i] = 1;
  return map;
}

std::uint16_t GlyphCodes::code_of(char32_t character) {
  constexpr std::uint16_t private_first = 0xE000, private_last = 0xF8FF, replacement = 0xFFFD;
  const bool is_private = character >= private_first && character <= private_last;
  const bool is_surrogate = character >= 0xD800 && character < 0xE000;
  std::uint16_t code = replacement;
  if (character < 0x10000 && !is_private) {
    if (!is_surrogate && character != 0) code = static_cast<std::uint16_t>(character);
  } else if (const auto known = borrowed_.find(character); known != borrowed_.end()) {
    code = known->second;
  } else if (character <= 0x10FFFF && borrowed_.size() <= private_last - private_first) {
    code = static_cast<std::uint16_t>(private_first + borrowed_.size());
    borrowed_.emplace(character, code);
  }
  used_.set(code);
  return code;
}

namespace {

std::string hex16(std::uint32_t value) {
  return to_hex(BigEndian().u16(value).bytes());
}

std::string utf16_hex(char32_t c) {
  if (c < 0x10000) return hex16(c);
  return hex16(0xD800 + ((c - 0x10000) >> 10)) + hex16(0xDC00 + ((c - 0x10000) & 0x3FF));
}

}  // namespace

std::string GlyphCodes::to_unicode_cmap() const {
  constexpr std::size_t most = 100;  // entries of a section (ISO 32000-1 refers to Adobe Technical Note 5014)
  std::map<std::uint16_t, char32_t> characters;
  for (std::uint32_t code = 0; code < used_.size(); ++code) {
    if (used_[code]) characters.emplace(static_cast<std::uint16_t>(code), code);
  }
  for (const auto& [character, code] : borrowed_) characters[code] = character;
  // One entry a code: ranges would be shorter, but Ghostscript 10.0 misreads those above U+00FF.
  std::string sections;
  std::size_t left = characters.size(), room = 0;
  for (const auto& [code, character] : characters) {
    if (room == 0) {
      room = std::min(most, left);
      sections += std::to_string(room) + " beginbfchar\n";
    }
    sections += '<' + hex16(code) + "><" + utf16_hex(character) + ">\n";
    --left;
    if (--room == 0) sections += "endbfchar\n";
  }
  return "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
         "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n"
         "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
         "1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n" +
         sections + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

}  // namespace sohoa::issue
