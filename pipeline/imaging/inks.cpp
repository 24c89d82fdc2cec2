// Method: on the page at about 75 dpi, where scanner noise, JPEG chroma blocks and colour fringes of black type are
// averaged away, a pixel is red where R exceeds G and B by 24 levels or more, blue (or violet) where B exceeds R. Black
// under red ink stays black in the R channel and red ink turns into paper there, so "taking red away" means reading the
// R channel; likewise B for blue. What is taken away is decided by shape, because the two inks are used differently on
// Vietnamese papers:
//   red   is seal ink: goes, unless it forms lines of type (strong, 1.5 to 9 mm high, at least twice as long) outside
//   seals and stamps; blue  is pen ink, and pen-written numbers and dates are text: stays, unless one connected stroke
//   is at least 11 mm in both
//         directions: a signature, a seal, a stamp's frame. Frames up to 75 mm take with them what they enclose; a
//         larger one (a printed border, a form's grid) goes alone.
// A mistake costs little where text is black: R, B and luma agree there within some levels.
// Typical: 2 ms without colour, 5 to 15 ms with a seal. Seals are rings of 9 to 24 mm radius (offices 30-42 mm wide).

#include "pipeline/imaging/inks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "pipeline/imaging/find_ring.hpp"
#include "pipeline/imaging/mat.hpp"

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

Masks colour_masks(const cv::Mat& page) {
  Masks masks;
  for (auto* mask : {&masks.red_tint, &masks.red, &masks.strong_red, &masks.blue, &masks.dark}) {
    *mask = cv::Mat(page.size(), CV_8U, cv::Scalar(0));
  }
  for (int y = 0; y < page.rows; ++y) {
    const auto* pixel = page.ptr<std::uint8_t>(y);
    for (int x = 0; x < page.cols; ++x, pixel += 3) {
      const int r = pixel[0];
      const int g = pixel[1];
      const int b = pixel[2];
      if (r - g >= tint && r > b) masks.red_tint.at<std::uint8_t>(y, x) = 255;
      if (r - g >= faint_colour && r >= b + faint_colour / 3) {
        masks.red.at<std::uint8_t>(y, x) = 255;
        if (r - std::max(g, b) >= strong_colour) masks.strong_red.at<std::uint8_t>(y, x) = 255;
      } else if (b - std::min(r, g) >= 2 * faint_colour && b > r) {
        masks.blue.at<std::uint8_t>(y, x) = 255;
      } else if (std::max({r, g, b}) < 150) {
        masks.dark.at<std::uint8_t>(y, x) = 255;
      }
    }
  }
  return masks;
}

struct Component {
  cv::Rect box;
  int area;
};

/// Connected ink; labels 1.. belong to components[0..].
std::vector<Component> components(const cv::Mat& mask, cv::Mat& labels) {
  cv::Mat stats;
  cv::Mat centres;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  std::vector<Component> found;
  for (int i = 1; i < count; ++i) {
    const auto* s = stats.ptr<int>(i);
    found.push_back(
        {{s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]}, s[cv::CC_STAT_AREA]});
  }
  return found;
}

cv::Mat ellipse(double radius) {
  const int size = 2 * std::max(1, static_cast<int>(std::lround(radius))) + 1;
  return cv::getStructuringElement(cv::MORPH_ELLIPSE, {size, size});
}

/// Connected strokes too big for type, with what they enclose where they are no larger than a stamp.
cv::Mat structures(const cv::Mat& mask, double mm) {
  cv::Mat labels;
  cv::Mat taken(mask.size(), CV_8U, cv::Scalar(0));
  const auto found = components(mask, labels);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto& box = found[i].box;
    if (std::min(box.width, box.height) < structure_mm * mm) continue;
    const cv::Mat own = labels(box) == static_cast<int>(i) + 1;
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
  cv::Mat joined;
  const auto bridge =
      cv::getStructuringElement(cv::MORPH_RECT, {2 * std::max(1, static_cast<int>(std::lround(1.2 * mm))) + 1, 1});
  cv::morphologyEx(strong, joined, cv::MORPH_CLOSE, bridge);
  cv::Mat labels;
  const auto found = components(joined, labels);
  cv::Mat lines(strong.size(), CV_8U, cv::Scalar(0));
  for (const auto& [box, area] : found) {
    const double height = box.height / mm;
    const double width = box.width / mm;
    if (height < 1.5 || height > 9 || width < 2 * height || width < 6) continue;
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
  const PixelRect box{static_cast<std::int32_t>(ring.center.x - ring.radius),
                      static_cast<std::int32_t>(ring.center.y - ring.radius),
                      static_cast<std::int32_t>(2 * ring.radius) + 1, static_cast<std::int32_t>(2 * ring.radius) + 1};
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
    const cv::Mat big = structures(masks.red, mm) | discs;
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
    cv::Mat gone = structures(masks.blue | (bridged & masks.dark), mm) | blue_discs;
    cv::dilate(gone, gone, ellipse(0.5 * mm));
    cv::bitwise_or(labels, cv::Scalar(take_blue), labels, gone);
    map.blue_level = ink_level(page, masks.blue, 2);
  }
  if (cv::countNonZero(labels) > 0) map.grey_from = to_raster(labels);
  return map;
}

std::vector<Seal> find_black_seals(const Raster& grey, Dpi dpi) {
  constexpr double solid = 0.5;  // seals are lines and letters: 20 to 40 % ink; photographs and bars have more
  const double mm = dpi.value / 25.4;
  cv::Mat mask;
  cv::threshold(view(grey), mask, 128, 255, cv::THRESH_BINARY_INV);
  cv::Mat discs(mask.size(), CV_8U, cv::Scalar(0));
  auto seals = take_seals(mask.clone(), mm, {least_seal_mm * mm, greatest_seal_mm * mm, 0.9F}, 1, discs);
  std::erase_if(seals, [&](const Seal& seal) {
    const cv::Rect box(seal.box.x, seal.box.y, seal.box.width, seal.box.height);
    return cv::countNonZero(mask(box)) > solid * box.area();
  });
  for (auto& seal : seals) seal.confidence *= 0.5F;
  return seals;
}

}  // namespace sohoa::imaging
