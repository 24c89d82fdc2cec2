// What kind of page it is, from what it paints.
//
// Signed scans are the hard case: a page-covering image, a hidden text layer of a former OCR perhaps, and over it the
// looks of two electronic signatures of some 30 words. So: images that cover three quarters of the page, with up to 400
// visible characters over them (a signature's look has 60 to 120), are a scan; with more, a born-digital page with a
// background. Coverage is counted on a grid of 64 x 64 cells, which bears strips, tiles and margins. Text that cannot
// be mapped to Unicode (over 30 % of the glyphs) is worth nothing: the page is drawn and read.

#include "pipeline/decode/page_plan.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>

namespace sohoa::decode {
namespace {

constexpr double covering_share = 0.75;      // of the page
constexpr double image_page_share = 0.25;    // from here on, an image is read although there are a few words beside it
constexpr std::size_t few_characters = 400;  // about 60 to 80 words
constexpr double unmapped_share = 0.3;
constexpr double pad = 1.5;  // points around an overlay: antialiasing, strokes

constexpr int cells = 64;
using Grid = std::bitset<cells * cells>;

void mark(Grid& grid, const PageBox& box, const PageSize& size) {
  if (box.empty()) return;
  // A cell counts where its middle is covered.
  const auto first = [](double v) { return std::max(0, static_cast<int>(std::ceil(v - 0.5))); };
  const auto last = [](double v) { return std::min(cells - 1, static_cast<int>(std::floor(v - 0.5))); };
  for (int y = first(box.top / size.height * cells); y <= last(box.bottom / size.height * cells); ++y) {
    for (int x = first(box.left / size.width * cells); x <= last(box.right / size.width * cells); ++x) {
      grid.set(static_cast<std::size_t>(y * cells + x));
    }
  }
}

double share(const Grid& grid) {
  return static_cast<double>(grid.count()) / (cells * cells);
}

double page_area(const PageContents& c) {
  return c.size.width * c.size.height;
}

/// The last opaque image that covers the page by itself, or all images larger than a stamp painted before any text.
std::vector<std::size_t> base_images(const PageContents& contents) {
  const auto& images = contents.images;
  for (std::size_t i = images.size(); i-- > 0;) {
    if (images[i].box.area() < covering_share * page_area(contents)) continue;
    const bool over_nothing = i == 0 && std::none_of(contents.painted.begin(), contents.painted.end(),
                                                     [&](const Painted& p) { return p.order < images[i].order; });
    if (images[i].kind == DrawnImage::Kind::plain || over_nothing) return {i};
    break;  // a mask over other images: layers of one scan
  }
  std::vector<std::size_t> base;
  Grid grid;
  for (std::size_t i = 0; i < images.size(); ++i) {
    if (images[i].box.area() < 0.003 * page_area(contents)) continue;
    mark(grid, images[i].box, contents.size);
    base.push_back(i);
  }
  if (share(grid) < covering_share) base.clear();
  return base;
}

bool is_simple(const DrawnImage& image) {
  if (!image.plainly_shown || image.ref == Ref::INVALID()) return false;
  if (image.kind == DrawnImage::Kind::plain) return image.colours && image.colours->isOk();
  return image.kind == DrawnImage::Kind::stencil && image.black;
}

bool bases_are_simple(const PageContents& contents, const std::vector<std::size_t>& base) {
  double area = 0;
  Grid grid;
  for (const auto i : base) {
    const auto& image = contents.images[i];
    if (!is_simple(image)) return false;
    // A stencil lets what is below show through.
    if (image.kind == DrawnImage::Kind::stencil && base.size() > 1) return false;
    area += image.box.area();
    mark(grid, image.box, contents.size);
  }
  return area <= (share(grid) + 0.1) * page_area(contents);  // tiles side by side, not layers
}

std::vector<PageBox> merged(std::vector<PageBox> boxes) {
  bool changed = true;
  while (changed) {
    changed = false;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      for (std::size_t j = i + 1; j < boxes.size();) {
        const auto both = united(boxes[i], boxes[j]);
        const bool touch = !intersection(boxes[i], boxes[j]).empty();
        if (touch || both.area() < 1.2 * (boxes[i].area() + boxes[j].area())) {
          boxes[i] = both;
          boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(j));
          changed = true;
        } else {
          ++j;
        }
      }
    }
  }
  return boxes;
}

std::vector<PageBox> overlays_of(const PageContents& contents, const std::vector<std::size_t>& base) {
  const auto& last = contents.images[base.back()];
  const PageBox paper{0, 0, contents.size.width, contents.size.height};
  std::vector<PageBox> boxes;
  const auto add = [&](const PageBox& box) {
    boxes.push_back(intersection({box.left - pad, box.top - pad, box.right + pad, box.bottom + pad}, paper));
    // Thousands of strokes would make merging slow; they end up as one box anyway.
    if (boxes.size() > 200) boxes = merged(std::move(boxes));
  };
  PageBox under_base;
  for (const auto i : base) under_base = united(under_base, contents.images[i].box);
  for (const auto& painted : contents.painted) {
    // Painted before the paper, and beneath it: not seen.
    const auto seen = intersection(painted.box, under_base);
    const bool hidden = painted.order < last.order && seen.area() >= 0.99 * painted.box.area();
    if (!hidden) add(painted.box);
  }
  for (std::size_t i = 0; i < contents.images.size(); ++i) {
    const auto& image = contents.images[i];
    const bool is_base = std::find(base.begin(), base.end(), i) != base.end();
    if (!is_base && image.order > last.order && !image.box.empty()) add(image.box);
  }
  return merged(std::move(boxes));
}

double image_share(const PageContents& contents) {
  Grid grid;
  for (const auto& image : contents.images) mark(grid, image.box, contents.size);
  return share(grid);
}

}  // namespace

PagePlan plan(const PageContents& contents) {
  PagePlan result;
  const bool text = contents.visible_characters > 0;
  const bool unmapped = static_cast<double>(contents.unmapped_characters) >
                        unmapped_share * static_cast<double>(contents.visible_characters);
  const bool few = contents.visible_characters <= few_characters;
  result.base = base_images(contents);
  if (!result.base.empty() && (few || unmapped)) {
    result.kind = PageKind::scan;
    result.base_is_simple = bases_are_simple(contents, result.base);
    result.overlays = overlays_of(contents, result.base);
    result.text_before_base = contents.images[result.base.back()].text_before;
    return result;
  }
  result.base.clear();
  if (text && !unmapped && !(few && image_share(contents) > image_page_share)) {
    result.kind = PageKind::born_digital;
  } else if (text || !contents.painted.empty() || !contents.images.empty()) {
    result.kind = PageKind::drawn;
  }
  return result;
}

}  // namespace sohoa::decode
