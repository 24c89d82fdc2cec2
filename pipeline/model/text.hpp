#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "pipeline/base/units.hpp"
#include "pipeline/base/wire.hpp"

namespace sohoa {

// Boxes and points are pixels of the page as it is shown: turned upright, not deskewed, at RecognizedPage::dpi.

/// Another reading of a word that the recogniser thought possible.
struct Alternative {
  std::string text;
  float odds = 0;  ///< natural logarithm of its probability over that of the word that stands

  static constexpr auto fields = [](auto& self) { return std::tie(self.text, self.odds); };
};

/// Who set a word or field right, when (ISO 8601), and what stood there before; of a field that is set right again and
/// again, what was read there.
struct Correction {
  std::string by;
  std::string at;
  std::string was;

  bool operator==(const Correction&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.by, self.at, self.was); };
};

/// One word, Unicode NFC, without spaces.
struct Word {
  std::string text;
  PixelRect box;
  float confidence = 0;  ///< 0..100, Tesseract's scale; 100 for text that was not read but carried over
  float certainty = 1;   ///< 0..1: the probability that the text is right
  std::vector<Alternative> alternatives;  ///< the likeliest first
  std::optional<Correction> correction;   ///< then the word is locked: no reading replaces it

  static constexpr auto fields = [](auto& self) {
    return std::tie(self.text, self.box, self.confidence, self.certainty, self.alternatives, self.correction);
  };
};

/// Words from left to right on one baseline, which runs from the line's left end to its right end.
struct TextLine {
  std::vector<Word> words;
  PixelRect box;
  Point baseline_start;
  Point baseline_end;

  [[nodiscard]] std::string text() const;  ///< the words with one space between
  static constexpr auto fields = [](auto& self) {
    return std::tie(self.words, self.box, self.baseline_start, self.baseline_end);
  };
};

/// Why a block stands where it stands. Stamps and signature texts are kept apart from what the document says.
enum class BlockRole : std::uint8_t {
  body,         ///< part of the document's text, in reading order
  page_number,  ///< in reading order too
  stamp,        ///< an incoming, urgency or copy stamp
  e_signature,  ///< the visible text of an electronic signature
};

struct Block {
  BlockRole role = BlockRole::body;
  PixelRect box;
  std::vector<TextLine> lines;

  static constexpr auto fields = [](auto& self) { return std::tie(self.role, self.box, self.lines); };
};

[[nodiscard]] inline bool is_apart(BlockRole role) {
  return role == BlockRole::stamp || role == BlockRole::e_signature;
}

template <>
inline constexpr int wire::enum_last<BlockRole> = static_cast<int>(BlockRole::e_signature);

}  // namespace sohoa
