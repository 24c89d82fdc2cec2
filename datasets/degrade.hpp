#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "datasets/random.hpp"
#include "datasets/truth.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::datasets {

// What paper and scanner do to a page. Each is a pure function of its arguments; those that move ink also say where to.

/// A page whose pixels have moved by `matrix` (pixel edges are whole numbers, as in PixelRect).
struct Moved {
  Raster pixels;
  Matrix matrix;
};

/// Paper of another colour than white: `strength` 0..1, 1 being an old brown sheet.
Raster yellowed(const Raster& page, double strength, Random random);
/// The back's print shining through, mirrored: `strength` 0..1.
Raster bled_through(const Raster& page, const Raster& back, double strength);
/// Two round holes near the left edge, dark as the lid behind them.
Raster punched(const Raster& page, double dpi, Random random);
/// A staple at the top left with its shadow.
Raster stapled(const Raster& page, double dpi, Random random);
/// Light that falls off across the page and a dark band along one edge: `strength` is the share of light lost there.
Raster shaded(const Raster& page, double strength, Random random);
/// Turned by `degrees` around the middle, lines running downhill where positive; what was outside is `fill` (0..255).
Moved skewed(const Raster& page, double degrees, int fill);
/// `left` pixels (right where negative) and `top` pixels (bottom where negative) cut away.
Moved cut(const Raster& page, int left, int top);
/// Sampled again at `factor` of the resolution.
Moved resampled(const Raster& page, double factor);
/// By 90, 180 or 270 degrees clockwise.
Moved turned(const Raster& page, int degrees);
/// Out of focus: `sigma` in pixels.
Raster blurred(const Raster& page, double sigma);
/// Gaussian sensor noise, `sigma` in grey levels.
Raster noisy(const Raster& page, double sigma, Random random);
/// Dust: `count` dark and light specks of up to `radius` pixels.
Raster specked(const Raster& page, int count, double radius, Random random);
/// Coded and decoded as JPEG of `quality`.
Raster through_jpeg(const Raster& page, int quality);
/// One channel.
Raster grey(const Raster& page);
/// One channel of 0 and 255: darker than `threshold` is black.
Raster bilevel(const Raster& page, int threshold);

/// How a set of pages is treated.
enum class Stratum : std::uint8_t { clean, degraded, poor, seal, turned, bilevel };
[[nodiscard]] std::string_view name_of(Stratum stratum);
[[nodiscard]] std::optional<Stratum> stratum_of(std::string_view name);

/// Where a scan's choices come from.
struct ScanRandom {
  Random document;  ///< paper and scanner settings: alike for all pages of a document
  Random page;      ///< what differs from page to page
};

/// Draws the steps of `stratum` and applies them in the order of a scan (paper, light, optics, sensor, coding), writing
/// each with its parameters into `truth` and moving the truth with the pixels. `back` is what shines through.
[[nodiscard]] Raster degrade(Raster page, const Raster& back, Stratum stratum, TruePage& truth, ScanRandom random);

}  // namespace sohoa::datasets
