// Method: what is equal at both ends is taken away; what is left is small enough for a table of common lengths (Wagner
// and Fischer), or is cut at the words that stand once in either stretch, as far as their order agrees (patience
// diff), and each piece is done likewise. A large stretch without such a word differs as a whole.

#include "pipeline/text/align_words.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace sohoa::text {
namespace {

constexpr std::size_t most_cells = 1'000'000;  // of the table: 2 MB

using Ids = std::vector<std::uint32_t>;

struct Stretch {
  std::size_t one, one_end, other, other_end;
};

class Aligner {
 public:
  Aligner(const Ids& one, const Ids& other) : one_(one), other_(other) {}

  void align(Stretch s) {
    while (s.one < s.one_end && s.other < s.other_end && one_[s.one] == other_[s.other]) ++s.one, ++s.other;
    while (s.one < s.one_end && s.other < s.other_end && one_[s.one_end - 1] == other_[s.other_end - 1]) {
      --s.one_end, --s.other_end;
    }
    const auto rows = s.one_end - s.one, columns = s.other_end - s.other;
    if (rows == 0 || columns == 0) return differ(s);
    if (rows < most_cells && rows * columns <= most_cells) return by_table(s);
    const auto anchors = anchors_in(s);
    if (anchors.empty()) return differ(s);
    for (const auto& [one, other] : anchors) {
      align({s.one, one, s.other, other});
      s.one = one + 1;
      s.other = other + 1;
    }
    align(s);
  }

  [[nodiscard]] std::vector<WordDifference> take() { return std::move(found_); }

 private:
  using Pair = std::pair<std::size_t, std::size_t>;

  void differ(const Stretch& s) {
    const auto one = s.one_end - s.one, other = s.other_end - s.other;
    if (one + other == 0) return;
    if (!found_.empty()) {
      auto& last = found_.back();
      if (last.one_begin + last.one_count == s.one && last.other_begin + last.other_count == s.other) {
        last.one_count += one;
        last.other_count += other;
        return;
      }
    }
    found_.push_back({s.one, one, s.other, other});
  }

  void by_table(const Stretch& s) {
    const auto rows = s.one_end - s.one, columns = s.other_end - s.other;
    const auto width = columns + 1;
    table_.assign((rows + 1) * width, 0);  // the longest common subsequence of what follows
    for (auto r = rows; r-- > 0;) {
      for (auto c = columns; c-- > 0;) {
        table_[r * width + c] = one_[s.one + r] == other_[s.other + c]
                                    ? table_[(r + 1) * width + c + 1] + 1
                                    : std::max(table_[(r + 1) * width + c], table_[r * width + c + 1]);
      }
    }
    std::size_t r = 0, c = 0;
    Stretch gap{s.one, s.one, s.other, s.other};
    while (r < rows && c < columns) {
      if (one_[s.one + r] == other_[s.other + c]) {
        differ(gap);
        ++r, ++c;
        gap = {s.one + r, s.one + r, s.other + c, s.other + c};
        continue;
      }
      const bool down = table_[(r + 1) * width + c] >= table_[r * width + c + 1];
      down ? ++r : ++c;
      gap.one_end = s.one + r;
      gap.other_end = s.other + c;
    }
    differ({gap.one, s.one_end, gap.other, s.other_end});
  }

  /// Words that stand once in either, as many as keep their order.
  std::vector<Pair> anchors_in(const Stretch& s) const {
    struct Seen {
      std::uint32_t in_one = 0, in_other = 0;
      std::size_t one = 0, other = 0;
    };
    std::unordered_map<std::uint32_t, Seen> seen;
    for (auto i = s.one; i < s.one_end; ++i) {
      auto& word = seen[one_[i]];
      ++word.in_one;
      word.one = i;
    }
    for (auto i = s.other; i < s.other_end; ++i) {
      auto& word = seen[other_[i]];
      ++word.in_other;
      word.other = i;
    }
    std::vector<Pair> once;
    for (const auto& [id, word] : seen) {
      if (word.in_one == 1 && word.in_other == 1) once.emplace_back(word.one, word.other);
    }
    std::sort(once.begin(), once.end());
    return longest_rising(once);
  }

  static std::vector<Pair> longest_rising(const std::vector<Pair>& pairs) {
    std::vector<std::size_t> ends;  // of the best run of each length: its last pair
    std::vector<std::size_t> before(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto at = std::lower_bound(ends.begin(), ends.end(), pairs[i].second,
                                       [&](std::size_t end, std::size_t value) { return pairs[end].second < value; });
      before[i] = at == ends.begin() ? pairs.size() : *(at - 1);
      if (at == ends.end()) {
        ends.push_back(i);
      } else {
        *at = i;
      }
    }
    std::vector<Pair> run;
    for (auto i = ends.empty() ? pairs.size() : ends.back(); i < pairs.size(); i = before[i]) run.push_back(pairs[i]);
    std::reverse(run.begin(), run.end());
    return run;
  }

  const Ids& one_;
  const Ids& other_;
  std::vector<std::uint16_t> table_;  // lengths up to 1,000
  std::vector<WordDifference> found_;
};

}  // namespace

std::vector<WordDifference> differences(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  std::unordered_map<std::string, std::uint32_t> known;
  const auto ids_of = [&](const std::vector<std::string>& words) {
    Ids ids;
    ids.reserve(words.size());
    for (const auto& word : words) ids.push_back(known.emplace(word, known.size()).first->second);
    return ids;
  };
  const auto ids = ids_of(one), other_ids = ids_of(other);
  Aligner aligner(ids, other_ids);
  aligner.align({0, ids.size(), 0, other_ids.size()});
  return aligner.take();
}

}  // namespace sohoa::text
