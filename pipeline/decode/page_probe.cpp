// A look at a page: an output device that notes what would be painted and where, and paints nothing.
//
// Poppler runs the content stream and the annotations' appearances at 72 dpi, upside down, so that device coordinates
// are points from the top left of the page as it is shown, /Rotate done. A page costs 1 to 5 ms this way, as no stream
// of an image is decoded. Boxes are cut by the clip's bounding box; a clip by anything but an upright rectangle is
// noted, because an image under it cannot be carried over. Glyphs are put together into runs while they follow each
// other, to keep the list short.

#include "pipeline/decode/page_probe.hpp"

#include <poppler/Annot.h>
#include <poppler/GfxFont.h>

#include <algorithm>
#include <cmath>

namespace sohoa::decode {
namespace {

constexpr std::size_t most_painted = 20'000;  // beyond this, boxes are united: a map has millions of strokes

class PageProbe final : public ::OutputDev {
 public:
  explicit PageProbe(PageSize size) { contents_.size = size; }

  [[nodiscard]] PageContents take() { return std::move(contents_); }
  [[nodiscard]] const std::set<Ref>& profiles() const { return profiles_; }
  void in_annotation() { annotation_ = true; }

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool useTilingPatternFill() override { return true; }
  bool useShadedFills(int /*type*/) override { return true; }

  void saveState(GfxState* /*state*/) override { clips_.push_back(odd_clip_); }
  void restoreState(GfxState* /*state*/) override {
    if (clips_.empty()) return;
    odd_clip_ = clips_.back();
    clips_.pop_back();
  }
  void clip(GfxState* state) override { odd_clip_ = odd_clip_ || !is_upright_rectangle(*state); }
  void eoClip(GfxState* state) override { clip(state); }
  void clipToStrokePath(GfxState* /*state*/) override { odd_clip_ = true; }
  void updateFillColorSpace(GfxState* state) override { note_profile(state->getFillColorSpace()); }
  void updateStrokeColorSpace(GfxState* state) override { note_profile(state->getStrokeColorSpace()); }
  void setSoftMask(GfxState*, const double*, bool, Function*, GfxColor*) override { soft_mask_ = true; }
  void clearSoftMask(GfxState*) override { soft_mask_ = false; }

  void fill(GfxState* state) override { paint_path(*state, 0); }
  void eoFill(GfxState* state) override { paint_path(*state, 0); }
  void stroke(GfxState* state) override { paint_path(*state, state->getTransformedLineWidth() / 2 + 0.5); }
  bool tilingPatternFill(GfxState* state, Gfx*, Catalog*, GfxTilingPattern*, const double*, int, int, int, int, double,
                         double) override {
    paint(Painted::Kind::graphics, clip_box(*state));
    return true;
  }
  bool functionShadedFill(GfxState* state, GfxFunctionShading*) override { return paint_clip(*state); }
  bool axialShadedFill(GfxState* state, GfxAxialShading*, double, double) override { return paint_clip(*state); }
  bool radialShadedFill(GfxState* state, GfxRadialShading*, double, double) override { return paint_clip(*state); }
  bool gouraudTriangleShadedFill(GfxState* state, GfxGouraudTriangleShading*) override { return paint_clip(*state); }
  bool patchMeshShadedFill(GfxState* state, GfxPatchMeshShading*) override { return paint_clip(*state); }

  void drawChar(GfxState* state, double x, double y, double dx, double dy, double, double, CharCode, int,
                const Unicode* text, int length) override;

