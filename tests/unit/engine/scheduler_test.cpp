#include "pipeline/engine/scheduler.hpp"

#include <gtest/gtest.h>

#include <string>

namespace sohoa::engine {
namespace {

using namespace std::chrono_literals;

class SchedulerTest : public testing::Test {
 protected:
  void push(std::uint8_t level, const std::string& group, const std::string& name) {
    scheduler_.push({level, group, 0, [this, name](Worker&) { ran_ += name + " "; }}, now_);
  }
  std::string order() {
    // A task's worker is not touched by these tests.
    alignas(Worker) std::byte unused[sizeof(Worker)];
    while (auto task = scheduler_.try_pop(now_)) task->run(reinterpret_cast<Worker&>(unused));
    return std::exchange(ran_, "");
  }

  Scheduler::Clock::time_point now_{};
  Scheduler scheduler_{10s};
  std::string ran_;
};

TEST_F(SchedulerTest, RunsGroupsInTurnAndEachInItsOrder) {
  push(1, "big", "b1");
  push(1, "big", "b2");
  push(1, "big", "b3");
  push(1, "small", "s1");
  EXPECT_EQ(order(), "b1 s1 b2 b3 ");
}

TEST_F(SchedulerTest, RunsInteractiveTasksFirst) {
  push(1, "bulk", "b");
  push(0, "officer", "i");
  EXPECT_EQ(order(), "i b ");
}

TEST_F(SchedulerTest, LetsABulkTaskThroughThatHasWaitedLong) {
  push(1, "bulk", "b");
  now_ += 11s;
  push(0, "officer", "i1");
  push(0, "officer", "i2");
  EXPECT_EQ(order(), "b i1 i2 ");
}

TEST_F(SchedulerTest, GivesNothingOnceStopped) {
  push(1, "bulk", "b");
  scheduler_.stop();
  EXPECT_FALSE(scheduler_.pop());
}

}  // namespace
}  // namespace sohoa::engine
