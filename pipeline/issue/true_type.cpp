// A subset keeps the numbers of its glyphs, so that no table but glyf and loca changes: unused outlines become empty.
// Composite glyphs ("ế" is e, circumflex and acute) name others, which are kept too.

#include "pipeline/issue/true_type.hpp"

#include <array>
#include <bit>

#include "pipeline/issue/big_endian.hpp"

namespace sohoa::issue {
namespace {

using issue::BigEndian;

/// Big-endian numbers; 0 beyond the end.
std::uint32_t u16(ByteView bytes, std::size_t at) {
  return at + 2 <= bytes.size() ? std::uint32_t{bytes[at]} << 8 | bytes[at + 1] : 0;
}
int i16(ByteView bytes, std::size_t at) {
  return static_cast<std::int16_t>(u16(bytes, at));
}
std::uint32_t u32(ByteView bytes, std::size_t at) {
  return u16(bytes, at) << 16 | u16(bytes, at + 2);
}

std::uint32_t checksum(ByteView bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) sum += std::uint32_t{bytes[i]} << (24 - 8 * (i % 4));
  return sum;
}

/// Where cmap has a subtable of format 4 for the Windows platform's BMP; 0 where it has none.
std::size_t windows_subtable(ByteView cmap) {
  for (std::size_t i = 0; i < u16(cmap, 2); ++i) {
    const auto at = 4 + 8 * i;
    const auto offset = u32(cmap, at + 4);
    if (u16(cmap, at) == 3 && u16(cmap, at + 2) == 1 && u16(cmap, offset) == 4) return offset;
  }
  return 0;
}

Bytes font_file(const std::map<std::string, Bytes>& tables) {
  const auto count = static_cast<std::uint32_t>(tables.size());
  const auto search = 16 * std::bit_floor(count);
  BigEndian directory, body;
  directory.u32(0x00010000).u16(count).u16(search).u16(std::bit_width(count) - 1).u16(16 * count - search);
  for (const auto& [tag, content] : tables) {
    directory.text(tag).u32(checksum(content)).u32(12 + 16 * count + static_cast<std::uint32_t>(body.size()));
    directory.u32(static_cast<std::uint32_t>(content.size()));
    body.raw(content).align4();
  }
  return directory.raw(body.bytes()).take();
}

}  // namespace

Result<TrueType> TrueType::create(Bytes file) {
  TrueType font(std::move(file));
  const ByteView bytes(font.file_);
  for (std::size_t i = 0; i < u16(bytes, 4); ++i) {
    const auto at = 12 + 16 * i;
    if (at + 16 > bytes.size()) break;
    const std::size_t offset = u32(bytes, at + 8), size = u32(bytes, at + 12);
    if (offset > bytes.size() || size > bytes.size() - offset) continue;
    font.tables_[std::string(as_text(bytes.subspan(at, 4)))] = {offset, size};
  }
  for (const char* tag : {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}) {
    if (font.table(tag).empty()) return Error{ErrorCode::invalid_input, std::string("font without ") + tag};
  }
  font.units_per_em_ = static_cast<int>(u16(font.table("head"), 18));
  font.long_offsets_ = u16(font.table("head"), 50) == 1;
  font.ascent_ = i16(font.table("hhea"), 4);
  font.descent_ = i16(font.table("hhea"), 6);
  font.wide_metrics_ = static_cast<std::uint16_t>(u16(font.table("hhea"), 34));
  font.glyph_count_ = static_cast<std::uint16_t>(u16(font.table("maxp"), 4));
  font.characters_ = windows_subtable(font.table("cmap"));
  if (font.units_per_em_ == 0 || font.wide_metrics_ == 0 || font.characters_ == 0) {
    return Error{ErrorCode::invalid_input, "font without measures or characters"};
  }
  return font;
}

ByteView TrueType::table(const std::string& tag) const {
  const auto found = tables_.find(tag);
  if (found == tables_.end()) return {};
  return ByteView(file_).subspan(found->second.first, found->second.second);
}

