#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <tuple>

namespace sohoa {

/// A page's place in its source file, from 1.
struct PageNumber {
  std::uint32_t value = 1;
  auto operator<=>(const PageNumber&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.value); };
};

/// Pixels an inch; 72 points are an inch.
struct Dpi {
  double value = 0;
  auto operator<=>(const Dpi&) const = default;
  [[nodiscard]] double points(double pixels) const { return pixels * 72.0 / value; }
  [[nodiscard]] double pixels(double points) const { return points * value / 72.0; }
  static constexpr auto fields = [](auto& self) { return std::tie(self.value); };
};

/// Pixels; origin top left, y down; right() and bottom() are exclusive.
struct PixelRect {
  std::int32_t x = 0;
  std::int32_t y = 0;
  std::int32_t width = 0;
  std::int32_t height = 0;

  [[nodiscard]] std::int32_t right() const { return x + width; }
  [[nodiscard]] std::int32_t bottom() const { return y + height; }
  [[nodiscard]] double center_x() const { return x + width / 2.0; }
  [[nodiscard]] double center_y() const { return y + height / 2.0; }
  [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
  [[nodiscard]] std::int64_t area() const { return empty() ? 0 : std::int64_t{width} * height; }

  bool operator==(const PixelRect&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.x, self.y, self.width, self.height); };
};

[[nodiscard]] inline PixelRect intersection(const PixelRect& a, const PixelRect& b) {
  const auto x = std::max(a.x, b.x);
  const auto y = std::max(a.y, b.y);
  return {x, y, std::max(0, std::min(a.right(), b.right()) - x), std::max(0, std::min(a.bottom(), b.bottom()) - y)};
}

/// The smallest rectangle around both; an empty one adds nothing.
[[nodiscard]] inline PixelRect united(const PixelRect& a, const PixelRect& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  const auto x = std::min(a.x, b.x);
  const auto y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

/// Pixels, as PixelRect, with fractions.
struct Point {
  double x = 0;
  double y = 0;
  bool operator==(const Point&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.x, self.y); };
};

/// An affine map in PDF's order: x' = a x + c y + e, y' = b x + d y + f.
struct Matrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
  [[nodiscard]] Point operator()(Point p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
  bool operator==(const Matrix&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.a, self.b, self.c, self.d, self.e, self.f); };
};

/// First `first`, then `second`.
[[nodiscard]] inline Matrix then(const Matrix& first, const Matrix& second) {
  return {first.a * second.a + first.b * second.c,
          first.a * second.b + first.b * second.d,
          first.c * second.a + first.d * second.c,
          first.c * second.b + first.d * second.d,
          first.e * second.a + first.f * second.c + second.e,
          first.e * second.b + first.f * second.d + second.f};
}

/// How far a page is turned clockwise to stand upright.
enum class Turn : std::uint8_t { none = 0, clockwise_90 = 1, half = 2, clockwise_270 = 3 };

}  // namespace sohoa
