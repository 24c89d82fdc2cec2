#pragma once

#include "ocr/lstm/decoded_line.hpp"
#include "ocr/lstm/output_view.hpp"
#include "ocr/lstm/recoder.hpp"
#include "ocr/lstm/unicharset.hpp"

namespace sohoa::ocr::lstm {

/// Gives each word of `line` its likeliest alternatives, at most `most_alternatives`: words with one other character
/// that the network thought possible within the steps over which it read this one. Odds below `least_odds` are noise,
/// and left out. `line` was read out of `outputs`.
void find_alternatives(const OutputView& outputs, const Recoder& recoder, const Unicharset& unicharset,
                       DecodedLine& line);

inline constexpr std::size_t most_alternatives = 8;
inline constexpr float least_odds = -8;

}  // namespace sohoa::ocr::lstm
