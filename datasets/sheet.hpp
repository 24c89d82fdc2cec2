#pragma once

#include <string>
#include <vector>

#include "datasets/cairo_handles.hpp"
#include "datasets/random.hpp"
#include "datasets/truth.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::datasets {

struct Ink {
  double red = 0;
  double green = 0;
  double blue = 0;  ///< 0..1 each
};

/// White paper to draw on, in points. Whatever is drawn answers with its outline in pixels. One thread.
class Sheet {
 public:
  explicit Sheet(double dpi);

  [[nodiscard]] cairo_t* context() const { return context_.get(); }
  [[nodiscard]] double dpi() const { return dpi_; }

  /// Fills the word's glyph outlines (exact places, where cairo's own glyph drawing rounds to whole pixels).
  std::vector<Point> text(const std::string& utf8, Point baseline, const std::string& family, const TextStyle& style,
                          Ink ink);
  /// Strokes the current path with round ends and forgets it.
  std::vector<Point> stroke(double width, Ink ink);
  /// Writes digits and '/' as a pen would, `height` points tall, fitted into `width`.
  std::vector<Point> pen(const std::string& digits, Point baseline, Point size, Ink ink, Random& random);
  void rule(const PlacedRule& rule, Ink ink);

  /// The points where the current path lies, in pixels; `reach` points around it for a stroke's width.
  [[nodiscard]] std::vector<Point> path_points(double reach) const;
  [[nodiscard]] Raster take();

 private:
  double dpi_;
  CairoSurface surface_;
  CairoContext context_;
};

/// A smooth curve through the points (Catmull-Rom), added to the current path.
void add_curve(cairo_t* context, const std::vector<Point>& points);

}  // namespace sohoa::datasets
