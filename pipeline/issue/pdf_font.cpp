// A composite font (ISO 32000-1, 9.7) whose codes are UTF-16 units, led to glyphs by a CIDToGIDMap, so that the text
// can be searched and copied with the same character map as a text layer's.

#include "pipeline/issue/pdf_font.hpp"

#include "pipeline/base/file.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::issue {

using pdf::Dictionary;
using pdf::Ref;

double PdfFont::width(std::string_view utf8, double size) const {
  int thousandths = 0;
  for (const char32_t c : text::code_points(utf8)) thousandths += font_.advance(font_.glyph_of(c));
  return thousandths * size / 1000;
}

std::string PdfFont::shown(std::string_view utf8) {
  Bytes codes;
  for (const char32_t c : text::code_points(utf8)) {
    const auto code = codes_.code_of(c < 0x10000 ? c : U'\uFFFD');
    characters_.insert(static_cast<char16_t>(code));
    codes.push_back(static_cast<std::uint8_t>(code >> 8));
    codes.push_back(static_cast<std::uint8_t>(code));
  }
  return pdf::hex_string(codes);
}

Result<void> PdfFont::write(pdf::ObjectSink& writer, Ref ref) const {
  std::set<std::uint16_t> glyphs;
  Bytes map(2 * 65536);
  std::string widths;
  for (const auto character : characters_) {
    const auto glyph = font_.glyph_of(character);
    glyphs.insert(glyph);
    map[2 * std::size_t{character}] = static_cast<std::uint8_t>(glyph >> 8);
    map[2 * std::size_t{character} + 1] = static_cast<std::uint8_t>(glyph);
    widths += std::to_string(character) + '[' + std::to_string(font_.advance(glyph)) + ']';
  }
  // Every CID leads to some glyph, if only to .notdef; PDF/A-1 wants that said of a subset, PDF/A-2 that it be true
  // where it is said (ISO 19005-1, 6.3.5; ISO 19005-2, 6.2.11.4.2).
  const Bytes all_cids(65536 / 8, 0xFF);
  const Ref file = writer.reserve(), cid_map = writer.reserve(), unicode = writer.reserve(), cids = writer.reserve();
  const Bytes program = font_.subset(glyphs);
  SOHOA_DO(
      writer.compressed_stream(file, Dictionary().add("Length1", static_cast<std::int64_t>(program.size())), program));
  SOHOA_DO(writer.compressed_stream(cid_map, {}, map));
  SOHOA_DO(writer.compressed_stream(cids, {}, all_cids));
  SOHOA_DO(writer.compressed_stream(unicode, {}, as_bytes(codes_.to_unicode_cmap())));

  const std::string name = pdf::name("SOHOAS+" + name_);  // a subset's name starts with six letters (9.6.4)
  const Ref descriptor = writer.reserve();
  Dictionary about;
  about.add("Type", "/FontDescriptor").add("FontName", name).add("Flags", 4).add("ItalicAngle", 0);
  about.add("FontBBox", "[-500 " + std::to_string(font_.descent()) + " 1500 " + std::to_string(font_.ascent()) + ']');
  about.add("Ascent", font_.ascent()).add("Descent", font_.descent()).add("CapHeight", font_.ascent());
  SOHOA_DO(writer.object(descriptor, about.add("StemV", 80).add("FontFile2", file).add("CIDSet", cids).text()));

  const Ref descendant = writer.reserve();
  Dictionary cid_font;
  cid_font.add("Type", "/Font").add("Subtype", "/CIDFontType2").add("BaseFont", name);
  cid_font.add("CIDSystemInfo", "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
  cid_font.add("FontDescriptor", descriptor).add("W", '[' + widths + ']').add("CIDToGIDMap", cid_map);
  SOHOA_DO(writer.object(descendant, cid_font.text()));

  Dictionary font;
  font.add("Type", "/Font").add("Subtype", "/Type0").add("BaseFont", name).add("Encoding", "/Identity-H");
  font.add("DescendantFonts", '[' + pdf::to_string(descendant) + ']').add("ToUnicode", unicode);
  return writer.object(ref, font.text());
}

Result<PdfFont> liberation_font(const std::string& name) {
  constexpr std::uint64_t largest = 10'000'000;  // bytes
  auto file = read_file(std::string(SOHOA_FONTS) + '/' + name + ".ttf", largest);
  if (!file) return file.error().within("package fonts-liberation2");
  auto parsed = TrueType::create(*std::move(file));
  if (!parsed) return parsed.error().within(name);
  return PdfFont(*std::move(parsed), name);
}

}  // namespace sohoa::issue
