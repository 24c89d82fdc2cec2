#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "ocr/lstm/dawg.hpp"
#include "ocr/lstm/language_scorer.hpp"
#include "ocr/lstm/unicharset.hpp"
#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::ocr::lstm {

/// A model's three word graphs taken together. The punctuation graph knows what may surround a word ("(w)", "w,"): the
/// space in it is the place of the word. The number graph knows patterns: the space in it is any digit.
/// Constant after `create`: shared by threads.
class Dictionary {
 public:
  /// One way to have read the word so far: the place in the core graph (words or numbers, once the word has begun) and
  /// the place in the punctuation graph around it.
  struct Position {
    enum class Core : std::int8_t { none, word, number };
    Core core = Core::none;
    bool in_punctuation_graph = false;
    bool after_core = false;  ///< the core is over, what follows is punctuation
    Dawg::Edge core_edge = Dawg::nowhere;
    Dawg::Edge punctuation_edge = Dawg::nowhere;
    bool operator==(const Position&) const = default;
  };
  struct Advance {
    WordSource source = WordSource::none;
    bool may_end = false;
  };

  /// Any component may be absent; nothing where all are. Errors: those of Dawg::parse.
  static Result<std::optional<Dictionary>> create(const Unicharset& unicharset, std::optional<ByteView> punctuation,
                                                  std::optional<ByteView> words, std::optional<ByteView> numbers);

  /// All ways to stand before a word.
  [[nodiscard]] const std::vector<Position>& start() const { return start_; }
  /// Replaces `to` by all ways to go on from any of `from` with `unichar` (not the space), none twice.
  Advance advance(const std::vector<Position>& from, std::int32_t unichar, std::vector<Position>& to) const;

 private:
  struct Step;
  void begin_core(const Position& position, Step& step) const;
  void more_punctuation(const Position& position, Step& step) const;
  void end_core(const Position& position, Step& step) const;
  void more_core(const Position& position, Step& step) const;
  [[nodiscard]] const std::optional<Dawg>& graph(Position::Core core) const;
  [[nodiscard]] std::int32_t letter_in(Position::Core core, std::int32_t unichar) const;

  std::optional<Dawg> punctuation_;
  std::optional<Dawg> words_;
  std::optional<Dawg> numbers_;
  std::vector<bool> is_digit_;
  std::vector<Position> start_;
};

}  // namespace sohoa::ocr::lstm
