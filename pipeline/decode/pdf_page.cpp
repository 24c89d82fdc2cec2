// A PDF page: looked through, judged, then taken by the cheapest way that keeps it as it is.
//
// scan: the image is decoded by itself at its own resolution and its bytes are carried over; what lies over it
// (signature looks, stamps) becomes small opaque patches, drawn over the same pixels, because soft masks are not
// allowed everywhere PDF/A is read. An image that lies askew is carried over too, but read from a drawing; one that
// cannot be taken out (masked, layers) is drawn whole. born_digital: the text is kept; the canvas is a picture of the
// page at 300 dpi: 16 greys (150 to 300 kB), and patches in colour where it has colour; JPEG where that is less. drawn:
// as born_digital, but read. blank: white paper.

#include "pipeline/decode/pdf_page.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "pipeline/decode/colour.hpp"
#include "pipeline/decode/colour_areas.hpp"
#include "pipeline/decode/encode.hpp"
#include "pipeline/decode/orientation.hpp"
#include "pipeline/decode/page_plan.hpp"
#include "pipeline/decode/page_probe.hpp"
#include "pipeline/decode/page_render.hpp"
#include "pipeline/decode/page_text.hpp"
#include "pipeline/decode/pdf_image.hpp"
#include "pipeline/decode/picture.hpp"
#include "pipeline/decode/planes.hpp"
#include "pipeline/decode/vips_pixels.hpp"

namespace sohoa::decode {
namespace {

constexpr double most_seconds = 9;           // CPU, of Limits::page_seconds for everything
constexpr double highest_dpi = 600;          // more helps no reader
constexpr double patch_dpi = 200;            // at least: small print of signature looks
constexpr double drawn_pixels = 35'000'000;  // A3 at 400 dpi, A0 at 150
constexpr double drawn_dpi = 300;            // small print stays legible in 16 greys

/// A page on its way, with everything a step needs.
struct Work {
  PdfFile& file;
  PageNumber number;
  const Limits& limits;
  Deadline deadline{most_seconds};
  PageContents contents;
  PagePlan plan;
  PageImage page;

