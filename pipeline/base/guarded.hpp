#pragma once

#include <condition_variable>
#include <mutex>
#include <utility>

namespace sohoa {

/// A value and the mutex that owns it; `with` is the only door.
template <typename T>
class Guarded {
 public:
  template <typename... Arguments>
  explicit Guarded(Arguments&&... arguments) : value_(std::forward<Arguments>(arguments)...) {}

  /// Runs `use(value)` under the mutex. `use` must not call `with` on the same object.
  template <typename Use>
  decltype(auto) with(Use&& use) {
    const std::scoped_lock lock(mutex_);
    return std::forward<Use>(use)(value_);
  }
  template <typename Use>
  decltype(auto) with(Use&& use) const {
    const std::scoped_lock lock(mutex_);
    return std::forward<Use>(use)(value_);
  }

  /// Waits until `ready(value)`, then runs `use(value)`; whoever changes the value calls `notify`.
  template <typename Ready, typename Use>
  decltype(auto) when(Ready&& ready, Use&& use) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ready(value_); });
    return std::forward<Use>(use)(value_);
  }
  /// Takes the mutex first: a waiter whose condition lies outside the value (a stop request) has then either seen it or
  /// sleeps.
  void notify() {
    {
      const std::scoped_lock lock(mutex_);
    }
    changed_.notify_all();
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  T value_;
};

}  // namespace sohoa
