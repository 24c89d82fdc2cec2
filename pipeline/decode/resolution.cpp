// Resolution of a picture that comes without a PDF page around it.
//
// Cameras, phones and screen programs write 72 or 96 dpi into everything, or nothing. A stated value is believed when
// it lies in 50..1200, its two directions differ by no more than fax does (204 x 98), and the page would not be absurd:
// a default of up to 100 dpi on something longer than 17 inches (A3's long side), or anything longer than A0 (46.8
// inches). Else the picture is taken for a sheet of paper: A4 if the sides are as A-sizes' (1.414 within 4 %), or A5 or
// A3 where these hit a scanner's usual step and A4 does not; letter for 1.294; any other shape for something as long as
// A4. Typical: 2480 x 3508 -> 300 (A4); 1240 x 1754 -> 150; 1748 x 2480 -> 300 (A5: A4 would give 212).

#include "pipeline/decode/resolution.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace sohoa::decode {
namespace {

constexpr double a4 = 11.69, a5 = 8.27, a3 = 16.54, letter = 11.0;  // long sides in inches
constexpr double longest_paper = 46.9;                              // A0 in inches
constexpr double least = 50, most = 1200;                           // dpi that scanners have

bool usual(double dpi, double tolerance) {
  constexpr std::array<double, 8> steps = {100, 150, 200, 240, 300, 400, 600, 1200};
  return std::any_of(steps.begin(), steps.end(), [&](double step) { return std::abs(dpi / step - 1) <= tolerance; });
}

double estimate(std::int32_t width, std::int32_t height) {
  const double longer = std::max(width, height);
  const double aspect = longer / std::min(width, height);
  double dpi = longer / a4;
  if (std::abs(aspect / 1.4142 - 1) <= 0.04) {
    if (!usual(dpi, 0.03)) {
      if (usual(longer / a5, 0.015))
        dpi = longer / a5;
      else if (usual(longer / a3, 0.015))
        dpi = longer / a3;
    }
  } else if (std::abs(aspect / 1.2941 - 1) <= 0.01 && usual(longer / letter, 0.015)) {
    dpi = longer / letter;
  }
  return std::clamp(std::round(dpi), 72.0, most);
}

std::string text_of(const char* format, double a, double b) {
  std::array<char, 96> text{};
  const int length = std::snprintf(text.data(), text.size(), format, a, b);
  return {text.data(), static_cast<std::size_t>(std::clamp(length, 0, static_cast<int>(text.size()) - 1))};
}

std::string why_not(std::int32_t width, std::int32_t height, double x, double y) {
  if (!(x > 0) || !(y > 0) || x <= 25.5 || y <= 25.5) return "none is stated";  // libvips gives 25.4 for none
  if (x < least || y < least || x > most || y > most) return text_of("%.0f x %.0f dpi cannot be true", x, y);
  if (x / y > 2.6 || y / x > 2.6) return text_of("%.0f x %.0f dpi cannot be true", x, y);
  const double inches = std::max(width / x, height / y);
  if (inches > longest_paper || (inches > 17 && std::max(x, y) <= 100)) {
    return text_of("%.0f dpi would make it %.0f inches long", std::max(x, y), inches);
  }
  return "";
}

}  // namespace

Resolution resolution_of(std::int32_t width, std::int32_t height, double stated_x, double stated_y) {
  auto reason = why_not(width, height, stated_x, stated_y);
  if (reason.empty()) return {stated_x, stated_y, false, {}};
  const double dpi = estimate(width, height);
  return {dpi, dpi, true, std::move(reason)};
}

}  // namespace sohoa::decode