  void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert, bool interpolate,
                     bool inline_image) override {
    auto& image = add(*state, DrawnImage::Kind::stencil, ref, width, height, inline_image);
    GfxRGB colour{};
    state->getFillRGB(&colour);
    const auto darkest = gfxColorComp1 / 8;
    image.black = state->getFillColorSpace()->getMode() != csPattern && colour.r < darkest && colour.g < darkest &&
                  colour.b < darkest;
    image.inverted = invert;
    OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, inline_image);
  }
  void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height, GfxImageColorMap* colours,
                 bool interpolate, const int* mask_colours, bool inline_image) override {
    const auto kind = mask_colours == nullptr ? DrawnImage::Kind::plain : DrawnImage::Kind::masked;
    auto& image = add(*state, kind, ref, width, height, inline_image);
    if (colours != nullptr) {
      image.colours.reset(colours->copy());
      note_profile(colours->getColorSpace());
    }
    OutputDev::drawImage(state, ref, stream, width, height, colours, interpolate, mask_colours, inline_image);
  }
  void drawMaskedImage(GfxState* state, Object* ref, Stream*, int width, int height, GfxImageColorMap* colours, bool,
                       Stream*, int, int, bool, bool) override {
    note_profile(colours->getColorSpace());
    add(*state, DrawnImage::Kind::masked, ref, width, height, false);
  }
  void drawSoftMaskedImage(GfxState* state, Object* ref, Stream*, int width, int height, GfxImageColorMap* colours,
                           bool, Stream*, int, int, GfxImageColorMap*, bool) override {
    note_profile(colours->getColorSpace());
    add(*state, DrawnImage::Kind::masked, ref, width, height, false);
  }
  void setSoftMaskFromImageMask(GfxState* /*state*/, Object*, Stream*, int, int, bool, bool, double*) override {
    soft_mask_ = true;
  }
  void unsetSoftMaskFromImageMask(GfxState* /*state*/, double*) override { soft_mask_ = false; }

 private:
  void note_profile(GfxColorSpace* space) {
    if (space->getMode() == csIndexed) space = static_cast<GfxIndexedColorSpace*>(space)->getBase();
    if (space->getMode() == csICCBased) profiles_.insert(static_cast<GfxICCBasedColorSpace*>(space)->getRef());
  }
  static PageBox path_box(GfxState& state);
  static bool is_upright_rectangle(GfxState& state);
  [[nodiscard]] PageBox clip_box(GfxState& state) const;
  void paint_path(GfxState& state, double margin);
  bool paint_clip(GfxState& state) {
    paint(Painted::Kind::graphics, clip_box(state));
    return true;
  }
  void paint(Painted::Kind kind, const PageBox& box);
  DrawnImage& add(GfxState& state, DrawnImage::Kind kind, Object* ref, int width, int height, bool inline_image);

  PageContents contents_;
  std::set<Ref> profiles_;
  std::vector<bool> clips_;
  bool odd_clip_ = false;
  bool soft_mask_ = false;
  bool annotation_ = false;
  std::size_t order_ = 0;
  std::size_t glyphs_ = 0;
};

PageBox PageProbe::path_box(GfxState& state) {
  PageBox box{1e9, 1e9, -1e9, -1e9};
  const GfxPath* path = state.getPath();
  for (int i = 0; i < path->getNumSubpaths(); ++i) {
    const GfxSubpath* part = path->getSubpath(i);
    for (int j = 0; j < part->getNumPoints(); ++j) {
      double x = 0, y = 0;
      state.transform(part->getX(j), part->getY(j), &x, &y);
      box = {std::min(box.left, x), std::min(box.top, y), std::max(box.right, x), std::max(box.bottom, y)};
    }
  }
  return box;
}

bool PageProbe::is_upright_rectangle(GfxState& state) {
  const GfxPath* path = state.getPath();
  if (path->getNumSubpaths() != 1) return false;
  const GfxSubpath* part = path->getSubpath(0);
  if (part->getNumPoints() < 4 || part->getNumPoints() > 5) return false;
  for (int i = 1; i < part->getNumPoints(); ++i) {
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    state.transform(part->getX(i - 1), part->getY(i - 1), &x0, &y0);
    state.transform(part->getX(i), part->getY(i), &x1, &y1);
    if (part->getCurve(i) || (std::abs(x1 - x0) > 0.1 && std::abs(y1 - y0) > 0.1)) return false;
  }
  return true;
}

PageBox PageProbe::clip_box(GfxState& state) const {
  PageBox box;
  state.getClipBBox(&box.left, &box.top, &box.right, &box.bottom);
  return intersection(box, {0, 0, contents_.size.width, contents_.size.height});
}

void PageProbe::paint_path(GfxState& state, double margin) {
  if (state.getFillOpacity() <= 0 && state.getStrokeOpacity() <= 0) return;
  auto box = path_box(state);
  // A rule drawn as a filled rectangle may be flat; half a point shows on paper.
  const double least = std::max(margin, 0.25);
  box = {box.left - least, box.top - least, box.right + least, box.bottom + least};
  paint(Painted::Kind::graphics, intersection(box, clip_box(state)));
}

void PageProbe::paint(Painted::Kind kind, const PageBox& box) {
  ++order_;
  if (box.empty()) return;
  auto& list = contents_.painted;
  if (!list.empty() && list.back().kind == kind && list.back().annotation == annotation_) {
    auto& last = list.back();
    // Runs of glyphs, and of strokes that touch, become one.
    const PageBox near = {last.box.left - 6, last.box.top - 2, last.box.right + 6, last.box.bottom + 2};
    const bool follows = last.order + 1 == order_ && !intersection(near, box).empty();
    if ((follows && united(last.box, box).area() < 1.3 * (last.box.area() + box.area())) ||
        list.size() >= most_painted) {
      last.box = united(last.box, box);
      last.order = order_;
      return;
    }
  }
  list.push_back({kind, box, order_, annotation_});
}

