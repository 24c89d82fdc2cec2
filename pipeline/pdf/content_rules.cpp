// A content stream is walked token by token with as much of the graphics state as the rules ask for: font and rendering
// mode, colour spaces, overprint, depth of nesting. What resources name is judged once, whoever names it; forms,
// patterns and glyph procedures are content streams themselves.

#include "pipeline/pdf/content_rules.hpp"

#include <algorithm>
#include <array>

#include "pipeline/pdf/colour_rules.hpp"
#include "pipeline/pdf/image_rules.hpp"
#include "pipeline/pdf/syntax_rules.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t largest_content = 256 * 1024 * 1024;  // bytes of one stream, unpacked
constexpr std::size_t deepest_nesting = 28;                 // of q (ISO 19005-2, 6.1.13)
constexpr int deepest_form = 16;                            // forms within forms
constexpr std::int64_t invisible_mode = 3;

constexpr std::uint32_t op(std::string_view word) {
  std::uint32_t key = 0;
  for (const char c : word) key = key << 8 | static_cast<unsigned char>(c);
  return key;
}

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

struct State {
  const Object* font = nullptr;
  std::int64_t mode = 0;
  const Object* fill = nullptr;  ///< colour space; nullptr: none was set, null_object: a device space
  const Object* stroke = nullptr;
  bool fill_overprint = false, stroke_overprint = false;
  std::int64_t overprint_mode = 0;
};

class Content {
 public:
  /// `depth`: how many content streams it lies in.
  Content(Judge& judge, FontUses& fonts, std::string where, int depth)
      : judge_(judge), fonts_(fonts), where_(std::move(where)), depth_(depth) {}

  void page(const Page& page) {
    judge_.has_transparency = false;
    const Object& own = judge_.get(*page.dictionary, "Resources");
    const Object& resources = inherited(judge_.view(), page, "Resources");
    const Object& group = judge_.get(*page.dictionary, "Group");
    check_group(group, resources);
    check_resources(resources);
    const auto bytes = contents_of(page);
    // A page whose resources stand further up has none that are its own (6.2.2).
    run(bytes, resources, own.is_null() && !resources.is_null(), State());
    for (const auto& annotation : annotations_of(judge_.view(), page)) appearance(*annotation.dictionary);
    if (judge_.has_transparency && judge_.output_space.empty()) {
      judge_.expect(group.has("CS"), "6.2.10", 2, "transparency without an output intent or a blending space", where_);
    }
  }

 private:
  Bytes contents_of(const Page& page) {
    Bytes all;
    const auto add = [&](const Object& stream) {
      auto bytes = judge_.view().unpacked(stream, largest_content);
      if (!bytes) return judge_.breach("6.2.2", 0, "a content stream that cannot be unpacked", where_);
      if (all.empty()) {
        all = *std::move(bytes);
      } else {
        all.push_back('\n');
        all.insert(all.end(), bytes->begin(), bytes->end());
      }
    };
    const Object& contents = judge_.get(*page.dictionary, "Contents");
    if (contents.is_stream()) add(contents);
    for (const auto& part : contents.elements()) add(judge_.view().resolved(part));
    return all;
  }

  // Resources.

  void check_resources(const Object& resources) {
    if (!judge_.first_time(resources, Judge::Purpose::procedure)) return;
    each_entry(judge_.get(resources, "ExtGState"),
               [&](const std::string&, const Object& state) { check_state(judge_.view().resolved(state)); });
    each_entry(judge_.get(resources, "XObject"),
               [&](const std::string&, const Object& xobject) { check_kind(judge_.view().resolved(xobject)); });
  }

  void check_group(const Object& group, const Object& resources) {
    if (!judge_.get(group, "S").is_name("Transparency")) return;
    judge_.has_transparency = true;
    if (judge_.first_time(group, Judge::Purpose::group) && group.has("CS")) {
      check_colour_space(judge_, group.at("CS"), resources, where_);
    }
  }

  void check_state(const Object& state) {
    const auto where = judge_.place_of(state, where_);
    if (!judge_.first_time(state, Judge::Purpose::state)) return;
    judge_.expect(!state.has("TR"), "6.2.5", 1, "a graphics state with TR", where);
    const Object& transfer = judge_.get(state, "TR2");
    judge_.expect(transfer.is_null() || transfer.is_name("Default"), "6.2.5", 2, "a graphics state with TR2", where);
    judge_.expect(!state.has("HTP"), "6.2.5", 3, "a graphics state with HTP", where);
    check_halftone(judge_.get(state, "HT"), "", where);
    check_blend_mode(judge_.get(state, "BM"), where);
    check_intent(judge_.get(state, "RI"), where);
    const Object& mask = judge_.get(state, "SMask");
    if (mask.has_keys()) check_xobject(judge_.get(mask, "G"), null_object, State());
  }

