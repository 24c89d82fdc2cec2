#include "pipeline/pdf/true_type.hpp"

#include <algorithm>

namespace sohoa::pdf {
namespace {

constexpr std::size_t most_maps = 64;

std::uint32_t u16(ByteView bytes, std::size_t at) {
  return at + 2 <= bytes.size() ? bytes[at] << 8u | bytes[at + 1] : 0u;
}
std::uint32_t u32(ByteView bytes, std::size_t at) {
  return u16(bytes, at) << 16 | u16(bytes, at + 2);
}

ByteView table_of(ByteView program, std::string_view tag) {
  const auto count = u16(program, 4);
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = 12 + 16 * i;
    if (at + 16 > program.size()) break;
    if (as_text(program.subspan(at, 4)) != tag) continue;
    const std::size_t offset = u32(program, at + 8), size = u32(program, at + 12);
    if (offset > program.size() || size > program.size() - offset) return {};
    return program.subspan(offset, size);
  }
  return {};
}

std::uint32_t by_segments(ByteView table, std::uint32_t code) {  // format 4
  const std::size_t segments = u16(table, 6) / 2;
  for (std::size_t i = 0; i < segments; ++i) {
    if (u16(table, 14 + 2 * i) < code) continue;
    const auto starts = 16 + 2 * segments, deltas = starts + 2 * segments, offsets = deltas + 2 * segments;
    const auto start = u16(table, starts + 2 * i);
    if (code < start) return 0;
    const auto delta = u16(table, deltas + 2 * i), offset = u16(table, offsets + 2 * i);
    if (offset == 0) return (code + delta) & 0xFFFF;
    const auto glyph = u16(table, offsets + 2 * i + offset + 2 * (code - start));
    return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
  }
  return 0;
}

std::uint32_t by_groups(ByteView table, std::uint32_t code) {  // format 12
  const std::size_t groups = std::min<std::size_t>(u32(table, 12), table.size() / 12);
  for (std::size_t i = 0; i < groups; ++i) {
    const auto at = 16 + 12 * i;
    if (code >= u32(table, at) && code <= u32(table, at + 4)) return u32(table, at + 8) + code - u32(table, at);
  }
  return 0;
}

}  // namespace

Result<TrueType> TrueType::open(ByteView program) {
  const auto wrong = [](const char* what) { return Error{ErrorCode::invalid_input, what}; };
  const auto version = u32(program, 0);
  if (version != 0x00010000 && version != 0x74727565 && version != 0x4F54544F) return wrong("no TrueType font");
  TrueType font;
  const auto head = table_of(program, "head"), hhea = table_of(program, "hhea"), maxp = table_of(program, "maxp");
  font.hmtx_ = table_of(program, "hmtx");
  if (head.size() < 54 || hhea.size() < 36 || maxp.size() < 6)
    return wrong("a TrueType font without head, hhea or maxp");
  const bool has_outlines =
      version == 0x4F54544F ? !table_of(program, "CFF ").empty() : table_of(program, "loca").size() >= 2;
  if (!has_outlines) return wrong("a TrueType font without glyphs");
  font.glyphs_ = u16(maxp, 4);
  font.metrics_ = u16(hhea, 34);
  font.units_per_em_ = u16(head, 18);
  if (font.units_per_em_ == 0 || font.metrics_ == 0 || font.hmtx_.size() < std::size_t{4} * font.metrics_) {
    return wrong("a TrueType font whose metrics are cut off");
  }
  font.read_character_maps(table_of(program, "cmap"));
  return font;
}

void TrueType::read_character_maps(ByteView cmap) {
  const std::size_t count = std::min<std::size_t>(u16(cmap, 2), most_maps);
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = 4 + 8 * i;
    const std::size_t offset = u32(cmap, at + 4);
    if (at + 8 > cmap.size() || offset > cmap.size()) return;
    maps_.push_back({static_cast<std::uint16_t>(u16(cmap, at)), static_cast<std::uint16_t>(u16(cmap, at + 2)),
                     cmap.subspan(offset)});
  }
}

std::optional<double> TrueType::width(std::uint32_t glyph) const {
  if (glyph >= glyphs_) return std::nullopt;
  const auto index = std::min(glyph, metrics_ - 1);
  return u16(hmtx_, std::size_t{4} * index) * 1000.0 / units_per_em_;
}

const TrueType::CharacterMap* TrueType::character_map(std::uint16_t platform, std::uint16_t encoding) const {
  const auto found = std::find_if(maps_.begin(), maps_.end(), [&](const CharacterMap& map) {
    return map.platform == platform && map.encoding == encoding;
  });
  return found == maps_.end() ? nullptr : &*found;
}

std::uint32_t TrueType::glyph_of(const CharacterMap& map, std::uint32_t code) {
  const auto table = map.table;
  switch (u16(table, 0)) {
    case 0: return code < 256 && 6 + code < table.size() ? table[6 + code] : 0u;
    case 4: return by_segments(table, code);
    case 6: {
      const auto first = u16(table, 6), count = u16(table, 8);
      return code >= first && code < first + count ? u16(table, 10 + 2 * (code - first)) : 0u;
    }
    case 12: return by_groups(table, code);
    default: return 0;
  }
}

}  // namespace sohoa::pdf
