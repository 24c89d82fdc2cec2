#include "ocr/language/count_syllables.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ocr/language/tokens.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::ocr::language {
namespace {

std::uint8_t stored(double probability) {
  return static_cast<std::uint8_t>(std::clamp(std::lround(-8 * std::log(probability)), 0L, 255L));
}

template <typename T>
void put(Bytes& out, T value) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
  out.insert(out.end(), bytes, bytes + sizeof(T));
}

}  // namespace

std::uint32_t SyllableCounts::id_of(const std::string& token) {
  const auto [at, is_new] = ids_.try_emplace(token, static_cast<std::uint32_t>(ids_.size()));
  if (is_new) counts_.push_back(0);
  ++counts_[at->second];
  return at->second;
}

void SyllableCounts::add_line(std::string_view line) {
  auto before = id_of(std::string(line_start));
  const auto add = [&](const std::string& token) {
    const auto id = id_of(token);
    ++pairs_[std::uint64_t{before} << 32 | id];
    before = id;
  };
  const auto folded = text::folded_spaces(text::nfc(line));
  for (std::size_t begin = 0; begin < folded.size();) {
    const auto end = std::min(folded.find(' ', begin), folded.size());
    for (const auto& token : tokens_of(std::string_view(folded).substr(begin, end - begin))) add(token);
    begin = end + 1;
  }
  add(std::string(line_end));
}

Bytes SyllableCounts::model(std::uint32_t least) const {
  constexpr double discount = 0.75;
  constexpr double for_unknown = 50'000;  // as if so many unknown tokens had been seen half a time each
  std::vector<std::pair<std::string, std::uint32_t>> tokens;  // name, id
  double total = for_unknown;
  for (const auto& [token, id] : ids_) {
    total += static_cast<double>(counts_[id]);
    if (counts_[id] >= least && token.size() <= 255) tokens.emplace_back(token, id);
  }
  std::sort(tokens.begin(), tokens.end());
  std::unordered_map<std::uint32_t, std::uint32_t> place_of;
  for (std::uint32_t place = 0; place < tokens.size(); ++place) place_of[tokens[place].second] = place;

  const auto alone = [&](std::uint32_t id) { return (static_cast<double>(counts_[id]) + 0.5) / total; };
  std::vector<std::map<std::uint32_t, std::uint32_t>> followers(tokens.size());  // by place: second's place -> count
  std::vector<double> kept(tokens.size()), seen(tokens.size());
  for (const auto& [pair, count] : pairs_) {
    const auto first = place_of.find(static_cast<std::uint32_t>(pair >> 32));
    if (first == place_of.end()) continue;
    seen[first->second] += count;
    const auto second = place_of.find(static_cast<std::uint32_t>(pair));
    if (count < least || second == place_of.end()) continue;
    followers[first->second][second->second] = count;
    kept[first->second] += count - discount;
  }

  Bytes unigrams, backoffs, starts, seconds, pairs;
  std::uint32_t pair_count = 0;
  for (std::size_t place = 0; place < tokens.size(); ++place) {
    unigrams.push_back(stored(alone(tokens[place].second)));
    const double backoff = seen[place] > 0 ? 1 - kept[place] / seen[place] : 1;
    backoffs.push_back(stored(backoff));
    put(starts, pair_count);
    for (const auto& [second, count] : followers[place]) {
      put(seconds, static_cast<std::uint16_t>(second));
      pairs.push_back(stored((count - discount) / seen[place] + backoff * alone(tokens[second].second)));
      ++pair_count;
    }
  }
  put(starts, pair_count);

  Bytes model{'S', 'Y', 'L', '1'};
  put(model, static_cast<std::uint32_t>(tokens.size()));
  put(model, pair_count);
  put(model, static_cast<float>(std::log(0.5 / total)));
  for (const auto& [token, id] : tokens) {
    model.push_back(static_cast<std::uint8_t>(token.size()));
    model.insert(model.end(), token.begin(), token.end());
  }
  for (const auto* part : {&unigrams, &backoffs, &starts, &seconds, &pairs}) {
    model.insert(model.end(), part->begin(), part->end());
  }
  return model;
}

}  // namespace sohoa::ocr::language
