#pragma once

#include <functional>
#include <vector>

#include "ocr/language/syllable_model.hpp"
#include "ocr/language/word_features.hpp"
#include "pipeline/model/text.hpp"

namespace sohoa::ocr::language {

/// Is told of each word, in their order, what its certainty comes from.
using WatchWords = std::function<void(const Word& word, const WordFeatures& features)>;

/// Puts the likeliest reading in the place of each word: the network's odds of its alternatives, and the language's of
/// either between its neighbours, decide together. Where a word is strange there, other marks on one of its letters are
/// considered of which the network saw nothing; what is chosen of these is doubtful always. Words with digits are left
/// alone, as are abbreviations whose letters would change. Then sets each word's certainty, and leaves alternatives to
/// doubtful words only: at most three, their odds being those of network and language together.
void choose_words(std::vector<Block>& blocks, const SyllableModel& model, const WatchWords& watch = {});

/// Sets each word's certainty by its confidence alone, and takes its alternatives away: for languages without a model.
void rate_words(std::vector<Block>& blocks, const WatchWords& watch = {});

}  // namespace sohoa::ocr::language
