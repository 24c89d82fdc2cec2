#pragma once

#include "datasets/document.hpp"
#include "datasets/random.hpp"
#include "datasets/sheet.hpp"
#include "datasets/typeset.hpp"

namespace sohoa::datasets {

inline constexpr double card_code_side = 20 * points_per_mm;
inline constexpr double seal_radius = 18 * points_per_mm;  ///< organs' seals are 36 mm wide

/// A round seal of 36 mm (its ring says that it is a specimen without legal value), red ink laid over what is there.
TrueMark draw_seal(Sheet& sheet, Point center, Random& random);

/// A made-up signature around `center`, about `width` points wide.
TrueMark draw_signature(Sheet& sheet, Point center, double width, Random& random);

/// A stamp's printed and pen-written text, with its frame in `marks`.
struct DrawnStamp {
  TrueBlock block;
  TrueMark frame;
};
DrawnStamp draw_incoming_stamp(Sheet& sheet, const IncomingStamp& stamp, Point top_left, Random& random);
DrawnStamp draw_urgency_stamp(Sheet& sheet, const std::string& text, Point top_left, Random& random);
/// A card's QR code of 20 mm, "MẪU" printed above it: the card is a specimen.
DrawnStamp draw_card_code(Sheet& sheet, const std::string& text, Point top_left);
/// Small lines of an electronic signature, their block's right end at `top_right`.
DrawnStamp draw_e_signature(Sheet& sheet, const std::vector<std::string>& lines, Point top_right, Random& random);

/// Blue or black, as pens are.
[[nodiscard]] Ink draw_pen_ink(Random& random);

}  // namespace sohoa::datasets
