// Method: on the page at about 75 dpi, where scanner noise, JPEG chroma blocks and colour fringes of black type are
// averaged away, a pixel is red where R exceeds G and B by 24 levels or more, blue (or violet) where B exceeds R. Black
// under red ink stays black in the R channel and red ink turns into paper there, so "taking red away" means reading the
// R channel; likewise B for blue. What is taken away is decided by shape, because the two inks are used differently on
// Vietnamese papers:
//   red   is seal ink: goes, unless it forms lines of type (strong, 1.5 to 11 mm high, longer than that by 0.7) outside
//   seals and stamps; blue  is pen ink, and pen-written numbers and dates are text: stays, unless one connected stroke
//   is at least 11 mm in both
//         directions: a signature, a seal, a stamp's frame. Frames up to 75 mm take with them what they enclose; a
//         larger one (a printed border, a form's grid) goes alone.
// A mistake costs little where text is black: R, B and luma agree there within some levels.
// Typical: 1 ms without colour, 5 to 8 ms with a seal. Seals are rings of 9 to 24 mm radius (offices 30-42 mm wide).

#include "pipeline/imaging/inks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "pipeline/imaging/find_ring.hpp"
#include "pipeline/imaging/mat.hpp"
#include "pipeline/imaging/pieces.hpp"

namespace sohoa::imaging {
namespace {

constexpr int tint = 12;  // levels: the palest imprint; noise reaches it too, so it only counts where it forms a ring
constexpr int faint_colour = 24;   // noise of scanners stays below 15 at 75 dpi
constexpr int strong_colour = 70;  // levels: printed or stamped well
constexpr double structure_mm = 11;
constexpr double largest_frame_mm = 75;
constexpr double least_seal_mm = 9, greatest_seal_mm = 24;  // radius
constexpr int brightest_ink = 225;                          // JPEG leaves a rim of 225 to 250 around saturated ink
constexpr std::uint8_t take_red = static_cast<std::uint8_t>(GreyFrom::red);
constexpr std::uint8_t take_blue = static_cast<std::uint8_t>(GreyFrom::blue);

struct Masks {
  cv::Mat red_tint, red, strong_red, blue, dark;
};

/// What a row's pixels are; every test is made for every pixel, so that compilers make it SIMD.
struct MaskRows {
  std::uint8_t *red_tint, *red, *strong_red, *blue, *dark;