std::uint16_t TrueType::glyph_of(char32_t character) const {
  const auto cmap = table("cmap").subspan(characters_);
  const auto doubled = u16(cmap, 6);  // twice the number of segments
  for (std::size_t i = 0; i < doubled; i += 2) {
    if (u16(cmap, 14 + i) < character) continue;  // ends before it
    const auto start = u16(cmap, 16 + doubled + i);
    const auto delta = u16(cmap, 16 + 2 * doubled + i);
    const auto range_at = 16 + 3 * std::size_t{doubled} + i;
    const auto range = u16(cmap, range_at);
    if (start > character) return 0;
    if (range == 0) return static_cast<std::uint16_t>(character + delta);
    const auto glyph = u16(cmap, range_at + range + 2 * (character - start));
    return static_cast<std::uint16_t>(glyph == 0 ? 0 : glyph + delta);
  }
  return 0;
}

int TrueType::advance(std::uint16_t glyph) const {
  const std::size_t at = std::min(glyph, static_cast<std::uint16_t>(wide_metrics_ - 1));
  return scaled(static_cast<int>(u16(table("hmtx"), 4 * at)));
}

ByteView TrueType::outline(std::uint16_t glyph) const {
  const auto loca = table("loca"), glyf = table("glyf");
  const auto offset = [&](std::size_t i) -> std::size_t {
    return long_offsets_ ? u32(loca, 4 * i) : 2 * std::size_t{u16(loca, 2 * i)};
  };
  const auto begin = offset(glyph), end = offset(glyph + std::size_t{1});
  return begin < end && end <= glyf.size() ? glyf.subspan(begin, end - begin) : ByteView();
}

void TrueType::add_parts(std::uint16_t glyph, std::set<std::uint16_t>& glyphs) const {
  if (!glyphs.insert(glyph).second) return;
  const auto bytes = outline(glyph);
  if (i16(bytes, 0) >= 0) return;  // a simple glyph
  constexpr std::uint32_t words = 0x1, scale = 0x8, more = 0x20, two_scales = 0x40, matrix = 0x80;
  std::uint32_t flags = more;
  for (std::size_t at = 10; (flags & more) != 0 && at + 4 <= bytes.size();) {
    flags = u16(bytes, at);
    add_parts(static_cast<std::uint16_t>(u16(bytes, at + 2)), glyphs);
    at += (flags & words) != 0 ? 8 : 6;
    at += (flags & scale) != 0 ? 2 : (flags & two_scales) != 0 ? 4 : (flags & matrix) != 0 ? 8 : 0;
  }
}

Bytes TrueType::subset(const std::set<std::uint16_t>& glyphs) const {
  std::set<std::uint16_t> kept;
  add_parts(0, kept);
  for (const auto glyph : glyphs) add_parts(glyph, kept);
  BigEndian glyf, loca;
  for (std::uint32_t glyph = 0; glyph < glyph_count_; ++glyph) {
    loca.u32(static_cast<std::uint32_t>(glyf.size()));
    if (kept.contains(static_cast<std::uint16_t>(glyph))) glyf.raw(outline(static_cast<std::uint16_t>(glyph))).align4();
  }
  loca.u32(static_cast<std::uint32_t>(glyf.size()));

  std::map<std::string, Bytes> tables;
  for (const char* tag : {"cvt ", "fpgm", "head", "hhea", "hmtx", "maxp", "prep"}) {
    if (const auto content = table(tag); !content.empty()) tables[tag] = Bytes(content.begin(), content.end());
  }
  auto& head = tables["head"];
  for (std::size_t i = 8; i < 12; ++i) head[i] = 0;  // the checksum of a file that this is not
  head[50] = 0;
  head[51] = 1;  // long offsets
  tables["glyf"] = glyf.take();
  tables["loca"] = loca.take();
  return font_file(tables);
}

}  // namespace sohoa::issue
