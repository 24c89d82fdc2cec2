// Each degradation on its own. Pixels are 8 bit; light is multiplied, not added, for that is what paper colour and
// shadows do. Typical values: skew within 3 degrees, blur 0.5-1.2 px at 300 dpi, noise 3-12 levels, JPEG quality 35-90.
// OpenCV does the resampling and coding; its pixel centres are whole numbers, ours lie at halves, so affine maps are
// shifted by half a pixel before they are handed over.

#include "datasets/degrade.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <functional>
#include <numbers>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace sohoa::datasets {
namespace {

/// The raster's pixels as OpenCV sees them; MUST NOT be written to.
cv::Mat view_of(const Raster& raster) {
  return {raster.height(), raster.width(), raster.channels() == 3 ? CV_8UC3 : CV_8UC1,
          const_cast<std::uint8_t*>(raster.row(0)), static_cast<std::size_t>(raster.stride())};
}

Raster raster_of(const cv::Mat& image) {
  assert(image.isContinuous());
  return {image.cols, image.rows, image.channels(), std::vector<std::uint8_t>(image.datastart, image.dataend)};
}

std::uint8_t clamped(double value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
}

/// A smooth field over the page, from a function of x, y in 0..1: made small, blown up.
cv::Mat field(const Raster& page, const std::function<double(double, double)>& value) {
  constexpr int cells = 64;
  cv::Mat small(cells, cells, CV_32F);
  for (int y = 0; y < cells; ++y) {
    for (int x = 0; x < cells; ++x)
      small.at<float>(y, x) = static_cast<float>(value(x / (cells - 1.0), y / (cells - 1.0)));
  }
  cv::Mat full;
  cv::resize(small, full, {page.width(), page.height()}, 0, 0, cv::INTER_LINEAR);
  return full;
}

/// Every channel of every pixel times the field, with a weight of each channel on the field's departure from 1.
Raster lit(const Raster& page, const cv::Mat& light, const std::array<double, 3>& weights) {
  cv::Mat result = view_of(page).clone();
  const int channels = page.channels();
  for (int y = 0; y < result.rows; ++y) {
    auto* pixel = result.ptr<std::uint8_t>(y);
    const auto* at = light.ptr<float>(y);
    for (int x = 0; x < result.cols; ++x) {
      const double loss = 1.0 - static_cast<double>(at[x]);
      for (int c = 0; c < channels; ++c, ++pixel)
        *pixel = clamped(*pixel * (1.0 - loss * weights[static_cast<std::size_t>(c)]));
    }
  }
  return raster_of(result);
}

constexpr std::array<double, 3> all_alike = {1, 1, 1};

/// Normal deviates, 4096 of them, so that noise costs a table look-up a sample.
const std::array<float, 4096>& deviates() {
  static const auto table = [] {
    std::array<float, 4096> values{};
    Random random(20);
    for (auto& value : values) value = static_cast<float>(random.normal(0, 1));
    return values;
  }();
  return table;
}

}  // namespace

Raster yellowed(const Raster& page, double strength, Random random) {
  std::array<double, 6> phase;
  for (auto& p : phase) p = random.uniform(0, 2 * std::numbers::pi);
  const auto light = field(page, [&](double x, double y) {
    const double blotch = std::sin(5 * x + phase[0]) * std::sin(4 * y + phase[1]) +
                          std::sin(11 * x + phase[2]) * std::sin(9 * y + phase[3]);
    return 1.0 - strength * (0.85 + 0.1 * blotch);
  });
  return lit(page, light, {0.10, 0.22, 0.55});  // blue suffers most: that is what yellow is
}

Raster bled_through(const Raster& page, const Raster& back, double strength) {
  cv::Mat shine;
  cv::resize(view_of(back), shine, {page.width(), page.height()}, 0, 0, cv::INTER_AREA);
  cv::flip(shine, shine, 1);
  cv::GaussianBlur(shine, shine, {0, 0}, 2.2);
  cv::Mat result = view_of(page).clone();
  auto* to = result.ptr<std::uint8_t>();
  const auto* from = shine.ptr<std::uint8_t>();
  const auto count = static_cast<std::size_t>(page.stride() * page.height());
  for (std::size_t i = 0; i < count; ++i) to[i] = clamped(to[i] * (1 - strength * (255 - from[i]) / 255.0));
  return raster_of(result);
}

Raster punched(const Raster& page, double dpi, Random random) {
  cv::Mat result = view_of(page).clone();
  const double mm = dpi / 25.4;
  const double x = random.uniform(8, 11) * mm;
  const double middle = page.height() * random.uniform(0.47, 0.53);
  const double dark = random.uniform(20, 90);
  for (const double side : {-40.0, 40.0}) {  // ISO 838: two holes of 6 mm, 80 mm apart
    const cv::Point center(static_cast<int>(x), static_cast<int>(middle + side * mm));
    cv::circle(result, center, static_cast<int>(3.1 * mm), cv::Scalar::all(205), cv::FILLED, cv::LINE_AA);
    cv::circle(result, center, static_cast<int>(2.9 * mm), cv::Scalar::all(dark), cv::FILLED, cv::LINE_AA);
  }
  return raster_of(result);
}

Raster stapled(const Raster& page, double dpi, Random random) {
  cv::Mat result = view_of(page).clone();
  const double mm = dpi / 25.4;
  const double angle = random.uniform(-0.9, -0.4);
  const cv::Point2d from(random.uniform(6, 9) * mm, random.uniform(13, 16) * mm);
  const cv::Point2d to = from + cv::Point2d(std::cos(angle), std::sin(angle)) * 11.0 * mm;
  const cv::Point2d shadow(0.35 * mm, 0.5 * mm);
  cv::line(result, from + shadow, to + shadow, cv::Scalar::all(190), static_cast<int>(0.8 * mm), cv::LINE_AA);
  cv::line(result, from, to, cv::Scalar::all(95), std::max(1, static_cast<int>(0.45 * mm)), cv::LINE_AA);
  return raster_of(result);
}

