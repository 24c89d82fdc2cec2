#pragma once

#include <cstdint>
#include <vector>

#include "ocr/lstm/dictionary.hpp"
#include "ocr/lstm/language_scorer.hpp"

namespace sohoa::ocr::lstm {

/// A Dictionary as an automaton that is built where the search goes and kept from line to line.
/// One thread owns it.
class DictionaryScorer final : public LanguageScorer {
 public:
  /// 24 to 96 bytes each.
  static constexpr std::size_t usual_moves = 1 << 17;
  /// `dictionary` must outlive this object. It forgets all between lines once it knows more than `most_moves`.
  explicit DictionaryScorer(const Dictionary& dictionary, std::size_t most_moves = usual_moves);

  void begin_line() override;
  [[nodiscard]] State start() const override { return 0; }
  Move advance(State state, std::int32_t unichar) override;

 private:
  /// Positions of a state: a range of pool_.
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };
  struct KnownMove {
    std::uint64_t key = empty_key;  ///< state << 32 | unichar
    Move move;
  };
  static constexpr std::uint64_t empty_key = ~std::uint64_t{0};

  void forget();
  Move compute(State state, std::int32_t unichar);
  State intern(const std::vector<Dictionary::Position>& positions);
  [[nodiscard]] bool is(State state, const std::vector<Dictionary::Position>& positions) const;
  void grow_moves();
  [[nodiscard]] KnownMove& slot_for(std::uint64_t key);

  const Dictionary& dictionary_;
  std::size_t most_moves_;
  std::vector<Dictionary::Position> pool_;
  std::vector<Range> states_;
  std::vector<std::uint32_t> state_table_;  ///< state + 1 by hash of its positions, 0: free
  std::vector<KnownMove> moves_;            ///< open addressing; the size is a power of two
  std::size_t known_moves_ = 0;
  std::vector<Dictionary::Position> from_;
  std::vector<Dictionary::Position> to_;
};

}  // namespace sohoa::ocr::lstm
