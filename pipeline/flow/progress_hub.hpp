#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "pipeline/base/guarded.hpp"
#include "pipeline/ports/progress.hpp"

namespace sohoa::flow {

/// Hands events to watchers through bounded queues and keeps the newest ones for those who come back. Any thread.
class ProgressHub final : public ProgressFeed {
 public:
  static constexpr std::size_t kept_events = 4096;   ///< for watchers who reconnect
  static constexpr std::size_t queue_length = 1024;  ///< of one watcher; a slower one misses events and is told

  /// Gives the event its sequence number and tells everyone.
  void publish(ProgressEvent event);

  std::unique_ptr<ProgressSubscription> subscribe(std::optional<SubmissionId> submission, std::uint64_t after,
                                                  std::function<void()> wake) override;

 private:
  class Subscription;
  struct Mailbox {
    std::optional<SubmissionId> submission;
    std::function<void()> wake;
    std::deque<ProgressEvent> events;
    bool missed = false;

    void put(const ProgressEvent& event);
  };
  struct State {
    std::uint64_t last_sequence = 0;
    std::deque<ProgressEvent> kept;
    std::vector<std::shared_ptr<Mailbox>> mailboxes;
  };
  using Shared = Guarded<State>;

  const std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

}  // namespace sohoa::flow
