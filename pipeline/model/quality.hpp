#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "pipeline/base/units.hpp"
#include "pipeline/base/wire.hpp"

namespace sohoa {

enum class ColourKind : std::uint8_t { bilevel, grey, colour };

/// A seal's imprint. Pixels of the page as it is shown.
struct Seal {
  PixelRect box;
  float confidence = 0;  ///< 0..1

  static constexpr auto fields = [](auto& self) { return std::tie(self.box, self.confidence); };
};

/// What the image is worth, measured before and during imaging. Confidences are 0..1.
struct QualityReport {
  Dpi dpi;                     ///< effective: pixels over the page's real size
  bool dpi_estimated = false;  ///< none was stated, or it could not be true
  ColourKind colour = ColourKind::bilevel;
  float sharpness = 0;     ///< 0 blurred .. 1 crisp
  float contrast = 0;      ///< 0 .. 1: ink to paper
  float skew_degrees = 0;  ///< clockwise positive; what was undone before reading
  float skew_confidence = 0;
  Turn turn = Turn::none;  ///< what was done to stand the page upright
  float turn_confidence = 0;
  bool blank = false;
  bool cut_edges = false;  ///< content touches the page's edge
  std::vector<Seal> seals;

  static constexpr auto fields = [](auto& self) {
    return std::tie(self.dpi, self.dpi_estimated, self.colour, self.sharpness, self.contrast, self.skew_degrees,
                    self.skew_confidence, self.turn, self.turn_confidence, self.blank, self.cut_edges, self.seals);
  };
};

enum class Severity : std::uint8_t { note, warning, error };

/// Something an officer or operator may want to know about a page or document.
struct Finding {
  std::string code;  ///< "dpi_estimated", "page_failed" ...
  Severity severity = Severity::note;
  std::string message;  ///< English; names the thing

  static constexpr auto fields = [](auto& self) { return std::tie(self.code, self.severity, self.message); };
};

template <>
inline constexpr int wire::enum_last<ColourKind> = static_cast<int>(ColourKind::colour);
template <>
inline constexpr int wire::enum_last<Turn> = static_cast<int>(Turn::clockwise_270);
template <>
inline constexpr int wire::enum_last<Severity> = static_cast<int>(Severity::error);

}  // namespace sohoa