  void note_transparency(const Object& state) {
    const auto alpha = [&](const char* key) {
      const Object& value = judge_.get(state, key);
      return value.is_number() && value.real < 1;
    };
    const Object& mode = judge_.get(state, "BM");
    const bool blends = !mode.is_null() && !mode.is_name("Normal") && !mode.is_name("Compatible");
    if (alpha("CA") || alpha("ca") || blends || judge_.get(state, "SMask").has_keys()) judge_.has_transparency = true;
  }

  void check_blend_mode(const Object& mode, const std::string& where) {
    const auto known = [](const Object& name) {
      return is_one_of(name.text, {"Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten",
                                   "ColorDodge", "ColorBurn", "HardLight", "SoftLight", "Difference", "Exclusion",
                                   "Hue", "Saturation", "Color", "Luminosity"});
    };
    bool all_known = mode.is_null() || mode.is_array() || known(mode);
    for (const auto& item : mode.elements()) all_known &= known(judge_.view().resolved(item));
    judge_.expect(all_known, "6.2.10", 1, "an unknown blend mode", where);
  }

  void check_halftone(const Object& halftone, std::string_view colourant, const std::string& where) {
    if (!halftone.has_keys()) return;
    const Object& type = judge_.get(halftone, "HalftoneType");
    const bool allowed = type.is_integer() && (type.integer == 1 || type.integer == 5);
    judge_.expect(allowed, "6.2.5", 4, "a halftone that is not of type 1 or 5", where);
    judge_.expect(!halftone.has("HalftoneName"), "6.2.5", 5, "a halftone with a name", where);
    const bool is_primary = is_one_of(colourant, {"", "Cyan", "Magenta", "Yellow", "Black"});
    if (colourant != "Default" && allowed && type.integer == 1) {
      judge_.expect(halftone.has("TransferFunction") != is_primary, "6.2.5", 6, "a halftone's TransferFunction", where);
    }
    if (!colourant.empty() || !allowed || type.integer != 5) return;
    each_entry(halftone, [&](const std::string& key, const Object& part) {
      check_halftone(judge_.view().resolved(part), key.empty() ? "?" : key, where);
    });
  }

  void check_intent(const Object& intent, const std::string& where) {
    if (!intent.is_name()) return;
    const bool known =
        is_one_of(intent.text, {"RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation"});
    judge_.expect(known, "6.2.6", 1, "the rendering intent " + intent.text, where);
  }

  void check_pattern(const Object& pattern, const Object& resources) {
    if (!pattern.has_keys() || !judge_.first_time(pattern, Judge::Purpose::pattern)) return;
    const Object& shading = judge_.get(pattern, "Shading");
    if (shading.has_keys()) check_colour_space(judge_, shading.at("ColorSpace"), resources, where_);
    check_state(judge_.get(pattern, "ExtGState"));
    note_transparency(judge_.get(pattern, "ExtGState"));
    if (pattern.is_stream()) run_stream(pattern, resources, State());
  }

  /// What may not even stand among the resources.
  void check_kind(const Object& xobject) {
    if (!xobject.has_keys() || !judge_.first_time(xobject, Judge::Purpose::kind)) return;
    const Object& kind = judge_.get(xobject, "Subtype");
    const auto where = judge_.place_of(xobject, where_);
    judge_.expect(!kind.is_name("PS"), "6.2.9", 3, "a PostScript XObject", where);
    if (!kind.is_name("Form")) return;
    judge_.expect(!judge_.get(xobject, "Subtype2").is_name("PS") && !xobject.has("PS") && !xobject.has("OPI"), "6.2.9",
                  1, "a form XObject with OPI or PostScript", where);
    judge_.expect(!xobject.has("Ref"), "6.2.9", 2, "a reference XObject", where);
  }

  /// An XObject that is shown.
  void check_xobject(const Object& xobject, const Object& resources, const State& state) {
    if (!xobject.has_keys()) return;
    const Object& kind = judge_.get(xobject, "Subtype");
    const auto where = judge_.place_of(xobject, where_);
    if (kind.is_name("Image") && xobject.has("SMask")) judge_.has_transparency = true;
    if (kind.is_name("Image") && judge_.get(xobject, "ImageMask").boolean) painted(true, false);
    if (kind.is_name("Form")) check_group(judge_.get(xobject, "Group"), resources);
    check_kind(xobject);
    if (!judge_.first_time(xobject, Judge::Purpose::xobject)) return;
    if (kind.is_name("Form")) return run_stream(xobject, resources, state);
    if (!kind.is_name("Image")) return;
    check_image(judge_, xobject, resources, where);
    check_intent(judge_.get(xobject, "Intent"), where);
    const Object& mask = judge_.get(xobject, "SMask");
    if (mask.is_stream()) check_image(judge_, mask, resources, judge_.place_of(mask, where));
  }