void PageProbe::drawChar(GfxState* state, double x, double y, double dx, double dy, double, double, CharCode, int,
                         const Unicode* text, int length) {
  ++glyphs_;
  double x1 = 0, y1 = 0, across = 0, down = 0;
  state->transform(x, y, &x1, &y1);
  state->transformDelta(dx, dy, &across, &down);
  const double size = std::clamp(std::abs(state->getTransformedFontSize()), 1.0, 200.0);
  PageBox box{std::min(x1, x1 + across), std::min(y1, y1 + down), std::max(x1, x1 + across), std::max(y1, y1 + down)};
  if (std::abs(across) >= std::abs(down)) {
    box = {box.left, box.top - size, box.right, box.bottom + 0.3 * size};
  } else {
    box = {box.left - size, box.top, box.right + size, box.bottom};
  }
  box = intersection(box, clip_box(*state));
  const bool blank = length >= 1 && text != nullptr && (text[0] == ' ' || text[0] == 0xA0 || text[0] == '\t');
  if (blank || box.empty()) return;
  if (is_hidden_text(*state)) {
    ++contents_.hidden_characters;
    return;
  }
  ++contents_.visible_characters;
  if (is_unmapped(text, length) || is_unmapped_font(*state)) ++contents_.unmapped_characters;
  paint(Painted::Kind::text, box);
}

DrawnImage& PageProbe::add(GfxState& state, DrawnImage::Kind kind, Object* ref, int width, int height,
                           bool inline_image) {
  auto& image = contents_.images.emplace_back();
  image.kind = kind;
  if (!inline_image && ref != nullptr && ref->isRef()) image.ref = ref->getRef();
  image.width = width;
  image.height = height;
  image.order = ++order_;
  image.text_before = glyphs_;
  const double* m = state.getCTM();
  const double page_height = contents_.size.height;
  // Rests of sines and of subtraction are nothing on paper, and an exponent in a PDF's numbers is an error.
  const auto clean = [](double value) { return std::abs(value) < 1e-4 ? 0.0 : value; };
  image.placement = {clean(m[0]), clean(-m[1]), clean(m[2]), clean(-m[3]), clean(m[4]), clean(page_height - m[5])};
  PageBox whole{1e9, 1e9, -1e9, -1e9};
  for (const int corner : {0, 1, 2, 3}) {
    const double u = corner % 2;
    const double v = corner / 2;  // NOLINT(bugprone-integer-division): 0 or 1
    const double x = m[0] * u + m[2] * v + m[4];
    const double y = m[1] * u + m[3] * v + m[5];
    whole = {std::min(whole.left, x), std::min(whole.top, y), std::max(whole.right, x), std::max(whole.bottom, y)};
  }
  const PageBox paper{0, 0, contents_.size.width, contents_.size.height};
  const auto on_page = intersection(whole, paper);
  image.box = intersection(on_page, clip_box(state));
  constexpr double slack = 1.5;  // points; clips are often rounded to the page's size
  const bool cut = image.box.left - on_page.left > slack || image.box.top - on_page.top > slack ||
                   on_page.right - image.box.right > slack || on_page.bottom - image.box.bottom > slack;
  image.plainly_shown =
      !cut && !odd_clip_ && !soft_mask_ && state.getFillOpacity() > 0.99 && state.getBlendMode() == gfxBlendNormal;
  return image;
}

}  // namespace

PageBox united(const PageBox& a, const PageBox& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

PageBox intersection(const PageBox& a, const PageBox& b) {
  return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right), std::min(a.bottom, b.bottom)};
}

bool is_unmapped(const Unicode* text, int length) {
  if (text == nullptr || length <= 0) return true;
  return std::all_of(text, text + length, [](Unicode c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
  });
}

bool is_unmapped_font(GfxState& state) {
  const auto& font = state.getFont();
  if (!font || font->hasToUnicodeCMap()) return false;
  Ref embedded = Ref::INVALID();
  if (!font->getEmbeddedFontID(&embedded) || font->getType() != fontTrueType) return false;
  const auto* simple = dynamic_cast<const Gfx8BitFont*>(font.get());
  return simple != nullptr && font->isSymbolic() && !simple->getHasEncoding();
}

bool is_hidden_text(GfxState& state) {
  return state.getRender() == 3 || state.getRender() == 7 || state.getFillOpacity() <= 0.01;
}

Result<PageContents> probe(PdfFile& file, ::Page& page, Deadline& deadline) {
  PageProbe device(shown_size(page));
  file.profiles().lend(device);
  const auto note_annotation = [](Annot* /*annotation*/, void* data) {
    static_cast<PageProbe*>(data)->in_annotation();
    return true;
  };
  page.display(&device, 72, 72, 0, false, true, false, Deadline::check, &deadline, note_annotation, &device);
  if (deadline.passed()) return Error{ErrorCode::resource_exhausted, "the page takes too long to look through"};
  for (const auto profile : device.profiles()) file.profiles().keep(device, profile);
  return device.take();
}

}  // namespace sohoa::decode
