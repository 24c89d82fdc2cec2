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
  std::uint32_t printed_number = 0;  ///< the page number on it; 0: none was read
  std::uint32_t printed_total = 0;   ///< of "2/5"
};

/// Of a document.
struct PaperFacts {
  std::vector<ImageFacts> images;          ///< in their order
  std::vector<std::string> unsure_fields;  ///< names of those that a person has to look at before they are taken
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