  void appearance(const Object& annotation) {
    const Object& normal = judge_.get(judge_.get(annotation, "AP"), "N");
    if (normal.is_stream()) return check_xobject(normal, null_object, State());
    each_entry(normal, [&](const std::string&, const Object& look) {
      check_xobject(judge_.view().resolved(look), null_object, State());
    });
  }

  /// A form, pattern or glyph procedure, with its own resources if it has any, else with those around it.
  void run_stream(const Object& stream, const Object& around, const State& state) {
    if (depth_ >= deepest_form) return;
    const auto bytes = judge_.view().unpacked(stream, largest_content);
    const auto where = judge_.place_of(stream, where_);
    if (!bytes) return judge_.breach("6.2.2", 0, "a content stream that cannot be unpacked", where);
    const Object& own = judge_.get(stream, "Resources");
    Content inner(judge_, fonts_, where, depth_ + 1);
    if (own.has_keys()) inner.check_resources(own);
    inner.run(*bytes, own.has_keys() ? own : around, !own.has_keys(), state);
  }

  // Operators.

  void run(ByteView bytes, const Object& resources, bool borrowed, const State& state) {
    resources_ = &resources;
    borrowed_ = borrowed;
    state_ = state;
    Lexer lexer(bytes);
    for (;;) {
      const Token& token = lexer.next();
      switch (token.kind) {
        case Token::Kind::end: return;
        case Token::Kind::integer:
        case Token::Kind::real:
          number_ = token.integer;
          check_token(judge_, token, where_);
          break;
        case Token::Kind::name:
          name_ = token.text;
          check_token(judge_, token, where_);
          break;
        case Token::Kind::string:
        case Token::Kind::hex_string:
          strings_ += token.text;
          odd_string_ |= token.text.size() % 2 != 0;
          check_token(judge_, token, where_);
          break;
        case Token::Kind::keyword:
          if (token.text == "BI") {
            inline_image(lexer);
          } else if (!is_one_of(token.text, {"true", "false", "null"})) {
            operate(token.text);
          } else {
            break;
          }
          strings_.clear();
          odd_string_ = false;
          name_.clear();
          break;
        case Token::Kind::malformed: judge_.breach("6.2.2", 1, "something that is no operator", where_); break;
        default: break;
      }
    }
  }

  const Object& resource(const char* category) {
    const Object& found = judge_.get(judge_.get(*resources_, category), name_);
    if (found.is_null()) {
      judge_.breach("6.2.2", 2, "the resource " + name_ + " is not among the resources", where_);
    } else if (borrowed_) {
      judge_.breach("6.2.2", 2, "a content stream that uses resources without having any of its own", where_);
    }
    return found;
  }

  void operate(const std::string& word) {
    switch (word.size() > 3 ? 0 : op(word)) {
      case op("q"):
        stack_.push_back(state_);
        if (stack_.size() > deepest_nesting) judge_.breach("6.1.13", 8, "q nested more than 28 times", where_);
        break;
      case op("Q"):
        if (stack_.empty()) break;
        state_ = stack_.back();
        stack_.pop_back();
        break;
      case op("Tf"): set_font(); break;
      case op("Tr"): state_.mode = number_; break;
      case op("Tj"):
      case op("TJ"):
      case op("'"):
      case op("\""): show(); break;
      case op("gs"): set_state(); break;
      case op("ri"): check_named_intent(); break;
      case op("Do"): check_xobject(resource("XObject"), *resources_, state_); break;
      case op("g"): set_device("DeviceGray", state_.fill); break;
      case op("G"): set_device("DeviceGray", state_.stroke); break;
      case op("rg"): set_device("DeviceRGB", state_.fill); break;
      case op("RG"): set_device("DeviceRGB", state_.stroke); break;
      case op("k"): set_device("DeviceCMYK", state_.fill); break;
      case op("K"): set_device("DeviceCMYK", state_.stroke); break;
      case op("cs"): state_.fill = &space(); break;
      case op("CS"): state_.stroke = &space(); break;
      case op("sh"):
        check_colour_space(judge_, judge_.get(resource("Shading"), "ColorSpace"), *resources_, where_);
        break;
      case op("scn"):
      case op("SCN"):
        if (!name_.empty()) check_pattern(resource("Pattern"), *resources_);
        break;
      case op("f"):
      case op("F"):
      case op("f*"): painted(true, false); break;
      case op("S"):
      case op("s"): painted(false, true); break;
      case op("B"):
      case op("B*"):
      case op("b"):
      case op("b*"): painted(true, true); break;
      case op("BDC"):
      case op("BMC"):
      case op("BT"):
      case op("BX"):
      case op("c"):
      case op("cm"):
      case op("d"):
      case op("d0"):
      case op("d1"):
      case op("DP"):
      case op("EMC"):
      case op("ET"):
      case op("EX"):
      case op("h"):
      case op("i"):
      case op("j"):
      case op("J"):
      case op("l"):
      case op("m"):
      case op("M"):
      case op("MP"):
      case op("n"):
      case op("re"):
      case op("SC"):
      case op("sc"):
      case op("T*"):
      case op("Tc"):
      case op("Td"):
      case op("TD"):
      case op("TL"):
      case op("Tm"):
      case op("Ts"):
      case op("Tw"):
      case op("Tz"):
      case op("v"):
      case op("w"):
      case op("W"):
      case op("W*"):
      case op("y"): break;
      default: judge_.breach("6.2.2", 1, "the operator " + word.substr(0, 40), where_);
    }
  }

