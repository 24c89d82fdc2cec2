#include "pipeline/engine/worker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "pipeline/base/file.hpp"
#include "pipeline/engine/crew.hpp"

namespace sohoa::engine {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<Zygote> zygote() {
  return *Zygote::start({std::string(SOHOA_BINARY_DIR) + "/unit_engine_worker", {}});
}

class WorkerTest : public testing::Test {
 protected:
  std::string ask(std::string_view word, std::chrono::milliseconds time = 20s) {
    auto answer = worker_.call(as_bytes(word), {}, time);
    return answer ? std::string(as_text(*answer)) : "error: " + answer.error().message;
  }

  std::unique_ptr<Zygote> zygote_ = zygote();
  Worker worker_{*zygote_, {.replace_above_bytes = 100U << 20}};
};

TEST_F(WorkerTest, AnswersAndStaysWarm) {
  EXPECT_EQ(ask("xin chào"), "xin chào");
  EXPECT_EQ(ask("pid"), ask("pid"));
}

TEST_F(WorkerTest, ReadsADescriptorThatTravelsWithTheRequest) {
  const auto path = testing::TempDir() + "/worker_test_" + std::to_string(::getpid());
  std::ofstream(path) << "nội dung";
  const auto fd = open_for_reading(path);
  const std::array<int, 1> fds{fd->get()};
  EXPECT_EQ(as_text(*worker_.call(as_bytes("read"), fds, 20s)), "nội dung");
  std::remove(path.c_str());
}

TEST_F(WorkerTest, CarriesLargeAnswers) {
  EXPECT_EQ(ask("large").size(), 40U << 20);
}

TEST_F(WorkerTest, TriesACrashTwiceThenReportsItAndGoesOn) {
  EXPECT_THAT(ask("crash"), testing::StartsWith("error: page worker died twice: signal 11"));
  EXPECT_EQ(worker_.usage().deaths, 2);
  EXPECT_EQ(ask("still here"), "still here");
}

TEST_F(WorkerTest, KillsAHangAtTheDeadline) {
  EXPECT_EQ(ask("hang", 300ms), "error: time limit of 0.3 s reached");
  EXPECT_EQ(worker_.usage().timed_out, 1);
  EXPECT_EQ(ask("still here"), "still here");
}

TEST_F(WorkerTest, IsReplacedWhenItHasGrown) {
  const auto first = ask("pid");
  ask("grow");
  ask("grow");
  EXPECT_NE(ask("pid"), first);
  EXPECT_GE(worker_.usage().replaced, 1);
}

TEST_F(WorkerTest, HasNoNetworkAndStartsNoProgram) {
  EXPECT_EQ(ask("network"), "refused");
  EXPECT_EQ(ask("program"), "refused");
}

TEST_F(WorkerTest, SurvivesTheDeathOfTheZygote) {
  const auto pid = std::stoi(ask("pid"));
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string skipped;
  int parent = 0;
  stat >> skipped >> skipped >> skipped >> parent;
  ASSERT_GT(parent, 1);
  ::kill(parent, SIGKILL);
  EXPECT_EQ(ask("again"), "again");
}

TEST(Zygote, NamesAnExecutableThatIsMissing) {
  const auto missing = Zygote::start({"/nonexistent/sohoa-page", {}});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
}

TEST(Crew, StopsWithoutRunningWhatATaskStillPushes) {
  std::atomic<int> begun = 0;
  std::atomic<int> pushed_ran = 0;
  std::atomic<bool> stopping = false;
  Crew crew(zygote(), {.workers = 1});
  crew.push({.run = [&](Worker&) {
    ++begun;
    while (!stopping) std::this_thread::yield();
    std::this_thread::sleep_for(50ms);  // until stop() waits for this task
    crew.push({.run = [&](Worker&) { ++pushed_ran; }});
  }});
  while (begun == 0) std::this_thread::yield();
  stopping = true;
  crew.stop();
  crew.stop();
  EXPECT_EQ(begun, 1);
  EXPECT_EQ(pushed_ran, 0);
  EXPECT_EQ(crew.workers(), 1);
}

TEST(Crew, RunsEveryTaskOnItsWorkers) {
  std::atomic<int> done = 0;
  {
    Crew crew(zygote(), {.workers = 3, .memory_bytes = 100});
    for (int i = 0; i < 60; ++i) {
      crew.push({1, std::to_string(i % 5), 60, [&](Worker& worker) {
                   if (worker.call(as_bytes("x"), {}, 20s)) ++done;
                 }});
    }
    while (done < 60) std::this_thread::sleep_for(1ms);
    EXPECT_EQ(crew.queued(), 0);
  }
  EXPECT_EQ(done, 60);
}

}  // namespace
}  // namespace sohoa::engine
