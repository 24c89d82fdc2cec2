// An index is followed under one mutex, by whoever comes first: its own thread, woken by the committer, or somebody who
// asks and wants to see what was just recorded. Both do the same, so it does not matter who wins. Following a fresh
// entry takes some 50 us; an index that has thousands to go is left to its thread, so that those who ask get an answer
// ("try again") instead of holding up the others.
#include "indexer/keeper.hpp"

#include <algorithm>
#include <string>

namespace sohoa::indexer {
namespace {

constexpr std::uint64_t far_behind = 10'000;  // entries; some 0.3 s

}  // namespace

Keeper::~Keeper() {
  stopping_ = true;
  wake();
  if (thread_.joinable()) thread_.join();
}

void Keeper::start() {
  thread_ = std::thread([this] { run(); });
}

void Keeper::wake() noexcept {
  ++calls_;
  calls_.notify_one();
}

void Keeper::run() {
  while (!stopping_) {
    const auto seen = calls_.load();
    // An error is told to those who ask; the next entry is the next try.
    (void)follow();
    if (!stopping_) calls_.wait(seen);
  }
}

Result<void> Keeper::follow() {
  const std::scoped_lock lock(following_);
  SOHOA_TRY(const auto size, journal_.size());
  if (reached_ >= size) return {};
  SOHOA_DO(index_.follow(journal_, size));
  reached_ = size;
  return {};
}

Result<void> Keeper::catch_up() {
  SOHOA_TRY(const auto size, journal_.size());
  if (reached_ >= size) return {};
  if (thread_.joinable()) {
    SOHOA_TRY(const auto position, index_.position());
    const auto behind = size - std::min(size, position.entries);
    if (behind > far_behind) {
      wake();
      return Error{ErrorCode::unavailable, "the index is " + std::to_string(behind) + " journal entries behind"};
    }
  }
  return follow();
}

Result<void> Keeper::make_anew() {
  {
    const std::scoped_lock lock(following_);
    SOHOA_DO(index_.empty());
    reached_ = 0;
  }
  return catch_up();
}

}  // namespace sohoa::indexer
