#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::ocr::language {

// How likely a Vietnamese syllable is after another: a bigram model over tokens (tokens.hpp). Vietnamese is written in
// syllables, of which some 5,600 make up its official texts; two of them say more of a third mark than any dictionary.
//
// Bytes, little endian: "SYL1"; u32 tokens; u32 pairs; f32 log probability of an unknown token; then the tokens, each
// u8 length and UTF-8, ascending by bytes; u8 unigram[tokens]; u8 backoff[tokens]; u32 first_pair[tokens + 1];
// u16 second[pairs], ascending within a first token; u8 pair[pairs]. A u8 is -8 times a natural logarithm, 255 the
// least.

/// A token of the model, by its place.
using Token = std::uint16_t;

/// Constant once made; any thread.
class SyllableModel {
 public:
  /// Errors: invalid_input (damaged).
  static Result<SyllableModel> parse(ByteView bytes);
  /// The one that is compiled in: of official texts (datasets/language).
  static const SyllableModel& built_in();

  /// The token of a piece of text as tokens_of() gives it; unknown() where the model has none.
  [[nodiscard]] Token token(std::string_view piece) const;
  [[nodiscard]] Token unknown() const { return static_cast<Token>(tokens_.size()); }
  [[nodiscard]] std::size_t size() const { return tokens_.size(); }

  /// Natural logarithm of the probability of `token` after `before`.
  [[nodiscard]] float log_probability(Token token, Token before) const;
  /// Whether the pair stands in the model: it was seen three times and more.
  [[nodiscard]] bool is_known_pair(Token before, Token token) const { return pair_of(token, before).has_value(); }

 private:
  void index_tokens();
  [[nodiscard]] std::optional<float> pair_of(Token token, Token before) const;

  std::vector<std::string> tokens_;
  std::vector<Token>
      slots_;  ///< a hash table: the token whose hash leads here or shortly before; size() where there is none
  float unknown_ = 0;
  std::vector<std::uint8_t> unigrams_;
  std::vector<std::uint8_t> backoffs_;
  std::vector<std::uint32_t> first_pairs_;
  std::vector<Token> seconds_;
  std::vector<std::uint8_t> pairs_;
};

}  // namespace sohoa::ocr::language