  void set_font() {
    const Object& font = resource("Font");
    state_.font = font.has_keys() ? &font : nullptr;
    if (judge_.get(font, "Subtype").is_name("Type3") && judge_.first_time(font, Judge::Purpose::font)) {
      const Object& own = judge_.get(font, "Resources");
      each_entry(judge_.get(font, "CharProcs"), [&](const std::string&, const Object& given) {
        const Object& procedure = judge_.view().resolved(given);
        const auto bytes = judge_.view().unpacked(procedure, largest_content);
        if (!bytes || depth_ >= deepest_form) return;
        Content inner(judge_, fonts_, judge_.place_of(procedure, where_), depth_ + 1);
        if (own.has_keys()) inner.check_resources(own);
        inner.run(*bytes, own.has_keys() ? own : *resources_, false, State());
      });
    }
  }

  void show() {
    if (state_.font == nullptr) return;
    auto& use = fonts_[state_.font];
    if (use.where.empty()) use.where = where_;
    const bool rendered = state_.mode != invisible_mode;
    use.is_rendered |= rendered && !strings_.empty();
    use.has_half_code |= rendered && odd_string_;
    const bool is_wide = judge_.get(*state_.font, "Subtype").is_name("Type0");
    const auto note = [&](std::size_t code) {
      use.shown->set(code);
      if (rendered) use.rendered->set(code);
    };
    for (std::size_t i = 0; i + (is_wide ? 1 : 0) < strings_.size(); i += is_wide ? 2 : 1) {
      const auto first = static_cast<unsigned char>(strings_[i]);
      note(is_wide ? first * 256u + static_cast<unsigned char>(strings_[i + 1]) : first);
    }
    if (rendered) painted(state_.mode != 1 && state_.mode != 5, state_.mode == 1 || state_.mode == 2);
  }

  void set_state() {
    const Object& state = resource("ExtGState");
    check_state(state);
    note_transparency(state);
    const auto flag = [&](const char* key, bool& value) {
      if (judge_.get(state, key).is(Object::Kind::boolean)) value = judge_.get(state, key).boolean;
    };
    flag("OP", state_.stroke_overprint);
    if (state.has("op")) {
      flag("op", state_.fill_overprint);
    } else {
      flag("OP", state_.fill_overprint);  // it stands for both (ISO 32000-1, 8.4.5)
    }
    if (judge_.get(state, "OPM").is_integer()) state_.overprint_mode = judge_.get(state, "OPM").integer;
    const auto font = judge_.get(state, "Font").elements();
    if (!font.empty()) state_.font = &judge_.view().resolved(font[0]);
  }

  void check_named_intent() {
    Object intent;
    intent.kind = Object::Kind::name;
    intent.text = name_;
    check_intent(intent, where_);
  }

  void set_device(std::string_view name, const Object*& space) {
    check_device_space(judge_, name, *resources_, where_);
    space = &null_object;
  }

  const Object& space() {
    if (is_one_of(name_, {"DeviceGray", "DeviceRGB", "DeviceCMYK"})) {
      check_device_space(judge_, name_, *resources_, where_);
      return null_object;
    }
    if (name_ == "Pattern") return null_object;
    const Object& space = resource("ColorSpace");
    check_colour_space(judge_, space, *resources_, where_);
    return space;
  }

