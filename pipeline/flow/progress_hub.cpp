#include "pipeline/flow/progress_hub.hpp"

#include <algorithm>

namespace sohoa::flow {

void ProgressHub::Mailbox::put(const ProgressEvent& event) {
  if (submission && event.item.submission != *submission) return;
  if (events.size() == queue_length) {
    events.clear();
    missed = true;
  }
  events.push_back(event);
}

/// Shares the hub's state, so that it may outlive the hub.
class ProgressHub::Subscription final : public ProgressSubscription {
 public:
  Subscription(std::shared_ptr<Shared> shared, std::shared_ptr<Mailbox> mailbox)
      : shared_(std::move(shared)), mailbox_(std::move(mailbox)) {}
  ~Subscription() override {
    shared_->with([&](State& state) { std::erase(state.mailboxes, mailbox_); });
  }

  std::optional<ProgressEvent> next() override {
    return shared_->with([&](State&) -> std::optional<ProgressEvent> {
      if (mailbox_->events.empty()) return std::nullopt;
      auto event = std::move(mailbox_->events.front());
      mailbox_->events.pop_front();
      return event;
    });
  }

  bool missed() override {
    return shared_->with([&](State&) { return std::exchange(mailbox_->missed, false); });
  }

 private:
  const std::shared_ptr<Shared> shared_;
  const std::shared_ptr<Mailbox> mailbox_;  ///< guarded by shared_
};

void ProgressHub::publish(ProgressEvent event) {
  shared_->with([&](State& state) {
    event.sequence = ++state.last_sequence;
    state.kept.push_back(event);
    if (state.kept.size() > kept_events) state.kept.pop_front();
    for (const auto& mailbox : state.mailboxes) {
      mailbox->put(event);
      // Woken under the mutex, so that no wake comes after the subscription has gone.
      if (!mailbox->events.empty()) mailbox->wake();
    }
  });
}

std::unique_ptr<ProgressSubscription> ProgressHub::subscribe(std::optional<SubmissionId> submission,
                                                             std::uint64_t after, std::function<void()> wake) {
  auto mailbox = std::make_shared<Mailbox>();
  mailbox->submission = std::move(submission);
  mailbox->wake = std::move(wake);
  shared_->with([&](State& state) {
    mailbox->missed = after > state.last_sequence || (!state.kept.empty() && after + 1 < state.kept.front().sequence);
    for (const auto& event : state.kept) {
      if (event.sequence > after) mailbox->put(event);
    }
    state.mailboxes.push_back(mailbox);
  });
  return std::make_unique<Subscription>(shared_, std::move(mailbox));
}

}  // namespace sohoa::flow
