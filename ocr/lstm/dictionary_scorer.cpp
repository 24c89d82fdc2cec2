// A beam search asks the same few thousand questions over and over: one state (a set of positions in three graphs) and
// a letter. Each answer is worked out once and kept in a hash table, so that a question costs one look-up (about 5 ns)
// in place of a dozen graph searches. This is a deterministic automaton of the dictionary, made lazily: complete it
// would have millions of states, a page touches some ten thousand. Tables start over between lines past a limit, never
// within one, so that states stay valid along a line.

#include "ocr/lstm/dictionary_scorer.hpp"

#include <algorithm>

namespace sohoa::ocr::lstm {
namespace {

constexpr std::size_t first_moves = 1 << 12;
constexpr std::size_t first_states = 1 << 10;

std::uint64_t mixed(std::uint64_t value) {
  value *= 0x9E3779B97F4A7C15U;
  return value ^ value >> 32;
}

std::uint64_t hash_of(const std::vector<Dictionary::Position>& positions) {
  std::uint64_t hash = positions.size();
  for (const auto& position : positions) {
    const auto edges = static_cast<std::uint64_t>(static_cast<std::uint32_t>(position.core_edge)) << 32 |
                       static_cast<std::uint32_t>(position.punctuation_edge);
    const auto kind = static_cast<std::uint64_t>(position.core) << 1 | (position.after_core ? 1U : 0U);
    hash = mixed(mixed(hash ^ edges) + kind);
  }
  return hash;
}

}  // namespace

DictionaryScorer::DictionaryScorer(const Dictionary& dictionary, std::size_t most_moves)
    : dictionary_(dictionary), most_moves_(most_moves) {
  forget();
}

void DictionaryScorer::forget() {
  pool_.clear();
  states_.clear();
  state_table_.assign(first_states, 0);
  moves_.assign(first_moves, {});
  known_moves_ = 0;
  intern(dictionary_.start());
}

void DictionaryScorer::begin_line() {
  if (known_moves_ > most_moves_) forget();
}

LanguageScorer::Move DictionaryScorer::advance(State state, std::int32_t unichar) {
  const auto key = static_cast<std::uint64_t>(state) << 32 | static_cast<std::uint32_t>(unichar);
  const auto& known = slot_for(key);
  if (known.key == key) return known.move;
  const auto move = compute(state, unichar);
  if (2 * (known_moves_ + 1) > moves_.size()) grow_moves();
  slot_for(key) = {.key = key, .move = move};
  ++known_moves_;
  return move;
}

LanguageScorer::Move DictionaryScorer::compute(State state, std::int32_t unichar) {
  const auto range = states_[state];
  from_.assign(pool_.begin() + range.begin, pool_.begin() + range.begin + range.size);
  const auto result = dictionary_.advance(from_, unichar, to_);
  if (result.source == WordSource::none) return {};
  return {.next = intern(to_), .source = result.source, .may_end = result.may_end};
}

LanguageScorer::State DictionaryScorer::intern(const std::vector<Dictionary::Position>& positions) {
  if (2 * (states_.size() + 1) > state_table_.size()) {
    // Rebuilt from the states, the positions of which are all there.
    std::vector<std::uint32_t> larger(2 * state_table_.size(), 0);
    for (State state = 0; state < states_.size(); ++state) {
      const auto range = states_[state];
      const std::vector<Dictionary::Position> members(pool_.begin() + range.begin,
                                                      pool_.begin() + range.begin + range.size);
      auto at = hash_of(members) & (larger.size() - 1);
      while (larger[at] != 0) at = (at + 1) & (larger.size() - 1);
      larger[at] = state + 1;
    }
    state_table_ = std::move(larger);
  }
  auto at = hash_of(positions) & (state_table_.size() - 1);
  for (; state_table_[at] != 0; at = (at + 1) & (state_table_.size() - 1)) {
    if (is(state_table_[at] - 1, positions)) return state_table_[at] - 1;
  }
  const auto state = static_cast<State>(states_.size());
  states_.push_back(
      {.begin = static_cast<std::uint32_t>(pool_.size()), .size = static_cast<std::uint32_t>(positions.size())});
  pool_.insert(pool_.end(), positions.begin(), positions.end());
  state_table_[at] = state + 1;
  return state;
}

bool DictionaryScorer::is(State state, const std::vector<Dictionary::Position>& positions) const {
  const auto range = states_[state];
  return range.size == positions.size() && std::equal(positions.begin(), positions.end(), pool_.begin() + range.begin);
}

void DictionaryScorer::grow_moves() {
  std::vector<KnownMove> old(2 * moves_.size());
  old.swap(moves_);
  for (const auto& known : old) {
    if (known.key != empty_key) slot_for(known.key) = known;
  }
}

DictionaryScorer::KnownMove& DictionaryScorer::slot_for(std::uint64_t key) {
  auto at = mixed(key) & (moves_.size() - 1);
  while (moves_[at].key != key && moves_[at].key != empty_key) at = (at + 1) & (moves_.size() - 1);
  return moves_[at];
}

}  // namespace sohoa::ocr::lstm
