#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "pipeline/model/progress.hpp"

namespace sohoa {

/// One watcher's bounded queue of events. One thread.
class ProgressSubscription {
 public:
  virtual ~ProgressSubscription() = default;
  /// The next event, or nothing for now.
  virtual std::optional<ProgressEvent> next() = 0;
  /// True once where the watcher was too slow and events were dropped since the last call: read the state anew.
  virtual bool missed() = 0;
};

/// Tells progress to any number of watchers, and never waits for one. Any thread.
class ProgressFeed {
 public:
  virtual ~ProgressFeed() = default;
  /// Events of `submission` (of all, where none is given) with a sequence above `after`, as far as they are still held.
  /// `wake` is called from other threads whenever an event may be there; it must return at once.
  virtual std::unique_ptr<ProgressSubscription> subscribe(std::optional<SubmissionId> submission, std::uint64_t after,
                                                          std::function<void()> wake) = 0;
};

}  // namespace sohoa