  [[nodiscard]] XRef& xref() { return *file.document().getXRef(); }
  [[nodiscard]] PageSize size() const { return contents.size; }
};

Matrix placed(const PageSize& size, const PixelRect& part, double dpi) {
  const double scale = 72 / dpi;
  return {part.width * scale, 0, 0, part.height * scale, part.x * scale, size.height - part.bottom() * scale};
}

double render_dpi(Work& work, double wanted) {
  const double most = std::min(drawn_pixels, static_cast<double>(work.limits.page_pixels));
  const double dpi = affordable_dpi(work.size(), wanted, most);
  if (dpi < wanted) {
    work.page.findings.push_back({"page_scaled", Severity::note,
                                  "a page of " + std::to_string(std::lround(work.size().width)) + " x " +
                                      std::to_string(std::lround(work.size().height)) + " points, drawn at " +
                                      std::to_string(std::lround(dpi)) + " dpi"});
  }
  return dpi;
}

Result<Raster> draw(Work& work, double dpi, Layers layers) {
  RenderTask task;
  task.dpi = dpi;
  task.part = page_pixels(work.size(), dpi);
  task.layers = layers;
  for (const auto i : work.plan.base) task.base.push_back(work.contents.images[i].ref);
  return render(work.file, work.number, task, work.deadline);
}

void set_pixels(Work& work, const Raster& pixels, double dpi) {
  work.page.colour = colour_of(pixels);
  work.page.pixels = without_needless_channels(pixels, work.page.colour);
  work.page.dpi = {dpi};
}

void place(Work& work, ImageStream stream, const PixelRect& part, double dpi) {
  work.page.canvas.images.push_back({std::move(stream), placed(work.size(), part, dpi)});
}

/// A drawing of the page as what the finished page shows.
Result<void> add_drawing(Work& work, const Raster& drawn, double dpi) {
  auto areas = colour_areas(drawn);
  std::int64_t coloured = 0;
  for (const auto& area : areas) coloured += area.area();
  if (coloured > drawn.bounds().area() / 3 && work.page.colour != ColourKind::colour) {
    areas.clear();  // a scan's paper with a tinge that does not count
  } else if (coloured > drawn.bounds().area() / 3) {
    SOHOA_TRY(auto jpeg, encode_jpeg(drawn, 85));
    place(work, std::move(jpeg), drawn.bounds(), dpi);
    return {};
  }
  const auto grey = without_needless_channels(drawn, ColourKind::grey);
  SOHOA_TRY(auto base, encode_sixteen_greys(grey));
  // Text takes a twentieth of a byte for a pixel; what takes far more has photos in it.
  if (static_cast<double>(base.data.size()) > 0.12 * static_cast<double>(grey.bounds().area())) {
    SOHOA_TRY(auto jpeg, encode_jpeg(grey, 85));
    if (jpeg.data.size() < base.data.size()) base = std::move(jpeg);
  }
  place(work, std::move(base), drawn.bounds(), dpi);
  for (const auto& area : areas) {
    SOHOA_TRY(auto patch, encode_smallest(cropped(drawn, area), 85));
    place(work, std::move(patch), area, dpi);
  }
  return {};
}

// --- scans
// -----------------------------------------------------------------------------------------------------------------

/// Image pixels an inch on paper, in the page's two directions.
struct NativeDpi {
  double x = 0;
  double y = 0;
};
NativeDpi native_dpi(const DrawnImage& image) {
  const auto place = upright(image.placement);
  if (!place) {
    const auto& m = image.placement;
    return {image.width * 72 / std::max(0.01, std::hypot(m.a, m.b)),
            image.height * 72 / std::max(0.01, std::hypot(m.c, m.d))};
  }
  const bool swapped = swaps_axes(place->orientation);
  return {(swapped ? image.height : image.width) * 72 / std::max(0.01, place->width),
          (swapped ? image.width : image.height) * 72 / std::max(0.01, place->height)};
}

double highest_native_dpi(const Work& work) {
  double dpi = 0;
  for (const auto i : work.plan.base) {
    const auto native = native_dpi(work.contents.images[i]);
    dpi = std::max({dpi, native.x, native.y});
  }
  return dpi;
}

/// The single base image turned upright and laid on a sheet of the page's size at `dpi`, `outside` around it.
Result<Raster> paper_of(Work& work, const DrawnImage& image, const Raster& stored, double dpi, std::uint8_t outside) {
  const auto place = *upright(image.placement);
  auto turned = oriented(stored, place.orientation);
  const double scale = dpi / 72;
  const PixelRect target{static_cast<std::int32_t>(std::lround(place.x * scale)),
                         static_cast<std::int32_t>(std::lround((work.size().height - place.y - place.height) * scale)),
                         std::max(1, static_cast<std::int32_t>(std::lround(place.width * scale))),
                         std::max(1, static_cast<std::int32_t>(std::lround(place.height * scale)))};
  SOHOA_DO(check_size(target.width, target.height, work.limits));
  // Up to 0.15 % off (5 pixels at A4's height, 0.4 mm) is rounding of the page's size, not worth resampling for.
  const auto close = [](std::int32_t a, std::int32_t b) { return std::abs(a - b) <= std::max(1.0, 0.0015 * b); };
  if (!close(turned.width(), target.width) || !close(turned.height(), target.height)) {
    SOHOA_TRY(turned, resized(turned, target.width, target.height));
  }
  const auto sheet = page_pixels(work.size(), dpi);
  SOHOA_DO(check_size(sheet.width, sheet.height, work.limits));
  const bool covers = close(target.x + turned.width(), sheet.width) &&
                      close(target.y + turned.height(), sheet.height) && std::abs(target.x) <= 1 &&
                      std::abs(target.y) <= 1;
  if (covers) return turned;
  return cropped(turned, {-target.x, -target.y, sheet.width, sheet.height}, outside);
}

Result<void> carry_base(Work& work, const DrawnImage& image, const Raster* pixels) {
  auto stream = carry_pdf_image(work.xref(), image);
  if (!stream) {
    if (pixels != nullptr) {
      SOHOA_TRY(stream, encode_pdf_image(work.xref(), image, *pixels));
    } else {
      SOHOA_TRY(const auto decoded, decode_pdf_image(work.xref(), image, work.limits));
      SOHOA_TRY(stream, encode_pdf_image(work.xref(), image, decoded));
    }
  }
  work.page.canvas.images.push_back({std::move(*stream), image.placement});
  return {};
}

/// Puts an overlay's drawing into what is read: a number filled into the paper belongs to its text.
void read_too(Work& work, const Raster& drawn, const PixelRect& part, std::int32_t scale) {
  const auto target = intersection({part.x / scale, part.y / scale, part.width / scale, part.height / scale},
                                   work.page.pixels.bounds());
  std::vector<std::uint8_t> rgb;
  rgb.reserve(static_cast<std::size_t>(target.area()) * 3);
  for (std::int32_t y = 0; y < target.height; ++y) {
    for (std::int32_t x = 0; x < target.width; ++x) {
      const auto* pixel = drawn.row(y * scale) + std::int64_t{x} * scale * 3;
      rgb.insert(rgb.end(), pixel, pixel + 3);
    }
  }
  replace_part(work.page, target, Raster(target.width, target.height, 3, std::move(rgb)));
}

Result<void> add_patch(Work& work, const PageBox& overlay, bool filled_in) {
  const auto scale = static_cast<std::int32_t>(std::max(1.0, std::ceil(patch_dpi / work.page.dpi.value)));
  RenderTask task;
  task.dpi = work.page.dpi.value * scale;
  task.layers = Layers::overlays;
  task.paper_scale = scale;
  for (const auto i : work.plan.base) task.base.push_back(work.contents.images[i].ref);
  const double pixels = work.page.dpi.value / 72;
  const auto left = static_cast<std::int32_t>(std::floor(overlay.left * pixels));
  const auto top = static_cast<std::int32_t>(std::floor(overlay.top * pixels));
  const PixelRect rough{left * scale, top * scale,
                        (static_cast<std::int32_t>(std::ceil(overlay.right * pixels)) - left) * scale,
                        (static_cast<std::int32_t>(std::ceil(overlay.bottom * pixels)) - top) * scale};
  task.part = intersection(rough, page_pixels(work.size(), task.dpi));
  if (task.part.empty()) return {};
  constexpr std::int32_t rim = 2;  // what lies between two pixels is mixed of both
  const auto paper = intersection({task.part.x / scale - rim, task.part.y / scale - rim,
                                   task.part.width / scale + 2 * rim + 1, task.part.height / scale + 2 * rim + 1},
                                  work.page.pixels.bounds());
  task.paper = part_of(work.page, paper);
  task.paper_x = paper.x;
  task.paper_y = paper.y;
  SOHOA_TRY(const auto drawn, render(work.file, work.number, task, work.deadline));
  if (filled_in) read_too(work, drawn, task.part, scale);
  SOHOA_TRY(auto stream, encode_smallest(without_needless_channels(drawn, colour_of(drawn)), 85));
  place(work, std::move(stream), task.part, task.dpi);
  return {};
}

/// The text of what was laid over, and its patches. A number filled into a blank is read with the paper instead.
Result<void> take_overlays(Work& work) {
  const auto& plan = work.plan;
  if (plan.overlays.empty()) return {};
  SOHOA_TRY(auto blocks,
            overlay_text(work.file, work.number, plan.overlays, plan.text_before_base, work.page.dpi, work.deadline));
  for (const auto& overlay : plan.overlays) {
    const auto text = std::find_if(blocks.begin(), blocks.end(), [&](const Block& block) {
      const double x = work.page.dpi.points(block.box.center_x());
      const double y = work.page.dpi.points(block.box.center_y());
      return x >= overlay.left && x <= overlay.right && y >= overlay.top && y <= overlay.bottom;
    });
    const bool filled_in = text != blocks.end() && is_filled_in(*text);
    SOHOA_DO(add_patch(work, overlay, filled_in));
    if (filled_in) blocks.erase(text);
  }
  work.page.own_text = std::move(blocks);
  return {};
}

/// The page's pixels from a base image that lies upright; its bytes go on the canvas.
Result<void> take_paper(Work& work, const DrawnImage& image, double dpi) {
  constexpr std::uint8_t white = 255;
  constexpr std::uint8_t no_colour = 128;
  work.page.dpi = {dpi};
  Planes stored;
  if (auto planes = decode_pdf_planes(work.xref(), image, work.limits)) {
    stored = *std::move(planes);
    work.page.colour = colour_of(stored);
    if (work.page.colour != ColourKind::colour) stored.chroma = {};
  } else {
    SOHOA_TRY(stored.pixels, decode_pdf_image(work.xref(), image, work.limits));
    work.page.colour = colour_of(stored.pixels);
  }
  SOHOA_DO(carry_base(work, image, stored.chroma.empty() ? &stored.pixels : nullptr));
  stored.pixels = without_needless_channels(stored.pixels, work.page.colour);
  SOHOA_TRY(work.page.pixels, paper_of(work, image, stored.pixels, dpi, white));
  for (const auto& [from, to] :
       {std::pair(&stored.chroma.blue, &work.page.chroma.blue), std::pair(&stored.chroma.red, &work.page.chroma.red)}) {
    if (from->empty()) continue;
    SOHOA_TRY(*to, paper_of(work, image, *from, dpi * from->height() / stored.pixels.height(), no_colour));
  }
  return {};
}

Result<void> take_simple_scan(Work& work) {
  const auto& base = work.plan.base;
  const auto& first = work.contents.images[base.front()];
  if (base.size() == 1 && upright(first.placement)) {
    const double dpi = std::min(highest_native_dpi(work), highest_dpi);
    SOHOA_DO(take_paper(work, first, dpi));
  } else {
    const double dpi = render_dpi(work, std::clamp(highest_native_dpi(work), 150.0, 400.0));
    SOHOA_TRY(const auto drawn, draw(work, dpi, Layers::base));
    set_pixels(work, drawn, dpi);
    for (const auto i : base) SOHOA_DO(carry_base(work, work.contents.images[i], nullptr));
  }
  return take_overlays(work);
}

/// Layers and masks: drawn without what lies over them to be read, and with it to be shown.
Result<void> take_odd_scan(Work& work) {
  const double dpi = render_dpi(work, std::clamp(highest_native_dpi(work), 150.0, 400.0));
  const bool nameless = std::any_of(work.plan.base.begin(), work.plan.base.end(),
                                    [&](std::size_t i) { return work.contents.images[i].ref == Ref::INVALID(); });
  SOHOA_TRY(auto drawn, draw(work, dpi, nameless ? Layers::all : Layers::base));
  set_pixels(work, drawn, dpi);
  if (!nameless && !work.plan.overlays.empty()) {
    SOHOA_TRY(drawn, draw(work, dpi, Layers::all));
    SOHOA_TRY(work.page.own_text, overlay_text(work.file, work.number, work.plan.overlays, work.plan.text_before_base,
                                               work.page.dpi, work.deadline));
  }
  if (work.page.colour != ColourKind::bilevel) return add_drawing(work, drawn, dpi);
  SOHOA_TRY(auto stream, encode_smallest(without_needless_channels(drawn, colour_of(drawn)), 85));
  place(work, std::move(stream), drawn.bounds(), dpi);
  return {};
}

double overlay_share(const Work& work) {
  double area = 0;
  for (const auto& box : work.plan.overlays) area += box.area();
  return area / (work.size().width * work.size().height);
}

Result<void> take_scan(Work& work) {
  // Patches over most of the page would cost more than a picture of it.
  return work.plan.base_is_simple && overlay_share(work) < 0.5 ? take_simple_scan(work) : take_odd_scan(work);
}

// --- the others
// --------------------------------------------------------------------------------------------------------------

Result<void> take_drawing(Work& work, TextSource source) {
  const double dpi = render_dpi(work, drawn_dpi);
  SOHOA_TRY(const auto drawn, draw(work, dpi, Layers::all));
  set_pixels(work, drawn, dpi);
  work.page.text_source = source;
  if (source == TextSource::born_digital) {
    SOHOA_TRY(work.page.own_text, page_text(work.file, work.number, work.page.dpi, work.deadline));
  }
  return add_drawing(work, drawn, dpi);
}

Result<void> take_blank(Work& work) {
  const double dpi = render_dpi(work, 100);
  const auto sheet = page_pixels(work.size(), dpi);
  set_pixels(
      work,
      Raster(sheet.width, sheet.height, 1, std::vector<std::uint8_t>(static_cast<std::size_t>(sheet.area()), 255)),
      dpi);
  work.page.text_source = TextSource::none;
  return {};
}

Result<void> take(Work& work) {
  switch (work.plan.kind) {
    case PageKind::scan: return take_scan(work);
    case PageKind::born_digital: return take_drawing(work, TextSource::born_digital);
    case PageKind::drawn: return take_drawing(work, TextSource::recognized);
    case PageKind::blank: return take_blank(work);
  }
  return Error{ErrorCode::internal, "unknown kind of page"};
}

}  // namespace

Result<PageImage> decode_pdf_page(PdfFile& file, PageNumber number, const Limits& limits) {
  SOHOA_TRY(::Page * page, file.page(number));
  Work work{file, number, limits, Deadline(most_seconds), {}, {}, {}};
  SOHOA_TRY(work.contents, probe(file, *page, work.deadline));
  for (const auto& image : work.contents.images) {
    if (!image.box.empty()) SOHOA_DO(check_size(image.width, image.height, limits));
  }
  work.plan = plan(work.contents);
  work.page.canvas.width = work.size().width;
  work.page.canvas.height = work.size().height;
  SOHOA_DO(take(work));
  return std::move(work.page);
}

}  // namespace sohoa::decode
