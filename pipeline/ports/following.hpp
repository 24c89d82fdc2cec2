#pragma once

#include <cstdint>

#include "pipeline/base/result.hpp"

namespace sohoa {

/// What keeps an index at the journal's end, as those who ask the index see it. Any thread.
class Following {
 public:
  virtual ~Following() = default;
  /// On return the index holds all that the journal held at the call, so that an answer shows what was just recorded.
  /// Errors: unavailable (it is far behind, being made anew for instance: try again later); those of the journal.
  virtual Result<void> catch_up() = 0;
  /// Throws the index away and makes it from the journal: for rows that cannot be read any more.
  virtual Result<void> make_anew() = 0;
};

/// Asks an index that is never behind the journal; where its rows turn out to be damaged, it is made anew and asked
/// once more.
template <typename Ask>
auto ask(Following& following, Ask&& question) -> decltype(question()) {
  SOHOA_DO(following.catch_up());
  auto answer = question();
  if (answer || answer.error().code != ErrorCode::data_loss) return answer;
  SOHOA_DO(following.make_anew());
  return question();
}

}  // namespace sohoa