Raster shaded(const Raster& page, double strength, Random random) {
  const double direction = random.uniform(0, 2 * std::numbers::pi);
  const bool band_left = random.chance(0.5);
  const double reach = random.uniform(0.06, 0.16);
  const auto light = field(page, [&](double x, double y) {
    const double along = (std::cos(direction) * (x - 0.5) + std::sin(direction) * (y - 0.5)) / 0.71;  // -1..1
    const double from_edge = band_left ? x : 1 - x;
    const double band = std::exp(-from_edge / reach);
    return 1.0 - strength * (0.35 * (along + 1) / 2 + 0.65 * band);
  });
  return lit(page, light, all_alike);
}

Moved skewed(const Raster& page, double degrees, int fill) {
  const double radians = degrees * std::numbers::pi / 180;
  const double c = std::cos(radians), s = std::sin(radians);
  const double x = page.width() / 2.0, y = page.height() / 2.0;
  const Matrix turn{c, s, -s, c, x - c * x + s * y, y - s * x - c * y};
  const Matrix centres = then(then(Matrix{1, 0, 0, 1, 0.5, 0.5}, turn), Matrix{1, 0, 0, 1, -0.5, -0.5});
  const cv::Matx23d map(centres.a, centres.c, centres.e, centres.b, centres.d, centres.f);
  cv::Mat result;
  cv::warpAffine(view_of(page), result, map, {page.width(), page.height()}, cv::INTER_CUBIC, cv::BORDER_CONSTANT,
                 cv::Scalar::all(fill));
  return {raster_of(result), turn};
}

Moved cut(const Raster& page, int left, int top) {
  const cv::Rect kept(std::max(0, left), std::max(0, top), page.width() - std::abs(left),
                      page.height() - std::abs(top));
  return {raster_of(view_of(page)(kept).clone()), Matrix{1, 0, 0, 1, -kept.x * 1.0, -kept.y * 1.0}};
}

Moved resampled(const Raster& page, double factor) {
  const int width = static_cast<int>(std::lround(page.width() * factor));
  const int height = static_cast<int>(std::lround(page.height() * factor));
  cv::Mat result;
  cv::resize(view_of(page), result, {width, height}, 0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return {raster_of(result), Matrix{width * 1.0 / page.width(), 0, 0, height * 1.0 / page.height(), 0, 0}};
}

Moved turned(const Raster& page, int degrees) {
  const double width = page.width(), height = page.height();
  cv::Mat result;
  if (degrees == 90) {
    cv::rotate(view_of(page), result, cv::ROTATE_90_CLOCKWISE);
    return {raster_of(result), Matrix{0, 1, -1, 0, height, 0}};
  }
  if (degrees == 180) {
    cv::rotate(view_of(page), result, cv::ROTATE_180);
    return {raster_of(result), Matrix{-1, 0, 0, -1, width, height}};
  }
  assert(degrees == 270);
  cv::rotate(view_of(page), result, cv::ROTATE_90_COUNTERCLOCKWISE);
  return {raster_of(result), Matrix{0, -1, 1, 0, 0, width}};
}

Raster blurred(const Raster& page, double sigma) {
  cv::Mat result;
  cv::GaussianBlur(view_of(page), result, {0, 0}, sigma);
  return raster_of(result);
}

Raster noisy(const Raster& page, double sigma, Random random) {
  cv::Mat result = view_of(page).clone();
  const auto& table = deviates();
  auto* pixel = result.ptr<std::uint8_t>();
  const auto count = static_cast<std::size_t>(page.stride() * page.height());
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 5 == 0) bits = random.next();  // 12 bits a sample
    pixel[i] = clamped(pixel[i] + sigma * static_cast<double>(table[bits & 4095]) + 0.5);
    bits >>= 12;
  }
  return raster_of(result);
}

Raster specked(const Raster& page, int count, double radius, Random random) {
  cv::Mat result = view_of(page).clone();
  for (int i = 0; i < count; ++i) {
    const cv::Point at(random.between(0, page.width() - 1), random.between(0, page.height() - 1));
    const double tone = random.chance(0.75) ? random.uniform(0, 120) : 255;
    cv::circle(result, at, static_cast<int>(std::lround(random.uniform(0, radius))), cv::Scalar::all(tone), cv::FILLED);
  }
  return raster_of(result);
}

Raster through_jpeg(const Raster& page, int quality) {
  std::vector<std::uint8_t> coded;
  cv::Mat image = view_of(page);
  if (page.channels() == 3) {
    cv::Mat swapped;
    cv::cvtColor(image, swapped, cv::COLOR_RGB2BGR);
    image = swapped;
  }
  cv::imencode(".jpg", image, coded, {cv::IMWRITE_JPEG_QUALITY, quality});
  cv::Mat decoded = cv::imdecode(coded, page.channels() == 3 ? cv::IMREAD_COLOR : cv::IMREAD_GRAYSCALE);
  if (page.channels() == 3) cv::cvtColor(decoded, decoded, cv::COLOR_BGR2RGB);
  return raster_of(decoded);
}

Raster grey(const Raster& page) {
  if (page.channels() == 1) return page;
  cv::Mat result;
  cv::cvtColor(view_of(page), result, cv::COLOR_RGB2GRAY);
  return raster_of(result);
}

Raster bilevel(const Raster& page, int threshold) {
  cv::Mat result;
  cv::threshold(view_of(grey(page)), result, threshold - 1, 255, cv::THRESH_BINARY);
  return raster_of(result);
}

}  // namespace sohoa::datasets
