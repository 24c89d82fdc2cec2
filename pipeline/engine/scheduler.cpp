#include "pipeline/engine/scheduler.hpp"

#include <algorithm>

namespace sohoa::engine {

void Scheduler::push(Task task, Clock::time_point now) {
  state_.with([&](State& state) {
    auto& level = state.levels[std::min<std::size_t>(task.level, 1)];
    auto group = std::find_if(level.begin(), level.end(), [&](const Group& g) { return g.name == task.group; });
    if (group == level.end()) group = level.insert(level.end(), Group{task.group, {}});
    group->tasks.push_back({std::move(task), now});
    ++state.size;
  });
  state_.notify();
}

Task Scheduler::take_from(Level& level, State& state) {
  auto& group = level.front();
  Task task = std::move(group.tasks.front().task);
  group.tasks.pop_front();
  --state.size;
  if (group.tasks.empty()) {
    level.pop_front();
  } else {
    level.splice(level.end(), level, level.begin());
  }
  return task;
}

std::optional<Task> Scheduler::choose(State& state, Clock::time_point now) const {
  auto& [urgent, bulk] = state.levels;
  const bool bulk_waited = !bulk.empty() && now - bulk.front().tasks.front().since >= patience_;
  if (!urgent.empty() && !bulk_waited) return take_from(urgent, state);
  if (!bulk.empty()) return take_from(bulk, state);
  return std::nullopt;
}

std::optional<Task> Scheduler::try_pop(Clock::time_point now) {
  return state_.with([&](State& state) { return choose(state, now); });
}

std::optional<Task> Scheduler::pop() {
  return state_.when([](const State& state) { return state.stopped || state.size > 0; },
                     [&](State& state) -> std::optional<Task> {
                       if (state.stopped) return std::nullopt;
                       return choose(state, Clock::now());
                     });
}

void Scheduler::stop() {
  state_.with([](State& state) { state.stopped = true; });
  state_.notify();
}

std::uint64_t Scheduler::size() const {
  return state_.with([](const State& state) { return state.size; });
}

}  // namespace sohoa::engine
