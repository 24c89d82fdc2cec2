#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/base/units.hpp"
#include "pipeline/model/quality.hpp"

namespace sohoa {

/// What digitization found of one image; only what the rules ask about.
struct ImageFacts {
  PageNumber page;
  bool failed = false;  ///< could not be read; the rest then says nothing
  bool scanned = true;  ///< false: born digital, with no resolution or colour to speak of
  double dpi = 0;       ///< pixels an inch
  bool dpi_estimated = false;
  ColourKind colour = ColourKind::colour;
  bool blank = false;
};

/// Of a document's images, in their order.
struct PaperFacts {
  std::vector<ImageFacts> images;
};

/// What a rule says about a component or a document for it. An error blocks, a warning asks the officer.
struct RuleFinding {
  std::string code;  ///< "dpi_too_low", "exempt" ...
  Severity severity = Severity::error;
  std::vector<std::uint32_t> pages;  ///< where, from 1; none: the whole paper
  std::string vietnamese;            ///< a sentence
  std::string english;
  std::string law;  ///< where the rule comes from
};

}  // namespace sohoa
