#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "datasets/document.hpp"
#include "datasets/typeset.hpp"
#include "pipeline/base/units.hpp"

namespace sohoa::datasets {

// Points are pixels of the page's image, origin at its top left corner, y down.

/// Where ink lies: the corners of its convex outline. Kept as an outline, so that its box stays exact when the page is
/// turned.
using Outline = std::vector<Point>;

/// The smallest pixel rectangle around an outline.
[[nodiscard]] PixelRect box_of(const Outline& outline);
/// The convex hull of `points` (Andrew's monotone chain).
[[nodiscard]] Outline hull_of(std::vector<Point> points);

struct TrueWord {
  std::string text;
  Outline outline;
  bool by_pen = false;
};
struct TrueLine {
  std::vector<TrueWord> words;
  Point baseline_start;
  Point baseline_end;
};
struct TrueBlock {
  BlockKind kind = BlockKind::body;
  std::vector<TrueLine> lines;
};
/// Ink that is no text of the document: "seal", "signature", "stamp".
struct TrueMark {
  std::string kind;
  Outline outline;
};
/// A step that made the page worse, with its parameters by name.
struct AppliedStep {
  std::string name;
  std::vector<std::pair<std::string, double>> parameters;
};

struct TruePage {
  std::int32_t width = 0;
  std::int32_t height = 0;
  double dpi = 300;
  double skew_degrees = 0;  ///< positive: lines run downhill, to be put right by turning counter-clockwise
  int turned_degrees = 0;   ///< 0, 90, 180, 270: clockwise from upright
  std::vector<TrueBlock> blocks;
  std::vector<TrueMark> marks;
  std::vector<AppliedStep> steps;
};

/// Every point moved by `matrix`; the page then has the new size.
void move(TruePage& page, const Matrix& matrix, std::int32_t width, std::int32_t height);

/// The page's text by the conventions of the gold texts: lines as printed, a blank line between blocks, stamps last,
/// each under "[stamp]".
[[nodiscard]] std::string ground_truth_text(const TruePage& page);

/// What the truth file says of one document.
struct TrueDocument {
  std::string name;
  std::uint64_t seed = 0;
  std::string stratum;
  std::string font;
  bool number_by_pen = false;
  bool day_by_pen = false;
  std::vector<std::string> files;  ///< of each page; the same one for all pages of a PDF or TIFF
  std::vector<std::string> gt_files;
  std::vector<TruePage> pages;
};

/// The truth file: JSON, fields named as in the gold's fields.jsonl.
[[nodiscard]] std::string truth_json(const TrueDocument& truth, const DocumentText& text);

}  // namespace sohoa::datasets
