#pragma once

#include <atomic>
#include <mutex>
#include <thread>

#include "indexer/follower.hpp"
#include "pipeline/ports/following.hpp"

namespace sohoa::indexer {

/// Keeps an index at the journal's end: at the demand of those who ask it and, once started, by a thread of its own
/// that sleeps until it is woken. Any thread.
class Keeper final : public Following {
 public:
  /// Both outlive it.
  Keeper(Follower& index, const Journal& journal) : index_(index), journal_(journal) {}
  ~Keeper() override;
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  /// Starts the thread. From now on catch_up() does not wait for an index that is far behind. Once, by one thread.
  void start();
  /// Entries came. Never waits.
  void wake() noexcept;

  Result<void> catch_up() override;
  Result<void> make_anew() override;

 private:
  void run();
  Result<void> follow();

  Follower& index_;
  const Journal& journal_;
  std::atomic<std::uint64_t> reached_ = 0;  ///< entries that the index is known to hold
  std::atomic<std::uint32_t> calls_ = 0;    ///< what the thread sleeps on
  std::atomic<bool> stopping_ = false;
  std::mutex following_;  ///< held by whoever follows
  std::thread thread_;
};

}  // namespace sohoa::indexer
