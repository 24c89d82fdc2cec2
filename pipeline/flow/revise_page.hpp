#pragma once

#include <vector>

#include "pipeline/model/recognized_page.hpp"
#include "pipeline/model/revision.hpp"

namespace sohoa::flow {

/// Sets words of a page right, and locks them. A correction goes to the words that its box covers, of one line (those
/// with the larger part of their area in it); where it covers none, to the line beside it, else to a line of its own.
/// Fills in each correction's `was`. `by` and `at` (ISO 8601) are kept with the words.
void correct_words(RecognizedPage& page, std::vector<WordCorrection*> corrections, const std::string& by,
                   const std::string& at);

/// Puts the locked words of the page as it was before into a reading that was made anew.
void keep_locked_words(RecognizedPage& fresh, const RecognizedPage& before);

}  // namespace sohoa::flow
