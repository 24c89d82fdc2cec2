#include "pipeline/flow/progress_hub.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace sohoa::flow {
namespace {

class ProgressHubTest : public testing::Test {
 protected:
  void publish(const std::string& submission, std::uint32_t page) {
    ProgressEvent event;
    event.item.submission = {submission};
    event.page = page;
    hub_.publish(event);
  }
  std::unique_ptr<ProgressSubscription> watch(std::optional<SubmissionId> submission = {}, std::uint64_t after = 0) {
    return hub_.subscribe(std::move(submission), after, [this] { ++wakes_; });
  }
  static std::vector<std::uint32_t> pages(ProgressSubscription& subscription) {
    std::vector<std::uint32_t> pages;
    while (const auto event = subscription.next()) pages.push_back(event->page);
    return pages;
  }

  ProgressHub hub_;
  std::atomic<int> wakes_ = 0;
};

TEST_F(ProgressHubTest, TellsEveryWatcherWhatConcernsIt) {
  const auto all = watch();
  const auto one = watch(SubmissionId{"a"});
  publish("a", 1);
  publish("b", 2);
  EXPECT_EQ(pages(*all), (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(pages(*one), (std::vector<std::uint32_t>{1}));
  EXPECT_GE(wakes_, 3);
}

TEST_F(ProgressHubTest, RepeatsWhatAWatcherMissedWhileAway) {
  for (std::uint32_t page = 1; page <= 5; ++page) publish("a", page);
  const auto back = watch(std::nullopt, 3);
  EXPECT_EQ(pages(*back), (std::vector<std::uint32_t>{4, 5}));
  EXPECT_FALSE(back->missed());
}

TEST_F(ProgressHubTest, TellsASlowWatcherThatItMissedEvents) {
  const auto slow = watch();
  for (std::uint32_t page = 0; page < ProgressHub::queue_length + 10; ++page) publish("a", page);
  EXPECT_TRUE(slow->missed());
  EXPECT_FALSE(slow->missed());
  EXPECT_LE(pages(*slow).size(), ProgressHub::queue_length);
}

TEST_F(ProgressHubTest, TellsAWatcherWhoseEventsAreNoLongerKept) {
  for (std::uint32_t page = 0; page < ProgressHub::kept_events + 10; ++page) publish("a", page);
  EXPECT_TRUE(watch(SubmissionId{"b"}, 1)->missed());
}

TEST_F(ProgressHubTest, LetsWatchersComeAndGoWhileEventsFly) {
  std::jthread publisher([&](const std::stop_token& stop) {
    for (std::uint32_t page = 0; !stop.stop_requested(); ++page) publish("a", page);
  });
  for (int i = 0; i < 200; ++i) {
    const auto watcher = watch();
    (void)watcher->next();
  }
}

}  // namespace
}  // namespace sohoa::flow
