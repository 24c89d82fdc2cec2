#include "pipeline/pdf/font_rules.hpp"

#include <algorithm>
#include <cmath>

#include "pipeline/pdf/simple_encodings.hpp"
#include "pipeline/pdf/true_type.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t largest_program = 64 * 1024 * 1024;  // bytes
constexpr std::size_t cids = 65536;
constexpr double width_tolerance = 1;  // thousandth of an em (veraPDF's, and what rounding needs)

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// ISO 32000-1, 9.7.5.2, table 118.
bool is_predefined_cmap(std::string_view name) {
  return is_one_of(name, {"GB-EUC-H",
                          "GB-EUC-V",
                          "GBpc-EUC-H",
                          "GBpc-EUC-V",
                          "GBK-EUC-H",
                          "GBK-EUC-V",
                          "GBKp-EUC-H",
                          "GBKp-EUC-V",
                          "GBK2K-H",
                          "GBK2K-V",
                          "UniGB-UCS2-H",
                          "UniGB-UCS2-V",
                          "UniGB-UTF16-H",
                          "UniGB-UTF16-V",
                          "B5pc-H",
                          "B5pc-V",
                          "HKscs-B5-H",
                          "HKscs-B5-V",
                          "ETen-B5-H",
                          "ETen-B5-V",
                          "ETenms-B5-H",
                          "ETenms-B5-V",
                          "CNS-EUC-H",
                          "CNS-EUC-V",
                          "UniCNS-UCS2-H",
                          "UniCNS-UCS2-V",
                          "UniCNS-UTF16-H",
                          "UniCNS-UTF16-V",
                          "83pv-RKSJ-H",
                          "90ms-RKSJ-H",
                          "90ms-RKSJ-V",
                          "90msp-RKSJ-H",
                          "90msp-RKSJ-V",
                          "90pv-RKSJ-H",
                          "Add-RKSJ-H",
                          "Add-RKSJ-V",
                          "EUC-H",
                          "EUC-V",
                          "Ext-RKSJ-H",
                          "Ext-RKSJ-V",
                          "H",
                          "V",
                          "UniJIS-UCS2-H",
                          "UniJIS-UCS2-V",
                          "UniJIS-UCS2-HW-H",
                          "UniJIS-UCS2-HW-V",
                          "UniJIS-UTF16-H",
                          "UniJIS-UTF16-V",
                          "KSC-EUC-H",
                          "KSC-EUC-V",
                          "KSCms-UHC-H",
                          "KSCms-UHC-V",
                          "KSCms-UHC-HW-H",
                          "KSCms-UHC-HW-V",
                          "KSCpc-EUC-H",
                          "UniKS-UCS2-H",
                          "UniKS-UCS2-V",
                          "UniKS-UTF16-H",
                          "UniKS-UTF16-V",
                          "Identity-H",
                          "Identity-V"});
}
bool is_identity(std::string_view name) {
  return name == "Identity-H" || name == "Identity-V";
}

class FontRules {
 public:
  FontRules(Judge& judge, const Object& font, const FontUse& use)
      : judge_(judge), view_(judge.view()), font_(font), use_(use), where_(judge.place_of(font, use.where)) {}

  void check() {
    const auto& kind = get(font_, "Subtype").text;
    check_dictionary(font_);
    if (kind == "Type0") return check_composite();
    if (kind == "Type3") return check_widths_array();
    const bool standard = is_standard() && !has_program(get(font_, "FontDescriptor"));
    if (!standard) check_widths_array();
    check_program(get(font_, "FontDescriptor"));
    if (kind == "TrueType") check_simple_true_type();
  }

 private:
  const Object& get(const Object& dictionary, std::string_view key) const { return view_.get(dictionary, key); }
  void expect(bool holds, std::string_view clause, int rule, std::string_view what) {
    judge_.expect(holds, clause, rule, what, where_);
  }

  void check_dictionary(const Object& font) {
    const auto& kind = get(font, "Subtype").text;
    expect(get(font, "Type").is_name("Font"), "6.2.11.2", 1, "a font whose Type is not Font");
    const bool known =
        is_one_of(kind, {"Type1", "MMType1", "TrueType", "Type3", "Type0", "CIDFontType0", "CIDFontType2"});
    expect(known, "6.2.11.2", 2, "a font of an unknown Subtype");
    expect(kind == "Type3" || get(font, "BaseFont").is_name(), "6.2.11.2", 3, "a font without BaseFont");
  }

