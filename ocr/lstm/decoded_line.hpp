#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ocr/lstm/language_scorer.hpp"
#include "pipeline/model/text.hpp"

namespace sohoa::ocr::lstm {

/// A character of a line, spaces included. Steps are those of the network's outputs.
struct DecodedCharacter {
  std::int32_t unichar = 0;
  std::int32_t step = 0;   ///< where its code is first seen
  std::int32_t begin = 0;  ///< from here ...
  std::int32_t end = 0;  ///< ... to here (exclusive) its box goes: half way to its neighbours, the line's ends outside
  float certainty = 0;   ///< the worst logarithm of a probability on its way; at most 0
  float rating = 0;      ///< minus the sum of those logarithms
};

/// A word: characters [first, first + size) of the line, without the space after it.
struct DecodedWord {
  std::string text;  ///< UTF-8
  std::uint32_t first = 0;
  std::uint32_t size = 0;
  WordSource source = WordSource::network;
  bool leading_space = false;  ///< a space was read before it
  float space_certainty = 0;   ///< the worse of the spaces around it, 0 where there is none
  float certainty = 0;         ///< of the worst character or space, on Tesseract's scale (times 7); at most 0
  float confidence = 0;        ///< 0 to 100, as Tesseract's result iterator gives it
  std::vector<Alternative> alternatives;  ///< other characters for one of its own, the likeliest first

  [[nodiscard]] bool in_dictionary() const { return source == WordSource::dictionary; }
};

struct DecodedLine {
  std::vector<DecodedCharacter> characters;
  std::vector<DecodedWord> words;
};

}  // namespace sohoa::ocr::lstm
