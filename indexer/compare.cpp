#include "indexer/compare.hpp"

#include <deque>

namespace sohoa::indexer {
namespace {

/// Rows of an index one after the other.
class Walk {
 public:
  explicit Walk(const Follower& index) : index_(index) {}

  /// The row at hand; nothing at the end.
  Result<const Database::Row*> row() {
    constexpr std::size_t at_once = 1000;
    if (rows_.empty() && !ended_) {
      SOHOA_TRY(auto more, index_.rows_after(last_, at_once));
      ended_ = more.size() < at_once;
      if (!more.empty()) last_ = more.back().key;
      rows_.assign(std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
      if (rows_.empty() && !ended_) return row();
    }
    return rows_.empty() ? nullptr : &rows_.front();
  }
  void next() { rows_.pop_front(); }

 private:
  const Follower& index_;
  std::deque<Database::Row> rows_;
  std::string last_;
  bool ended_ = false;
};

std::string shown(std::string text) {
  for (auto& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e) c = '.';
  }
  return text;
}

}  // namespace

Result<std::vector<Disagreement>> compare(const Follower& stored, const Follower& fresh, std::size_t limit) {
  std::vector<Disagreement> found;
  Walk left(stored);
  Walk right(fresh);
  while (found.size() < limit) {
    SOHOA_TRY(const auto* has, left.row());
    SOHOA_TRY(const auto* should, right.row());
    if (!has && !should) break;
    if (!should || (has && has->key < should->key)) {
      found.push_back({shown(has->key), "is one too many"});
      left.next();
    } else if (!has || should->key < has->key) {
      found.push_back({shown(should->key), "is missing"});
      right.next();
    } else {
      if (has->value != should->value) found.push_back({shown(has->key), "holds something else than the journal says"});
      left.next();
      right.next();
    }
  }
  return found;
}

}  // namespace sohoa::indexer
