#include "ocr/language/syllable_model.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <type_traits>

namespace sohoa::ocr::language {
namespace {

constexpr float step = 8;  // parts of a natural logarithm's unit
constexpr std::string_view magic = "SYL1";

Error damaged(std::string_view what) {
  return {ErrorCode::invalid_input, "syllable model: " + std::string(what)};
}

/// FNV-1a.
std::size_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

/// Takes values off the front.
class Reader {
 public:
  explicit Reader(ByteView bytes) : rest_(bytes) {}

  template <typename T>
  Result<std::vector<T>> numbers(std::size_t count) {
    static_assert(std::endian::native == std::endian::little && std::is_trivially_copyable_v<T>);
    if (rest_.size() / sizeof(T) < count) return damaged("cut off");
    std::vector<T> values(count);
    std::memcpy(values.data(), rest_.data(), count * sizeof(T));
    rest_ = rest_.subspan(count * sizeof(T));
    return values;
  }
  template <typename T>
  Result<T> number() {
    SOHOA_TRY(const auto one, numbers<T>(1));
    return one.front();
  }
  Result<std::string> text(std::size_t size) {
    SOHOA_TRY(const auto bytes, numbers<char>(size));
    return std::string(bytes.begin(), bytes.end());
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  ByteView rest_;
};

}  // namespace

Result<SyllableModel> SyllableModel::parse(ByteView bytes) {
  Reader in(bytes);
  SOHOA_TRY(const auto name, in.text(magic.size()));
  if (name != magic) return damaged("not one");
  SOHOA_TRY(const auto tokens, in.number<std::uint32_t>());
  SOHOA_TRY(const auto pairs, in.number<std::uint32_t>());
  if (tokens >= std::uint32_t{0xFFFF}) return damaged("too many tokens");
  SyllableModel model;
  SOHOA_TRY(model.unknown_, in.number<float>());
  for (std::uint32_t i = 0; i < tokens; ++i) {
    SOHOA_TRY(const auto length, in.number<std::uint8_t>());
    SOHOA_TRY(auto text, in.text(length));
    model.tokens_.push_back(std::move(text));
  }
  if (std::adjacent_find(model.tokens_.begin(), model.tokens_.end(), std::greater_equal<>()) != model.tokens_.end()) {
    return damaged("tokens out of order");
  }
  SOHOA_TRY(model.unigrams_, in.numbers<std::uint8_t>(tokens));
  SOHOA_TRY(model.backoffs_, in.numbers<std::uint8_t>(tokens));
  SOHOA_TRY(model.first_pairs_, in.numbers<std::uint32_t>(std::size_t{tokens} + 1));
  SOHOA_TRY(model.seconds_, in.numbers<Token>(pairs));
  SOHOA_TRY(model.pairs_, in.numbers<std::uint8_t>(pairs));
  const auto& first = model.first_pairs_;
  if (!std::is_sorted(first.begin(), first.end()) || first.front() != 0 || first.back() != pairs || !in.at_end()) {
    return damaged("pairs");
  }
  model.index_tokens();
  return model;
}

void SyllableModel::index_tokens() {
  slots_.assign(std::bit_ceil(2 * tokens_.size() + 1), unknown());
  for (Token token = 0; token != unknown(); ++token) {
    auto at = hash_of(tokens_[token]);
    while (slots_[at & (slots_.size() - 1)] != unknown()) ++at;
    slots_[at & (slots_.size() - 1)] = token;
  }
}

Token SyllableModel::token(std::string_view piece) const {
  for (auto at = hash_of(piece);; ++at) {
    const auto token = slots_[at & (slots_.size() - 1)];
    if (token == unknown() || tokens_[token] == piece) return token;
  }
}

std::optional<float> SyllableModel::pair_of(Token token, Token before) const {
  if (before == unknown()) return {};
  const auto begin = seconds_.begin() + first_pairs_[before];
  const auto end = seconds_.begin() + first_pairs_[std::size_t{before} + 1];
  const auto at = std::lower_bound(begin, end, token);
  if (at == end || *at != token) return {};
  return -static_cast<float>(pairs_[static_cast<std::size_t>(at - seconds_.begin())]) / step;
}

float SyllableModel::log_probability(Token token, Token before) const {
  assert(token <= unknown() && before <= unknown());
  if (const auto pair = pair_of(token, before)) return *pair;
  const auto alone = token == unknown() ? unknown_ : -static_cast<float>(unigrams_[token]) / step;
  return before == unknown() ? alone : alone - static_cast<float>(backoffs_[before]) / step;
}

}  // namespace sohoa::ocr::language
