#pragma once

#include "ocr/lstm/decoded_line.hpp"
#include "ocr/lstm/output_view.hpp"
#include "ocr/lstm/recoder.hpp"
#include "ocr/lstm/unicharset.hpp"

namespace sohoa::ocr::lstm {

/// Gives each word of `line` its likeliest alternatives, the likeliest first: words with one other character that the
/// network thought possible within the steps over which it read this one. At most `most_alternatives` have odds of
/// `least_odds` and more; below, what differs is noise, but for the marks of a letter: of 180 hooks that poor scans
/// lost one in ten has odds of -8 to -11, and neighbours tell them. `line` was read out of `outputs`.
void find_alternatives(const OutputView& outputs, const Recoder& recoder, const Unicharset& unicharset,
                       DecodedLine& line);

inline constexpr std::size_t most_alternatives = 8;
inline constexpr float least_odds = -8;
inline constexpr std::size_t most_of_marks = 4;  ///< more, whose letter differs in its marks alone
inline constexpr float least_odds_of_marks = -11;

}  // namespace sohoa::ocr::lstm
