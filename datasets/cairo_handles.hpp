#pragma once

#include <cairo.h>

#include <memory>

#include "datasets/fonts.hpp"

namespace sohoa::datasets {

struct CairoDeleter {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_scaled_font_t* font) const { cairo_scaled_font_destroy(font); }
  void operator()(cairo_font_face_t* face) const { cairo_font_face_destroy(face); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  void operator()(cairo_path_t* path) const { cairo_path_destroy(path); }
};
using CairoContext = std::unique_ptr<cairo_t, CairoDeleter>;
using CairoSurface = std::unique_ptr<cairo_surface_t, CairoDeleter>;
using CairoScaledFont = std::unique_ptr<cairo_scaled_font_t, CairoDeleter>;
using CairoFontFace = std::unique_ptr<cairo_font_face_t, CairoDeleter>;
using CairoFontOptions = std::unique_ptr<cairo_font_options_t, CairoDeleter>;
using CairoPath = std::unique_ptr<cairo_path_t, CairoDeleter>;

/// Selects the family's face at `size` points, unhinted.
void select_font(cairo_t* context, const std::string& family, const TextStyle& style);

}  // namespace sohoa::datasets
