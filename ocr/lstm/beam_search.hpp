#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "ocr/lstm/beam.hpp"
#include "ocr/lstm/decoded_line.hpp"
#include "ocr/lstm/language_scorer.hpp"
#include "ocr/lstm/output_view.hpp"
#include "ocr/lstm/recoder.hpp"
#include "ocr/lstm/step_outputs.hpp"
#include "ocr/lstm/trace.hpp"
#include "ocr/lstm/unicharset.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::ocr::lstm {

/// Reads the network's outputs of a line as words: the result equals Tesseract 5.3.0's, ties included.
/// One thread owns it; buffers are kept from line to line.
class BeamSearch {
 public:
  /// `scorer` may be null: every character may then follow every other. All must outlive this object.
  BeamSearch(const Unicharset& unicharset, const Recoder& recoder, LanguageScorer* scorer);

  /// No words where there are no steps or nothing but the null code was seen.
  /// Errors: invalid_input (the view's size is not steps * classes, or fewer classes than the recoder has codes or than
  /// two).
  Result<DecodedLine> decode(const OutputView& outputs);
  /// The same where a line has been reduced already; its two classes must be two codes from 0.
  DecodedLine decode(std::span<const StepOutputs> steps);

 private:
  /// What may follow a node: its probability alone was used; or a neighbour's was added to it, which asks for the same
  /// code alone next; or which must not be followed by the same code.
  enum Follow : std::uint8_t { anything, only_same, other };
  static constexpr std::size_t follows = 3;
  /// Paths outside the dictionary and within it.
  enum Family : std::uint8_t { free, dictionary };

  struct Step {
    std::array<std::array<Beam, follows>, 2> beams;  ///< by family, then by what may follow
    /// The best way to stand before a word; joins the dictionary beams when the step is complete.
    std::array<Node, follows> word_start;
    std::array<bool, follows> has_word_start{};

    void clear();
  };
  /// A certainty as each family counts it.
  struct Certainty {
    std::array<float, 2> by_family{};
    bool in_dictionary = false;  ///< good enough for a dictionary path
  };
  /// A code that the current step considers, with its certainties.
  struct Choice {
    std::int32_t code = 0;
    std::int32_t unichar = no_unichar;
    std::int32_t order = 0;
    bool is_null = false;
    bool is_new = false;        ///< likely enough to begin a character
    bool starts_words = false;  ///< a dictionary word may begin next to it, even if it is outside the dictionary
    Certainty alone;
    Certainty with_null;
    Certainty with_rival;  ///< with null and with the other of the best two
  };
  /// What becomes of a path in a step.
  struct Advance {
    const Node& previous;
    float score;
    float certainty;
    std::int32_t code;
    std::int32_t unichar;
    WordSource source;
    bool starts_word = false;
  };

  void choose(const StepOutputs& outputs, const StepOutputs& next);
  void add_choice(const StepOutputs& outputs, std::int32_t code, float probability, float rival_probability);
  void run_step(bool first);
  template <Family family>
  void extend_beams();
  template <Family family>
  void extend(const Node& previous, Follow follow);
  template <Family family>
  void repeat(const Node& previous, const Certainty& certainty, Follow follow);
  template <Family family>
  void add(const Choice& choice, const Certainty& certainty, const Node& previous, Follow follow);
  void add_space(const Choice& choice, float certainty, const Node& previous, Follow follow);
  void add_letter(const Choice& choice, float certainty, const Node& previous, Follow follow);
  void offer(Family family, Follow follow, const Advance& advance, const Tail& tail);
  void offer_word_start(Follow follow, const Advance& advance, bool ends_word);
  [[nodiscard]] std::uint64_t hash_after(const Node& previous, std::int32_t code) const;
  void keep_step();
  [[nodiscard]] std::uint32_t best_end() const;

  const Unicharset& unicharset_;
  const Recoder& recoder_;
  LanguageScorer* scorer_;
  std::int32_t null_code_;
  bool space_delimited_;
  Node root_;

  std::array<Step, 2> steps_;
  Step* now_ = nullptr;
  Step* before_ = nullptr;
  std::array<Choice, 3> choices_;
  std::size_t choice_count_ = 0;
  bool rivals_are_codes_ = false;  ///< neither of the best two is the null code
  bool keeps_only_same_ = false;   ///< whether a node that asks for the same code could find it in the next step
  Trace trace_;
  std::vector<StepOutputs> reduced_;
  std::vector<Trace::Point> path_;
};

}  // namespace sohoa::ocr::lstm
