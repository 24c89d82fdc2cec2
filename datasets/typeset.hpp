#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "datasets/document.hpp"
#include "datasets/fonts.hpp"
#include "datasets/random.hpp"
#include "pipeline/base/units.hpp"

namespace sohoa::datasets {

// Lengths are points (1/72 inch), origin at the page's top left, y down, unless a name says millimetres.

inline constexpr double points_per_mm = 72.0 / 25.4;
inline constexpr double page_width = 210 * points_per_mm;  ///< A4
inline constexpr double page_height = 297 * points_per_mm;

inline constexpr double incoming_stamp_width = 112;
inline constexpr double incoming_stamp_height = 60;
inline constexpr double urgency_stamp_height = 24;

/// How one office sets its documents; drawn once a document.
struct PageStyle {
  std::string family = "Liberation Serif";
  double body_size = 14;
  double line_pitch = 17;  ///< baseline to baseline
  double paragraph_gap = 4;
  double indent = 28;  ///< of a paragraph's first line
  double left = 85;
  double right = page_width - 48;
  double top = 60;
  double bottom = page_height - 60;
  double signature_gap = 105;  ///< between the signer's title and name
  bool number_by_pen = false;  ///< the number is written into a blank
  bool day_by_pen = false;
  bool clear_of_stamps = true;  ///< the body begins below the incoming stamp
};
[[nodiscard]] PageStyle draw_style(Random& random);

/// A word on a line. Of the text, the first `pen_bytes` are written by pen into a blank of `pen_width`.
struct PlacedWord {
  std::string text;
  double x = 0;
  TextStyle style;
  std::size_t pen_bytes = 0;
  double pen_width = 0;
};
struct PlacedLine {
  std::vector<PlacedWord> words;
  double baseline = 0;
};

enum class BlockKind : std::uint8_t {
  head,
  title,
  addressees,
  body,
  table,
  recipients,
  signer,
  page_number,
  stamp,
};
[[nodiscard]] const char* name_of(BlockKind kind);

struct PlacedBlock {
  BlockKind kind = BlockKind::body;
  std::vector<PlacedLine> lines;
};
struct PlacedRule {
  Point from;
  Point to;
  double width = 0.75;
};
/// Where a signature goes, between the title's baseline and the name's.
struct SignaturePlace {
  double center_x = 0;
  double title_baseline = 0;
  double name_baseline = 0;
  bool sealed = true;
};
/// One page: blocks in the order of the ground truth.
struct PlacedPage {
  std::vector<PlacedBlock> blocks;
  std::vector<PlacedRule> rules;
  std::vector<SignaturePlace> signatures;
  double code_top = 0;     ///< where a copied card's QR code may stand, at the right; 0: there is none
  double head_bottom = 0;  ///< on page 1: below the left column of the head
  double title_left = 0;   ///< on page 1: where the title's ink begins (a letter's: the addressees')
  double title_baseline = 0;

  /// Where the incoming stamp's left edge goes; below least_stamp_left there is no room beside the title.
  [[nodiscard]] double stamp_left() const { return title_left - incoming_stamp_width - 8; }
};
/// Nearer to the edge a skewed or cut page might lose the stamp's text.
inline constexpr double least_stamp_left = 40;

/// Lays out `document` by Decree 30/2020, annex I: two-column head, body, two-column foot; as many A4 pages as it
/// takes.
[[nodiscard]] std::vector<PlacedPage> typeset(const DocumentText& document, const PageStyle& style,
                                              const FontBook& fonts);

}  // namespace sohoa::datasets