  /// Something is filled or stroked with the colours as they are now; at first that is DeviceGray.
  void painted(bool fills, bool strokes) {
    if ((fills && state_.fill == nullptr) || (strokes && state_.stroke == nullptr)) {
      check_device_space(judge_, "DeviceGray", *resources_, where_);
    }
    if (state_.overprint_mode != 1) return;
    const auto is_cmyk = [&](const Object* space) { return space != nullptr && is_icc_cmyk(judge_, *space); };
    const bool fill = fills && state_.fill_overprint && is_cmyk(state_.fill);
    const bool stroke = strokes && state_.stroke_overprint && is_cmyk(state_.stroke);
    judge_.expect(!fill && !stroke, "6.2.4.2", 2, "overprint mode 1 with a CMYK profile", where_);
  }

  // Images within the stream.

  void inline_image(Lexer& lexer) {
    Object image;
    image.kind = Object::Kind::dictionary;
    for (;;) {
      const Token key = lexer.next();
      if (key.is_keyword("ID") || key.is(Token::Kind::end)) break;
      if (!key.is(Token::Kind::name)) continue;
      Parser parser(lexer.bytes(), lexer.at());
      auto value = parser.object();
      if (!value) continue;
      Object name;
      name.kind = Object::Kind::name;
      name.text = key.text;
      image.items.push_back(std::move(name));
      image.items.push_back(*std::move(value));
      lexer.seek(parser.lexer().at());
    }
    lexer.seek(end_of_data(lexer.bytes(), lexer.at()));
    check_inline_image(image);
  }

  /// Behind the EI that white space surrounds and that is followed by what looks like operators.
  static std::uint64_t end_of_data(ByteView bytes, std::uint64_t at) {
    constexpr std::size_t looked_at = 16;  // bytes behind EI that must be text
    for (auto i = at + 1; i + 1 < bytes.size(); ++i) {
      if (bytes[i] != 'E' || bytes[i + 1] != 'I' || !is_white(bytes[i - 1])) continue;
      const auto behind = bytes.subspan(i + 2, std::min(looked_at, bytes.size() - i - 2));
      if (!behind.empty() && !is_white(behind[0])) continue;
      const bool is_text =
          std::all_of(behind.begin(), behind.end(), [](auto c) { return (c >= 0x20 && c < 0x7F) || is_white(c); });
      if (is_text) return i + 2;
    }
    return bytes.size();
  }

  void check_inline_image(const Object& image) {
    const auto entry = [&](const char* short_name, const char* name) -> const Object& {
      return image.has(short_name) ? image.at(short_name) : image.at(name);
    };
    const auto check_filter = [&](const Object& filter) {
      const bool allowed =
          is_one_of(filter.text, {"ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "FlateDecode", "Fl",
                                  "RunLengthDecode", "RL", "CCITTFaxDecode", "CCF", "DCTDecode", "DCT"});
      judge_.expect(allowed, "6.1.10", 1, "an inline image with the filter " + filter.text, where_);
    };
    const Object& filters = entry("F", "Filter");
    if (filters.is_name()) check_filter(filters);
    for (const auto& filter : filters.elements()) check_filter(filter);
    judge_.expect(!entry("I", "Interpolate").boolean, "6.2.8", 3, "an inline image that is interpolated", where_);
    check_intent(entry("Intent", "Intent"), where_);
    check_bits(judge_, entry("BPC", "BitsPerComponent"), entry("IM", "ImageMask").boolean, where_);
    const Object& space = entry("CS", "ColorSpace");
    const bool is_device = is_one_of(space.text, {"G", "RGB", "CMYK", "DeviceGray", "DeviceRGB", "DeviceCMYK"});
    if (space.is_name() && !is_device) {
      name_ = space.text;
      check_colour_space(judge_, resource("ColorSpace"), *resources_, where_);
    } else {
      check_colour_space(judge_, space, *resources_, where_);
    }
  }

  Judge& judge_;
  FontUses& fonts_;
  const std::string where_;
  const int depth_;
  const Object* resources_ = &null_object;
  bool borrowed_ = false;
  State state_;
  std::vector<State> stack_;
  std::int64_t number_ = 0;  ///< the last of the operands
  std::string name_;         ///< likewise
  std::string strings_;      ///< all of them, one behind the other
  bool odd_string_ = false;  ///< one of them has an odd number of bytes
};

}  // namespace

void check_page_content(Judge& judge, const Page& page, FontUses& fonts, const std::string& where) {
  Content(judge, fonts, where, 0).page(page);
}

}  // namespace sohoa::pdf
