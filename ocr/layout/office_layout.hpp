#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ocr/layout/components.hpp"
#include "pipeline/base/units.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::ocr {

/// A text line, or a part of one between wide gaps or upright rules. Pixels of the page.
struct LayoutLine {
  PixelRect box;  ///< around its letters, marks and stops
  Point baseline_start;
  Point baseline_end;
  double x_height = 0;
  PixelRect crop;  ///< what is to be read, as high as a level line's ink and a margin, within the page

  /// A leaning line is read level: column x of the page stands in the crop this many pixels higher than on the page (as
  /// cut_line makes it): page y = y in the crop + crop.y + drop_at(x).
  [[nodiscard]] std::int32_t drop_at(std::int32_t x) const;
};

/// Whose ink is whose: runs of ink by rows; the owner is an index into the lines, or `no_line`.
struct InkMap {
  static constexpr std::int32_t no_line = -1;
  std::vector<layout::InkRun> runs;
  std::vector<std::uint32_t> row_runs;  ///< row y has the runs [row_runs[y], row_runs[y + 1])
  std::vector<layout::InkRun> rule_runs;
  std::vector<std::uint32_t> row_rule_runs;
};

struct OfficeLayout {
  std::vector<LayoutLine> lines;            ///< from the top; beside each other from the left
  std::vector<PixelRect> horizontal_rules;  ///< at least 8 mm long
  std::vector<PixelRect> vertical_rules;    ///< at least 6 mm long
  double confidence = 0;  ///< 0..1 that these are the page's lines; below `sure_layout` look at the page by other means
  std::string reason;     ///< why the confidence is low: "too many marks" ...
  InkMap ink;
};

inline constexpr double sure_layout = 0.5;

/// Finds the text lines of an office page: 8-bit grey, upright, level to about a degree, dark on white, 150 to 450 dpi.
/// `seals` are places where leftovers of seals are to be expected. Pure; at most 0.5 s, most pages 0.02 s.
[[nodiscard]] OfficeLayout lay_out(const Raster& page, Dpi dpi, const std::vector<PixelRect>& seals);

/// A copy of the line's crop with all ink that is not the line's painted white. `layout` is what lay_out gave for
/// `page`.
[[nodiscard]] Raster cut_line(const Raster& page, const OfficeLayout& layout, std::size_t line);

}  // namespace sohoa::ocr
