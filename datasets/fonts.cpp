#include "datasets/fonts.hpp"

#include <array>

#include "datasets/cairo_handles.hpp"

namespace sohoa::datasets {
namespace {

// Metrics are taken at this size and scaled: FreeType keeps 1/64 of a unit, which is coarse at 13 points.
constexpr double measured_size = 1000;

CairoFontFace face_of(const std::string& family, Face face) {
  const bool italic = face == Face::italic || face == Face::bold_italic;
  const bool bold = face == Face::bold || face == Face::bold_italic || face == Face::mono;
  // Machine-readable zones are printed in OCR-B, whose zero has neither a dot nor a stroke: FreeMono's bold has none.
  const std::string name = face == Face::mono ? "FreeMono" : family;
  return CairoFontFace(cairo_toy_font_face_create(name.c_str(),
                                                  italic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
                                                  bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL));
}

CairoFontOptions unhinted() {
  CairoFontOptions options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  return options;
}

CairoScaledFont measuring_font(const std::string& family, Face face) {
  cairo_matrix_t size;
  cairo_matrix_init_scale(&size, measured_size, measured_size);
  cairo_matrix_t identity;
  cairo_matrix_init_identity(&identity);
  return CairoScaledFont(cairo_scaled_font_create(face_of(family, face).get(), &size, &identity, unhinted().get()));
}

}  // namespace

void select_font(cairo_t* context, const std::string& family, const TextStyle& style) {
  cairo_set_font_face(context, face_of(family, style.face).get());
  cairo_set_font_size(context, style.size);
  cairo_set_font_options(context, unhinted().get());
}

struct FontBook::State {
  std::string family;
  std::array<CairoScaledFont, 5> faces;
};

FontBook::FontBook(const std::string& family) : state_(std::make_unique<State>()) {
  state_->family = family;
  for (std::size_t i = 0; i < state_->faces.size(); ++i)
    state_->faces[i] = measuring_font(family, static_cast<Face>(i));
}
FontBook::~FontBook() = default;
FontBook::FontBook(FontBook&&) noexcept = default;

const std::string& FontBook::family() const {
  return state_->family;
}

double FontBook::width(std::string_view utf8, const TextStyle& style) const {
  cairo_text_extents_t extents;
  cairo_scaled_font_text_extents(state_->faces[static_cast<std::size_t>(style.face)].get(), std::string(utf8).c_str(),
                                 &extents);
  return extents.x_advance * style.size / measured_size;
}

bool FontBook::covers(std::string_view utf8) const {
  for (const auto& font : state_->faces) {
    cairo_glyph_t* glyphs = nullptr;
    int count = 0;
    if (cairo_scaled_font_text_to_glyphs(font.get(), 0, 0, utf8.data(), static_cast<int>(utf8.size()), &glyphs, &count,
                                         nullptr, nullptr, nullptr) != CAIRO_STATUS_SUCCESS)
      return false;
    bool all = true;
    for (int i = 0; i < count; ++i) all = all && glyphs[i].index != 0;  // glyph 0 is .notdef
    cairo_glyph_free(glyphs);
    if (!all) return false;
  }
  return true;
}

std::string available_family(const std::string& wanted) {
  // fontconfig answers with another family where it lacks one; then the widths are that family's. A family that is
  // there has its own: its bold differs from the fallback's.
  constexpr std::string_view all_letters =
      "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
      "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ0123456789.,;:()/-–“”";
  const FontBook book(wanted);
  if (!book.covers(all_letters)) return "Liberation Serif";
  const FontBook none("no family has this name");
  const TextStyle probe{Face::regular, 100};
  const bool is_fallback = book.width(all_letters, probe) == none.width(all_letters, probe);
  return is_fallback ? "Liberation Serif" : wanted;
}

}  // namespace sohoa::datasets
