#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/service/service.hpp"

namespace sohoa::http {

/// A feed that keeps every event; each watcher's queue holds `capacity`.
class FakeFeed final : public ProgressFeed {
 public:
  explicit FakeFeed(std::size_t capacity = 64) : capacity_(capacity) {}
  std::unique_ptr<ProgressSubscription> subscribe(std::optional<SubmissionId> submission, std::uint64_t after,
                                                  std::function<void()> wake) override;
  void publish(ProgressEvent event);
  [[nodiscard]] std::size_t watchers() const;

 private:
  class Watcher;
  struct Queue {
    std::optional<SubmissionId> submission;
    std::deque<ProgressEvent> events;
    bool missed = false;
    std::function<void()> wake;
  };
  void offer(Queue& queue, const ProgressEvent& event) const;

  std::size_t capacity_;
  mutable std::mutex mutex_;
  std::vector<ProgressEvent> history_;
  std::vector<std::shared_ptr<Queue>> queues_;
};

/// What the service was told, and what it says, all in memory.
class FakeService final : public api::Service {
 public:
  struct Submitted {
    SubmissionTerms terms;
    std::vector<api::Upload> uploads;
  };

  Result<std::unique_ptr<ObjectWriter>> create_upload() override;
  Result<SubmissionId> submit(const SubmissionTerms& terms, const std::vector<api::Upload>& uploads) override;
  [[nodiscard]] Result<Submission> submission(const SubmissionId& id) const override;
  [[nodiscard]] ProgressFeed& progress() override { return feed; }
  /// Every document has one version.
  [[nodiscard]] Result<DocumentRecord> document(const DocumentId& id, std::uint32_t version) const override;
  [[nodiscard]] Result<api::OpenRepresentation> open(const DocumentId& id, Representation representation,
                                                     std::uint32_t version) const override;
  /// One doubtful word and one field.
  [[nodiscard]] Result<Review> review(const DocumentId& id) const override;
  /// A receipt, where the request's version is 2.
  Result<ArchiveReceipt> revise(const RevisionRequest& request) override;
  [[nodiscard]] api::Health health() const override;
  [[nodiscard]] std::string metrics() const override { return "sohoa_pages_total 7\n"; }

  /// Adds a document whose original and forms have these bytes.
  DocumentId add_document(const std::string& name, const std::string& bytes);
  SubmissionId add_submission(const std::vector<std::string>& names);
  /// Settles every item and tells the feed.
  /// A stack that was cut into one document, from page 2 on.
  SubmissionId add_stack(const std::string& name);
  void settle(const SubmissionId& id);
  void page_read(const SubmissionId& id, std::uint32_t page, std::uint32_t pages);

  [[nodiscard]] std::vector<Submitted> submitted() const;
  [[nodiscard]] std::string bytes_of(const Digest& digest) const;
  [[nodiscard]] std::size_t open_writers() const;
  [[nodiscard]] std::size_t committed() const;

  FakeFeed feed;
  std::atomic<bool> busy{false};
  std::atomic<bool> healthy{true};
  std::atomic<bool> keep_bytes{true};  ///< false: uploads are only hashed
  std::atomic<bool> throws{false};
  std::atomic<std::uint64_t> fail_write_at{UINT64_MAX};  ///< bytes after which a writer says the disk is full

 private:
  class Writer;
  struct State {
    std::map<SubmissionId, Submission> submissions;
    std::map<DocumentId, std::pair<DocumentRecord, std::string>> documents;
    std::map<Digest, std::string> objects;
    std::vector<Submitted> submitted;
    std::size_t writers = 0;
    std::size_t committed = 0;
    std::uint64_t next_id = 1;
  };
  mutable std::mutex mutex_;
  State state_;
};

}  // namespace sohoa::http
