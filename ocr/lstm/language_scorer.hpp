#pragma once

#include <cstdint>

namespace sohoa::ocr::lstm {

/// Where a character or word comes from, by rising rank; the numbers are those of Tesseract's permuters.
enum class WordSource : std::uint8_t {
  none = 0,         ///< no word model allows it; also a space that no word precedes
  punctuation = 1,  ///< punctuation alone
  network = 2,      ///< read without the word model
  number = 6,
  dictionary = 8,
};

/// What a beam search asks a word model: may this character follow what has been read of the word?
/// One thread. States are valid until the next `begin_line`.
class LanguageScorer {
 public:
  using State = std::uint32_t;
  struct Move {
    State next = 0;
    WordSource source = WordSource::none;  ///< none: the character may not follow, and `next` means nothing
    bool may_end = false;                  ///< a word may end here
  };

  virtual ~LanguageScorer() = default;

  /// Must be called before each line.
  virtual void begin_line() = 0;
  /// The state before a word's first character.
  [[nodiscard]] virtual State start() const = 0;
  /// `unichar` is an id of the model's unicharset, never the space.
  virtual Move advance(State state, std::int32_t unichar) = 0;
};

}  // namespace sohoa::ocr::lstm