  bool is_standard() const {
    return is_one_of(get(font_, "BaseFont").text,
                     {"Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique", "Helvetica",
                      "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique", "Times-Roman", "Times-Bold",
                      "Times-Italic", "Times-BoldItalic", "Symbol", "ZapfDingbats"});
  }

  void check_widths_array() {
    const Object& first = get(font_, "FirstChar");
    const Object& last = get(font_, "LastChar");
    expect(first.is_integer(), "6.2.11.2", 4, "a font without FirstChar");
    expect(last.is_integer(), "6.2.11.2", 5, "a font without LastChar");
    const auto count = static_cast<std::int64_t>(get(font_, "Widths").elements().size());
    expect(get(font_, "Widths").is_array() && count == last.integer - first.integer + 1, "6.2.11.2", 6,
           "a font whose Widths are not as many as its characters");
  }

  bool has_program(const Object& descriptor) const { return program_of(descriptor).is_stream(); }
  const Object& program_of(const Object& descriptor) const {
    for (const char* key : {"FontFile2", "FontFile3", "FontFile"}) {
      const Object& program = get(descriptor, key);
      if (program.is_stream()) return program;
    }
    return null_object;
  }

  void check_program(const Object& descriptor) {
    const Object& program = program_of(descriptor);
    expect(program.is_stream() || !use_.is_rendered, "6.2.11.4.1", 1, "a font program that is not embedded");
    const Object& kind = get(program, "Subtype");
    const bool known = kind.is_null() || is_one_of(kind.text, {"Type1C", "CIDFontType0C", "OpenType"});
    expect(known, "6.2.11.2", 7, "a font program of an unknown Subtype");
  }

  /// The program as TrueType, if it is embedded as such; a font of which nothing is rendered may have a damaged one.
  std::optional<TrueType> true_type(const Object& descriptor) {
    const Object& program = get(descriptor, "FontFile2");
    if (!program.is_stream()) return std::nullopt;
    auto bytes = view_.unpacked(program, largest_program);
    if (bytes) program_ = *std::move(bytes);
    auto opened = TrueType::open(program_);
    if (opened) return *std::move(opened);
    expect(false, "6.2.11.4.1", 0, "a font program that cannot be read");
    return std::nullopt;
  }

  void check_glyph(const TrueType& program, std::size_t code, std::uint32_t glyph, double stated_width) {
    const bool rendered = use_.rendered->test(code);
    if (glyph == 0) expect(false, "6.2.11.8", 1, "text that shows .notdef");
    if (!rendered) return;
    const auto width = program.width(glyph);
    expect(width.has_value() && glyph != 0, "6.2.11.4.1", 2, "text with a character that its font does not have");
    if (width && glyph != 0) {
      expect(std::abs(*width - stated_width) <= width_tolerance, "6.2.11.5", 1,
             "a width that is another one in the font program");
    }
  }

  // Composite fonts.

  void check_composite() {
    const auto descendants = get(font_, "DescendantFonts").elements();
    const Object& descendant = descendants.empty() ? null_object : view_.resolved(descendants[0]);
    expect(descendant.has_keys(), "6.2.11.2", 0, "a composite font without a descendant");
    if (!descendant.has_keys()) return;
    check_dictionary(descendant);
    const Object& descriptor = get(descendant, "FontDescriptor");
    check_program(descriptor);
    const Object& encoding = get(font_, "Encoding");
    check_cmap(encoding, descendant);
    const Object& map = get(descendant, "CIDToGIDMap");
    const bool is_type_2 = get(descendant, "Subtype").is_name("CIDFontType2");
    const bool has_map = map.is_stream() || map.is_name("Identity");
    expect(!is_type_2 || has_map || !has_program(descriptor), "6.2.11.3.2", 1,
           "an embedded CIDFont without CIDToGIDMap");
    check_cid_set(descriptor);
    if (is_type_2 && has_map && encoding.is_name() && is_identity(encoding.text))
      check_cid_glyphs(descendant, descriptor);
  }

