#pragma once

#include <poppler/GfxState.h>
#include <poppler/OutputDev.h>
#include <poppler/Page.h>

#include <memory>
#include <set>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/base/units.hpp"
#include "pipeline/decode/pdf_file.hpp"

namespace sohoa::decode {

/// A rectangle in points on the page as it is shown; origin top left, y down.
struct PageBox {
  double left = 0, top = 0, right = 0, bottom = 0;

  [[nodiscard]] bool empty() const { return !(right > left && bottom > top); }
  [[nodiscard]] double area() const { return empty() ? 0 : (right - left) * (bottom - top); }
};
[[nodiscard]] PageBox united(const PageBox& a, const PageBox& b);
[[nodiscard]] PageBox intersection(const PageBox& a, const PageBox& b);

/// An image that the page draws. Its pixels are fetched by `ref` when they are wanted.
struct DrawnImage {
  enum class Kind { plain, stencil, masked };
  Kind kind = Kind::plain;
  Ref ref = Ref::INVALID();  ///< invalid: an inline image
  int width = 0;
  int height = 0;
  Matrix placement;                           ///< unit square -> points on the shown page, origin bottom left
  PageBox box;                                ///< where it is visible
  std::size_t order = 0;                      ///< among everything the page paints
  std::size_t text_before = 0;                ///< glyphs drawn before it, hidden ones too
  bool plainly_shown = true;                  ///< opaque, no soft mask, no clip other than a rectangle around it
  bool black = false;                         ///< stencil: painted in black
  bool inverted = false;                      ///< stencil: samples of 1 are painted
  std::unique_ptr<GfxImageColorMap> colours;  ///< plain
};

/// Something else that the page paints.
struct Painted {
  enum class Kind { text, graphics };
  Kind kind = Kind::graphics;
  PageBox box;
  std::size_t order = 0;
  bool annotation = false;
};

/// What a page shows, found without drawing it.
struct PageContents {
  PageSize size;
  std::vector<DrawnImage> images;
  std::vector<Painted> painted;         ///< visible text and graphics; runs of glyphs are put together
  std::size_t visible_characters = 0;   ///< without spaces
  std::size_t unmapped_characters = 0;  ///< of these, without a meaning in Unicode
  std::size_t hidden_characters = 0;    ///< a former OCR's text layer
};

/// Errors: resource_exhausted (time).
Result<PageContents> probe(PdfFile& file, ::Page& page, Deadline& deadline);

/// Whether Poppler's text for a glyph says nothing: none, private use, control characters, U+FFFD.
[[nodiscard]] bool is_unmapped(const Unicode* text, int length);

/// Whether codes of the state's font mean nothing: an embedded font that says neither by /ToUnicode nor by /Encoding
/// what its codes are. Poppler then takes them for Latin-1 or gives them as they are.
[[nodiscard]] bool is_unmapped_font(GfxState& state);

/// Whether a glyph is drawn but not seen (render modes 3 and 7, or opacity 0).
[[nodiscard]] bool is_hidden_text(GfxState& state);

}  // namespace sohoa::decode
