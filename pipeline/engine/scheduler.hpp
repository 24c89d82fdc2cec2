#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <string>

#include "pipeline/base/guarded.hpp"
#include "pipeline/engine/worker.hpp"

namespace sohoa::engine {

/// One piece of work for one worker.
struct Task {
  std::uint8_t level = 1;    ///< 0 before 1
  std::string group;         ///< tasks of different groups take turns
  std::uint64_t memory = 0;  ///< bytes to reserve before it runs
  std::function<void(Worker&)> run;
};

/// Decides which task runs next: lower level first, groups of one level in turn, first come first served within a
/// group. A task of level 1 that has waited for `patience` goes before level 0, so that nothing starves. Any thread.
class Scheduler {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Scheduler(std::chrono::milliseconds patience) : patience_(patience) {}

  void push(Task task, Clock::time_point now = Clock::now());
  /// Waits for a task; nothing once stopped. What is queued at the stop is not run.
  std::optional<Task> pop();
  /// The next task by the rules above, without waiting.
  std::optional<Task> try_pop(Clock::time_point now);
  void stop();
  [[nodiscard]] std::uint64_t size() const;

 private:
  struct Waiting {
    Task task;
    Clock::time_point since;
  };
  struct Group {
    std::string name;
    std::deque<Waiting> tasks;
  };
  using Level = std::list<Group>;  ///< the group at the front is next
  struct State {
    std::array<Level, 2> levels;
    std::uint64_t size = 0;
    bool stopped = false;
  };
  static Task take_from(Level& level, State& state);
  std::optional<Task> choose(State& state, Clock::time_point now) const;

  const std::chrono::milliseconds patience_;
  Guarded<State> state_;
};

}  // namespace sohoa::engine