  void check_cmap(const Object& encoding, const Object& descendant) {
    if (encoding.is_name()) {
      expect(is_predefined_cmap(encoding.text), "6.2.11.3.3", 1, "a CMap that is neither predefined nor embedded");
    }
    if (!encoding.is_stream()) return;
    const auto bytes = view_.unpacked(encoding, largest_program);
    if (!bytes) return expect(false, "6.2.11.3.3", 1, "a CMap that cannot be unpacked");
    check_cmap_program(*bytes, encoding);
    const Object& own = get(encoding, "CIDSystemInfo");
    const Object& its = get(descendant, "CIDSystemInfo");
    const bool same = get(own, "Registry").text == get(its, "Registry").text &&
                      get(own, "Ordering").text == get(its, "Ordering").text &&
                      get(its, "Supplement").integer <= get(own, "Supplement").integer;
    const auto& name = get(encoding, "CMapName").text;
    expect(same || is_identity(name), "6.2.11.3.1", 1, "a CMap and a CIDFont of different character collections");
    const Object& used = get(encoding, "UseCMap");
    expect(!used.is_name() || is_predefined_cmap(used.text), "6.2.11.3.3", 3,
           "a CMap that uses one that is not predefined");
    expect(!used.is_stream(), "6.2.11.3.3", 3, "a CMap that uses one that is not predefined");
  }

  void check_cmap_program(ByteView program, const Object& stream) {
    Lexer lexer(program);
    std::int64_t mode = 0, largest = 0;
    std::string last_name, key;
    bool in_cids = false;
    for (;;) {
      const Token& token = lexer.next();
      if (token.is(Token::Kind::end)) break;
      if (token.is(Token::Kind::integer)) {
        if (key == "WMode") mode = token.integer;
        if (in_cids) largest = std::max(largest, token.integer);
        key.clear();
      } else if (token.is(Token::Kind::name)) {
        last_name = key = token.text;
      } else if (token.is(Token::Kind::keyword)) {
        in_cids = token.text == "begincidrange" || token.text == "begincidchar" ||
                  (in_cids && token.text != "endcidrange" && token.text != "endcidchar");
        if (token.text == "usecmap") {
          expect(is_predefined_cmap(last_name), "6.2.11.3.3", 3, "a CMap that uses one that is not predefined");
        }
      }
    }
    expect(get(stream, "WMode").integer == mode, "6.2.11.3.3", 2, "a CMap whose WMode is another one in its program");
    expect(largest < static_cast<std::int64_t>(cids), "6.1.13", 10, "a CMap with a CID above 65,535");
  }

  void check_cid_set(const Object& descriptor) {
    const Object& set = get(descriptor, "CIDSet");
    if (!set.is_stream() || !has_program(descriptor)) return;
    const auto bits = view_.unpacked(set, cids / 8);
    bool has_all = bits.has_value();
    for (std::size_t cid = 0; has_all && cid < cids; ++cid) {
      if (use_.shown->test(cid)) has_all = cid / 8 < bits->size() && ((*bits)[cid / 8] >> (7 - cid % 8) & 1) != 0;
    }
    expect(has_all, "6.2.11.4.2", 2, "a CIDSet that leaves out characters of the font");
  }

  void check_cid_glyphs(const Object& descendant, const Object& descriptor) {
    const auto program = true_type(descriptor);
    if (!program) return;
    const Object& map = get(descendant, "CIDToGIDMap");
    Bytes glyphs;
    if (map.is_stream()) {
      auto unpacked = view_.unpacked(map, 2 * cids);
      if (!unpacked) return expect(false, "6.2.11.3.2", 0, "a CIDToGIDMap that cannot be unpacked");
      glyphs = *std::move(unpacked);
    }
    expect(!use_.has_half_code, "6.2.11.4.1", 2, "text with half a character code");
    const auto widths = cid_widths(descendant);
    for (std::size_t cid = 0; cid < cids; ++cid) {
      if (!use_.shown->test(cid)) continue;
      std::uint32_t glyph = static_cast<std::uint32_t>(cid);
      if (map.is_stream()) glyph = 2 * cid + 1 < glyphs.size() ? glyphs[2 * cid] << 8u | glyphs[2 * cid + 1] : 0u;
      check_glyph(*program, cid, glyph, widths[cid]);
    }
  }

