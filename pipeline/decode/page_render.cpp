// Drawing by Poppler's Splash.
//
// What lies over a scan is drawn without the scan: at the moment the page draws its base image, pixels that were
// decoded already are put into the bitmap instead (enlarged by a whole number where the scan is coarse). A patch of 5 x
// 2 cm so costs 5 to 20 ms rather than another decoding of the page's JPEG (300 ms), and its background is the scan's.
// Images that lie beside the patch are not looked at: Splash would decode and scale them before it sees that.

#include "pipeline/decode/page_render.hpp"

#include <poppler/SplashOutputDev.h>
#include <poppler/splash/SplashBitmap.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

#include "pipeline/decode/vips_pixels.hpp"

namespace sohoa::decode {
namespace {

class LayerOutput final : public ::SplashOutputDev {
 public:
  LayerOutput(const RenderTask& task, const ColourProfiles& profiles, SplashColorPtr white)
      : SplashOutputDev(splashModeRGB8, 1, false, white, true, splashThinLineDefault),
        task_(task),
        profiles_(profiles) {}

  void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height, GfxImageColorMap* colours,
                 bool interpolate, const int* mask, bool inline_image) override {
    if (is_base(ref, inline_image) ? put_paper() : base_only() || (!inline_image && is_aside(*state))) return;
    const auto plain = plain_colours(*colours);
    SplashOutputDev::drawImage(state, ref, stream, width, height, plain ? plain.get() : colours, interpolate, mask,
                               inline_image);
  }
  void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert, bool interpolate,
                     bool inline_image) override {
    if (is_base(ref, inline_image) ? put_paper() : base_only() || (!inline_image && is_aside(*state))) return;
    SplashOutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, inline_image);
  }
  void drawMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height, GfxImageColorMap* colours,
                       bool interpolate, Stream* mask, int mask_width, int mask_height, bool invert,
                       bool mask_interpolate) override {
    if ((!is_base(ref, false) && base_only()) || is_aside(*state)) return;
    SplashOutputDev::drawMaskedImage(state, ref, stream, width, height, colours, interpolate, mask, mask_width,
                                     mask_height, invert, mask_interpolate);
  }
  void drawSoftMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                           GfxImageColorMap* colours, bool interpolate, Stream* mask, int mask_width, int mask_height,
                           GfxImageColorMap* mask_colours, bool mask_interpolate) override {
    if ((!is_base(ref, false) && base_only()) || is_aside(*state)) return;
    const auto plain = plain_colours(*colours);
    SplashOutputDev::drawSoftMaskedImage(state, ref, stream, width, height, plain ? plain.get() : colours, interpolate,
                                         mask, mask_width, mask_height, mask_colours, mask_interpolate);
  }
  void fill(GfxState* state) override {
    if (!base_only()) SplashOutputDev::fill(state);
  }
  void eoFill(GfxState* state) override {
    if (!base_only()) SplashOutputDev::eoFill(state);
  }
  void stroke(GfxState* state) override {
    if (!base_only()) SplashOutputDev::stroke(state);
  }
  void drawChar(GfxState* state, double x, double y, double dx, double dy, double ox, double oy, CharCode code,
                int bytes, const Unicode* text, int length) override {
    if (!base_only()) SplashOutputDev::drawChar(state, x, y, dx, dy, ox, oy, code, bytes, text, length);
  }
  bool beginType3Char(GfxState* state, double x, double y, double dx, double dy, CharCode code, const Unicode* text,
                      int length) override {
    return base_only() || SplashOutputDev::beginType3Char(state, x, y, dx, dy, code, text, length);
  }
  bool tilingPatternFill(GfxState* state, Gfx* gfx, Catalog* catalog, GfxTilingPattern* pattern, const double* matrix,
                         int x0, int y0, int x1, int y1, double x_step, double y_step) override {
    return base_only() ||
           SplashOutputDev::tilingPatternFill(state, gfx, catalog, pattern, matrix, x0, y0, x1, y1, x_step, y_step);
  }
  bool functionShadedFill(GfxState* state, GfxFunctionShading* shading) override {
    return base_only() || SplashOutputDev::functionShadedFill(state, shading);
  }
  bool axialShadedFill(GfxState* state, GfxAxialShading* shading, double from, double to) override {
    return base_only() || SplashOutputDev::axialShadedFill(state, shading, from, to);
  }
  bool radialShadedFill(GfxState* state, GfxRadialShading* shading, double from, double to) override {
    return base_only() || SplashOutputDev::radialShadedFill(state, shading, from, to);
  }
  bool gouraudTriangleShadedFill(GfxState* state, GfxGouraudTriangleShading* shading) override {
    return base_only() || SplashOutputDev::gouraudTriangleShadedFill(state, shading);
  }
  void beginTransparencyGroup(GfxState* state, const double* box, GfxColorSpace* space, bool isolated, bool knockout,
                              bool for_soft_mask) override {
    ++groups_;
    SplashOutputDev::beginTransparencyGroup(state, box, space, isolated, knockout, for_soft_mask);
  }
  void endTransparencyGroup(GfxState* state) override {
    --groups_;
    SplashOutputDev::endTransparencyGroup(state);
  }

 private:
  /// Samples by their plain colour space, where their profile says no more: 0.1 us less for each pixel.
  [[nodiscard]] std::unique_ptr<GfxImageColorMap> plain_colours(GfxImageColorMap& colours) const {
    GfxColorSpace* plain = profiles_.plain(*colours.getColorSpace());
    for (int i = 0; plain != nullptr && i < colours.getNumPixelComps(); ++i) {
      if (colours.getDecodeLow(i) != 0 || colours.getDecodeHigh(i) != 1) return nullptr;
    }
    if (plain == nullptr) return nullptr;
    Object usual(objNull);
    return std::make_unique<GfxImageColorMap>(colours.getBits(), &usual, plain->copy());
  }

  [[nodiscard]] bool base_only() const { return task_.layers == Layers::base; }
  [[nodiscard]] bool is_base(Object* ref, bool inline_image) const {
    return task_.layers != Layers::all && !inline_image && ref != nullptr && ref->isRef() &&
           std::find(task_.base.begin(), task_.base.end(), ref->getRef()) != task_.base.end();
  }

  /// An image that does not reach into the part that is drawn: Splash would decode and scale it all the same.
  [[nodiscard]] bool is_aside(const GfxState& state) const {
    if (groups_ > 0) return false;  // a group has an origin of its own
    const double* m = state.getCTM();
    const double left = m[4] + std::min(0.0, m[0]) + std::min(0.0, m[2]);
    const double top = m[5] + std::min(0.0, m[1]) + std::min(0.0, m[3]);
    constexpr double rim = 2;  // pixels: images are drawn up to whole ones
    return left > task_.part.width + rim || top > task_.part.height + rim ||
           left + std::abs(m[0]) + std::abs(m[2]) < -rim || top + std::abs(m[1]) + std::abs(m[3]) < -rim;
  }

  /// Puts the paper down where the last of the base images is drawn; false where the image has to be drawn after all (a
  /// group's bitmap is not the page's).
  bool put_paper() {
    if (task_.layers != Layers::overlays) return false;
    if (groups_ > 0) return false;
    if (++bases_drawn_ < task_.base.size()) return true;
    SplashBitmap* page = getBitmap();
    const auto area =
        PixelRect{0, 0, std::min(page->getWidth(), task_.part.width), std::min(page->getHeight(), task_.part.height)};
    const auto& paper = task_.paper;
    for (std::int32_t y = 0; y < area.height; ++y) {
      auto* to = page->getDataPtr() + std::int64_t{y} * page->getRowSize();
      for (std::int32_t x = 0; x < area.width; ++x, to += 3) sample(paper, task_.part.x + x, task_.part.y + y, to);
    }
    return true;
  }

  /// The paper's colour at a pixel of the page at task_.dpi: itself, or between its four neighbours.
  void sample(const Raster& paper, std::int32_t x, std::int32_t y, std::uint8_t* to) const {
    const int channels = paper.channels();
    const auto scale = task_.paper_scale;
    const auto at = [&](std::int32_t column, std::int32_t row) {
      return paper.row(std::clamp(row - task_.paper_y, 0, paper.height() - 1)) +
             std::int64_t{std::clamp(column - task_.paper_x, 0, paper.width() - 1)} * channels;
    };
    if (scale == 1) {
      const auto* from = at(x, y);
      for (int c = 0; c < 3; ++c) to[c] = from[channels == 3 ? c : 0];
      return;
    }
    const double u = (x + 0.5) / scale - 0.5;
    const double v = (y + 0.5) / scale - 0.5;
    const auto column = static_cast<std::int32_t>(std::floor(u));
    const auto row = static_cast<std::int32_t>(std::floor(v));
    const double right = u - column;
    const double down = v - row;
    const auto *a = at(column, row), *b = at(column + 1, row), *c = at(column, row + 1), *d = at(column + 1, row + 1);
    for (int i = 0; i < 3; ++i) {
      const int k = channels == 3 ? i : 0;
      to[i] = static_cast<std::uint8_t>(
          std::lround((a[k] * (1 - right) + b[k] * right) * (1 - down) + (c[k] * (1 - right) + d[k] * right) * down));
    }
  }

  const RenderTask& task_;
  const ColourProfiles& profiles_;
  std::size_t bases_drawn_ = 0;
  int groups_ = 0;
};

}  // namespace