  void fill(const std::uint8_t* reds, const std::uint8_t* greens, const std::uint8_t* blues, int count) const {
    const auto mark = [](bool is) { return static_cast<std::uint8_t>(is ? 255 : 0); };
    for (int x = 0; x < count; ++x) {
      const int r = reds[x];
      const int g = greens[x];
      const int b = blues[x];
      const bool is_red = (r - g >= faint_colour) & (r >= b + faint_colour / 3);
      const bool is_blue = !is_red & (b - std::min(r, g) >= 2 * faint_colour) & (b > r);
      red_tint[x] = mark((r - g >= tint) & (r > b));
      red[x] = mark(is_red);
      strong_red[x] = mark(is_red & (r - std::max(g, b) >= strong_colour));
      blue[x] = mark(is_blue);
      dark[x] = mark(!is_red & !is_blue & (std::max({r, g, b}) < 150));
    }
  }
};

Masks colour_masks(const cv::Mat& page) {
  Masks masks;
  for (auto* mask : {&masks.red_tint, &masks.red, &masks.strong_red, &masks.blue, &masks.dark}) {
    mask->create(page.size(), CV_8U);
  }
  std::array<cv::Mat, 3> channels;
  cv::split(page, channels.data());
  for (int y = 0; y < page.rows; ++y) {
    const MaskRows rows{masks.red_tint.ptr(y), masks.red.ptr(y), masks.strong_red.ptr(y), masks.blue.ptr(y),
                        masks.dark.ptr(y)};
    rows.fill(channels[0].ptr(y), channels[1].ptr(y), channels[2].ptr(y), page.cols);
  }
  return masks;
}

/// Connected ink of a mask.
std::vector<Piece> pieces_of(const cv::Mat& mask) {
  Sheet sheet(mask.cols, mask.rows, 1);
  auto ink = sheet.mat();
  cv::bitwise_not(mask, ink);
  return dark_pieces(std::move(sheet).take(), {0, 0, mask.cols, mask.rows}, 0);
}

/// The one piece in `part` of a mask that reaches from side to side both ways; others that lie in its box are left out.
cv::Mat spanning(const cv::Mat& part) {
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int count = cv::connectedComponentsWithStats(part, labels, stats, centres, 8, CV_32S);
  for (int i = 1; i < count; ++i) {
    const auto* s = stats.ptr<int>(i);
    if (s[cv::CC_STAT_WIDTH] == part.cols && s[cv::CC_STAT_HEIGHT] == part.rows) return labels == i;
  }
  return cv::Mat::zeros(part.size(), CV_8U);
}

cv::Mat ellipse(double radius) {
  const int size = 2 * std::max(1, static_cast<int>(std::lround(radius))) + 1;
  return cv::getStructuringElement(cv::MORPH_ELLIPSE, {size, size});
}

/// Whether a piece is a frame no higher than type is, though it stands crooked: it encloses nearly a rectangle.
bool is_narrow_frame(const cv::Mat& piece, double mm) {
  constexpr double enclosed = 0.85;  // of the rectangle around it; an arc of a seal encloses next to nothing
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(piece.clone(), contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  if (contours.size() != 1) return false;
  const auto around = cv::minAreaRect(contours.front()).size;
  return std::min(around.width, around.height) < structure_mm * mm &&
         cv::contourArea(contours.front()) > enclosed * around.area();
}

enum class NarrowFrames { stay, go };

/// Connected strokes too big for type, with what they enclose where they are no larger than a stamp.
cv::Mat structures(const cv::Mat& mask, double mm, NarrowFrames narrow) {
  cv::Mat taken(mask.size(), CV_8U, cv::Scalar(0));
  for (const auto& piece : pieces_of(mask)) {
    const cv::Rect box(piece.box.x, piece.box.y, piece.box.width, piece.box.height);
    if (std::min(box.width, box.height) < structure_mm * mm) continue;
    const cv::Mat own = spanning(mask(box));
    if (narrow == NarrowFrames::stay && is_narrow_frame(own, mm)) continue;
    if (std::max(box.width, box.height) > largest_frame_mm * mm) {
      taken(box) |= own;
      continue;
    }
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(own.clone(), contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
    cv::Mat target = taken(box);
    cv::drawContours(target, contours, -1, cv::Scalar(255), cv::FILLED);
  }
  return taken;
}

/// Lines of type among strong ink.
cv::Mat lines_of_type(const cv::Mat& strong, double mm) {
  cv::Mat lines(strong.size(), CV_8U, cv::Scalar(0));
  if (cv::countNonZero(strong) == 0) return lines;
  cv::Mat joined;
  const auto bridge =
      cv::getStructuringElement(cv::MORPH_RECT, {2 * std::max(1, static_cast<int>(std::lround(1.2 * mm))) + 1, 1});
  cv::morphologyEx(strong, joined, cv::MORPH_CLOSE, bridge);
  for (const auto& piece : pieces_of(joined)) {
    const cv::Rect box(piece.box.x, piece.box.y, piece.box.width, piece.box.height);
    const double height = box.height / mm;
    const double width = box.width / mm;
    // "KHẨN" and "MẬT" are stamped in frames of 8 mm by up to 40 (Decree 30/2020, annex I), which stand a little
    // crooked.
    if (height < 1.5 || width < 1.7 * height || width < 6) continue;
    if (height > structure_mm && !is_narrow_frame(spanning(joined(box)), mm)) continue;
    const double fill = static_cast<double>(cv::countNonZero(strong(box))) / box.area();
    if (fill < 0.12 || fill > 0.8) continue;  // a hairline or a solid bar is no type
    lines(box).setTo(255);
  }
  cv::Mat grown;
  cv::dilate(lines, grown, ellipse(0.5 * mm));
  return grown;
}

/// The level of a channel from which on a colour's ink counts as paper: the 25th percentile over the ink that has no
/// black in it.
std::uint8_t ink_level(const cv::Mat& page, const cv::Mat& mask, int channel) {
  std::array<int, 256> histogram{};
  int count = 0;
  for (int y = 0; y < page.rows; ++y) {
    const auto* pixel = page.ptr<std::uint8_t>(y);
    const auto* marked = mask.ptr<std::uint8_t>(y);
    for (int x = 0; x < page.cols; ++x, pixel += 3) {
      if (marked[x] == 0 || pixel[channel] < 110) continue;
      ++histogram[pixel[channel]];
      ++count;
    }
  }
  int left = count / 4;
  for (int level = 0; level < 256 && count > 0; ++level) {
    left -= histogram[static_cast<std::size_t>(level)];
    if (left < 0) return static_cast<std::uint8_t>(std::min(level, brightest_ink));
  }
  return 255;
}

PixelRect box_of(const Ring& ring, cv::Size size) {
  const auto side = static_cast<std::int32_t>(2 * ring.radius) + 1;
  const PixelRect box{static_cast<std::int32_t>(ring.center.x - ring.radius),
                      static_cast<std::int32_t>(ring.center.y - ring.radius), side, side};
  return intersection(box, {0, 0, size.width, size.height});
}

/// Up to `most` seals, each blotted out of `mask` once found; their discs are added to `discs`.
std::vector<Seal> take_seals(cv::Mat mask, double mm, RingSearch search, int most, cv::Mat discs) {
  std::vector<Seal> seals;
  for (int i = 0; i < most; ++i) {
    const auto ring = find_ring(to_raster(mask), search);
    if (!ring) break;
    const cv::Point centre(static_cast<int>(std::lround(ring->center.x)),
                           static_cast<int>(std::lround(ring->center.y)));
    const int radius = static_cast<int>(std::lround(ring->radius + 1.5 * mm));
    cv::circle(discs, centre, radius, cv::Scalar(255), cv::FILLED);
    cv::circle(mask, centre, radius + static_cast<int>(2 * mm), cv::Scalar(0), cv::FILLED);
    seals.push_back({box_of(*ring, mask.size()), ring->coverage});
  }
  return seals;
}

// Of a circle's directions, met by seals and by the circles that type and codes happen to cover.
constexpr float pale_rim = 0.66F;   // broken rims; type covers up to .82
constexpr float whole_rim = 0.9F;   // no type covers more; codes of squares cover all
constexpr double pale_edge = 0.45;  // paper beyond the ink: seals .46 and more, type up to .41
constexpr double whole_edge = 0.37;

/// In how many directions a circle is inked and has paper beyond, 0..1.
double edge_of_paper(const cv::Mat& ink, const Ring& ring, double mm) {
  constexpr int directions = 360;
  constexpr double nearest_mm = 1.2, farthest_mm = 2.6;  // beyond a rim's width, before the next line of type
  int met = 0;
  for (int i = 0; i < directions; ++i) {
    const double angle = 2 * CV_PI * i / directions;
    const auto inked = [&](double radius) {
      for (const double r : {radius, radius - 1, radius + 1}) {
        const auto x = static_cast<int>(std::lround(ring.center.x + r * std::cos(angle)));
        const auto y = static_cast<int>(std::lround(ring.center.y + r * std::sin(angle)));
        if (x >= 0 && y >= 0 && x < ink.cols && y < ink.rows && ink.at<std::uint8_t>(y, x) != 0) return true;
      }
      return false;
    };
    bool edge = inked(ring.radius);
    for (double off = nearest_mm * mm; edge && off < farthest_mm * mm; off += 1) edge = !inked(ring.radius + off);
    met += edge ? 1 : 0;
  }
  return static_cast<double>(met) / directions;
}

bool is_seal(const cv::Mat& page, const cv::Mat& ink, const Ring& rim, const Ring& whole, double mm) {
  constexpr double solid = 0.5, code = 0.41;  // of ink: seals are lines and letters, photographs and bars have more
  const auto box = box_of(whole, page.size());
  const cv::Mat within = page(cv::Rect(box.x, box.y, box.width, box.height)) < 128;
  const double filled = static_cast<double>(cv::countNonZero(within)) / static_cast<double>(within.total());
  const double edge = std::max(edge_of_paper(ink, rim, mm), edge_of_paper(ink, whole, mm));
  if (filled > solid) return false;
  return edge > pale_edge || (rim.coverage > whole_rim && (edge > whole_edge || filled < code));
}

}  // namespace

InkMap separate_inks(const Raster& page_raster, Dpi dpi) {
  const auto page = view(page_raster);
  const double mm = dpi.value / 25.4;
  const auto masks = colour_masks(page);
  const int red = cv::countNonZero(masks.red);
  const int blue = cv::countNonZero(masks.blue);
  InkMap map;
  map.coloured_part = static_cast<double>(red + blue) / static_cast<double>(page.total());
  const int least = static_cast<int>(4 * mm * mm);  // less colour than 2 x 2 mm is dust
  if (red < least && blue < least) return map;

  cv::Mat discs(page.size(), CV_8U, cv::Scalar(0));
  cv::Mat labels(page.size(), CV_8U, cv::Scalar(0));
  if (red >= least) {
    const RingSearch rings{least_seal_mm * mm, greatest_seal_mm * mm, 0.66F};
    map.seals = take_seals(masks.red.clone(), mm, rings, 3, discs);
    if (map.seals.empty()) {
      map.seals = take_seals(masks.red_tint.clone(), mm, rings, 1, discs);
      for (auto& seal : map.seals) seal.confidence *= 0.8F;
    }
    const cv::Mat big = structures(masks.red, mm, NarrowFrames::stay) | discs;
    const cv::Mat lines = lines_of_type(masks.strong_red & ~big, mm);
    cv::Mat gone = (masks.red | big) & ~(lines & ~big);
    cv::dilate(gone, gone, ellipse(0.5 * mm));
    labels.setTo(take_red, gone);
    map.red_level = ink_level(page, masks.red, 0);
  }
  if (blue >= least) {
    cv::Mat blue_discs(page.size(), CV_8U, cv::Scalar(0));
    const RingSearch rings{least_seal_mm * mm, greatest_seal_mm * mm, 0.75F};
    auto seals = take_seals(masks.blue.clone(), mm, rings, 2, blue_discs);
    map.seals.insert(map.seals.end(), seals.begin(), seals.end());
    // A signature is one stroke also where it crosses black type. Bridged through black only, lines of blue type stay
    // apart.
    cv::Mat bridged;
    cv::morphologyEx(masks.blue, bridged, cv::MORPH_CLOSE, ellipse(1.2 * mm));
    cv::Mat gone = structures(masks.blue | (bridged & masks.dark), mm, NarrowFrames::go) | blue_discs;
    cv::dilate(gone, gone, ellipse(0.5 * mm));
    cv::bitwise_or(labels, cv::Scalar(take_blue), labels, gone);
    map.blue_level = ink_level(page, masks.blue, 2);
  }
  if (cv::countNonZero(labels) > 0) map.grey_from = to_raster(labels);
  return map;
}

std::optional<BlackSeal> find_black_seal(const Raster& grey, Dpi dpi) {
  constexpr int most_sought = 2;  // what looks like a ring and is none (a code of squares) may hide the seal
  const double mm = dpi.value / 25.4;
  const auto page = view(grey);
  // A pale imprint's rim is broken to dots, or grey, so that it is light once shrunk.
  cv::Mat ink = page < 235;
  const RingSearch search{least_seal_mm * mm, greatest_seal_mm * mm, pale_rim};
  for (int i = 0; i < most_sought; ++i) {
    const auto mask = to_raster(ink);
    const auto rim = best_ring(mask, search);
    if (!rim) return std::nullopt;
    const auto whole = outermost_ring(mask, *rim, search);
    if (is_seal(page, ink, *rim, whole, mm))
      return BlackSeal{*rim, {box_of(whole, page.size()), 0.5F * whole.coverage}};
    if (rim->coverage < whole_rim) return std::nullopt;
    cv::circle(ink, {static_cast<int>(rim->center.x), static_cast<int>(rim->center.y)},
               static_cast<int>(rim->radius + 2 * mm), cv::Scalar(0), cv::FILLED);
  }
  return std::nullopt;
}

}  // namespace sohoa::imaging