  /// DW and W (ISO 32000-1, 9.7.4.3): c [w w ...] or c c w.
  std::vector<double> cid_widths(const Object& descendant) const {
    const Object& standard = get(descendant, "DW");
    std::vector<double> widths(cids, standard.is_number() ? standard.real : 1000);
    const auto w = get(descendant, "W").elements();
    for (std::size_t i = 0; i + 1 < w.size();) {
      const Object& first = view_.resolved(w[i]);
      const Object& second = view_.resolved(w[i + 1]);
      auto cid = static_cast<std::size_t>(std::clamp<std::int64_t>(first.integer, 0, cids));
      if (second.is_array()) {
        for (const auto& width : second.elements()) {
          if (cid < cids) widths[cid++] = view_.resolved(width).real;
        }
        i += 2;
        continue;
      }
      if (i + 2 >= w.size()) break;
      const auto last = static_cast<std::size_t>(std::clamp<std::int64_t>(second.integer, 0, cids - 1));
      for (; cid <= last; ++cid) widths[cid] = view_.resolved(w[i + 2]).real;
      i += 3;
    }
    return widths;
  }

  // Simple fonts.

  void check_simple_true_type() {
    constexpr std::int64_t symbolic_flag = 4;
    const Object& descriptor = get(font_, "FontDescriptor");
    const bool symbolic = (get(descriptor, "Flags").integer & symbolic_flag) != 0;
    const Object& encoding = get(font_, "Encoding");
    const Object& base = encoding.has_keys() ? get(encoding, "BaseEncoding") : encoding;
    if (symbolic) {
      expect(encoding.is_null(), "6.2.11.6", 3, "a symbolic TrueType font with an Encoding");
    } else {
      expect(base.is_name("MacRomanEncoding") || base.is_name("WinAnsiEncoding"), "6.2.11.6", 2,
             "a TrueType font that is not symbolic and has neither of the two encodings");
    }
    const auto program = true_type(descriptor);
    if (!program || !use_.is_rendered) return;
    const auto& maps = program->character_maps();
    const bool has_symbol_map = program->character_map(3, 0) != nullptr;
    if (symbolic) {
      expect(maps.size() == 1 || has_symbol_map, "6.2.11.6", 4, "a symbolic TrueType font with several character maps");
    } else {
      expect(maps.size() > (has_symbol_map ? 1u : 0u), "6.2.11.6", 1,
             "a TrueType font without a character map of letters");
      const bool differs = encoding.has("Differences");
      expect(!differs || program->character_map(3, 1) != nullptr, "6.2.11.6", 2,
             "a TrueType font with Differences and without a map of Unicode");
      if (differs) return;
    }
    const auto first = get(font_, "FirstChar").integer;
    const auto widths = get(font_, "Widths").elements();
    for (std::uint32_t code = 0; code < 256; ++code) {
      if (!use_.shown->test(code)) continue;
      const auto index = static_cast<std::int64_t>(code) - first;
      const bool has_width = index >= 0 && index < static_cast<std::int64_t>(widths.size());
      const double width = has_width ? view_.resolved(widths[static_cast<std::size_t>(index)]).real
                                     : get(descriptor, "MissingWidth").real;
      const auto glyph = symbolic ? symbolic_glyph(*program, code) : letter_glyph(*program, code, base.text);
      if (glyph) check_glyph(*program, code, *glyph, width);
    }
  }

  static std::optional<std::uint32_t> symbolic_glyph(const TrueType& program, std::uint32_t code) {
    if (const auto* map = program.character_map(3, 0)) {
      for (const std::uint32_t high : {0xF000u, 0u, 0xF100u, 0xF200u}) {
        if (const auto glyph = TrueType::glyph_of(*map, high + code); glyph != 0) return glyph;
      }
      return 0;
    }
    if (program.character_maps().empty()) return std::nullopt;
    return TrueType::glyph_of(program.character_maps().front(), code);
  }

  static std::optional<std::uint32_t> letter_glyph(const TrueType& program, std::uint32_t code,
                                                   std::string_view encoding) {
    const bool mac = encoding == "MacRomanEncoding";
    if (const auto* map = program.character_map(3, 1)) {
      const auto character =
          mac ? mac_roman(static_cast<std::uint8_t>(code)) : win_ansi(static_cast<std::uint8_t>(code));
      return TrueType::glyph_of(*map, character);
    }
    const auto* map = program.character_map(1, 0);
    if (map == nullptr || !(mac || code < 128)) return std::nullopt;
    return TrueType::glyph_of(*map, code);
  }

  Judge& judge_;
  const View& view_;
  const Object& font_;
  const FontUse& use_;
  const std::string where_;
  Bytes program_;
};

}  // namespace

void check_fonts(Judge& judge, const FontUses& fonts) {
  for (const auto& [font, use] : fonts) {
    if (use.shown->any()) FontRules(judge, *font, use).check();
  }
}

}  // namespace sohoa::pdf