PixelRect page_pixels(const PageSize& size, double dpi) {
  return {0, 0, std::max(1, static_cast<std::int32_t>(std::lround(size.width * dpi / 72))),
          std::max(1, static_cast<std::int32_t>(std::lround(size.height * dpi / 72)))};
}

double affordable_dpi(const PageSize& size, double wanted, double most_pixels) {
  const double square_inches = size.width / 72 * size.height / 72;
  return std::min(wanted, std::sqrt(most_pixels / square_inches));
}

Result<Raster> render(PdfFile& file, PageNumber number, const RenderTask& task, Deadline& deadline) {
  SplashColor white = {255, 255, 255};
  LayerOutput output(task, file.profiles(), white);
  output.startDoc(&file.document());
  file.profiles().lend(output);
  const bool annotations = task.layers != Layers::base;
  const auto decide = [](Annot* /*annotation*/, void* shown) { return *static_cast<const bool*>(shown); };
  file.document().displayPageSlice(&output, static_cast<int>(number.value), task.dpi, task.dpi, 0, false, true, false,
                                   task.part.x, task.part.y, task.part.width, task.part.height, Deadline::check,
                                   &deadline, decide, const_cast<bool*>(&annotations));
  if (deadline.passed()) return Error{ErrorCode::resource_exhausted, "the page takes too long to draw"};
  SplashBitmap* bitmap = output.getBitmap();
  if (bitmap == nullptr || bitmap->getDataPtr() == nullptr) {
    return Error{ErrorCode::resource_exhausted, "no memory to draw the page"};
  }
  const auto width = static_cast<std::size_t>(bitmap->getWidth());
  std::vector<std::uint8_t> pixels(width * static_cast<std::size_t>(bitmap->getHeight()) * 3);
  for (int y = 0; y < bitmap->getHeight(); ++y) {
    std::memcpy(pixels.data() + static_cast<std::size_t>(y) * width * 3,
                bitmap->getDataPtr() + std::int64_t{y} * bitmap->getRowSize(), width * 3);
  }
  const Raster drawn(bitmap->getWidth(), bitmap->getHeight(), 3, std::move(pixels));
  return cropped(drawn, {0, 0, task.part.width, task.part.height});
}

}  // namespace sohoa::decode
