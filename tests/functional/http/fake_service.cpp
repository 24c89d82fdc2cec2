#include "tests/functional/http/fake_service.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "pipeline/base/file.hpp"

namespace sohoa::http {
namespace {

std::string id_text(std::uint64_t number) {
  char text[33];
  std::snprintf(text, sizeof text, "%032lx", static_cast<unsigned long>(number));
  return text;
}

Error missing(const std::string& what) {
  return {ErrorCode::not_found, "no " + what};
}

}  // namespace

class FakeFeed::Watcher final : public ProgressSubscription {
 public:
  Watcher(FakeFeed& feed, std::shared_ptr<Queue> queue) : feed_(feed), queue_(std::move(queue)) {}
  ~Watcher() override {
    const std::scoped_lock lock(feed_.mutex_);
    std::erase(feed_.queues_, queue_);
  }
  std::optional<ProgressEvent> next() override {
    const std::scoped_lock lock(feed_.mutex_);
    if (queue_->events.empty()) return std::nullopt;
    auto event = std::move(queue_->events.front());
    queue_->events.pop_front();
    return event;
  }
  bool missed() override {
    const std::scoped_lock lock(feed_.mutex_);
    return std::exchange(queue_->missed, false);
  }

 private:
  FakeFeed& feed_;
  std::shared_ptr<Queue> queue_;
};

void FakeFeed::offer(Queue& queue, const ProgressEvent& event) const {
  if (queue.submission && event.item.submission != *queue.submission) return;
  if (queue.events.size() == capacity_) {
    queue.events.pop_front();
    queue.missed = true;
  }
  queue.events.push_back(event);
}

std::unique_ptr<ProgressSubscription> FakeFeed::subscribe(std::optional<SubmissionId> submission, std::uint64_t after,
                                                          std::function<void()> wake) {
  auto queue = std::make_shared<Queue>();
  queue->submission = std::move(submission);
  queue->wake = std::move(wake);
  const std::scoped_lock lock(mutex_);
  for (const auto& event : history_)
    if (event.sequence > after) offer(*queue, event);
  queues_.push_back(queue);
  return std::make_unique<Watcher>(*this, queue);
}

void FakeFeed::publish(ProgressEvent event) {
  std::vector<std::function<void()>> wakes;
  {
    const std::scoped_lock lock(mutex_);
    event.sequence = history_.size() + 1;
    history_.push_back(event);
    for (const auto& queue : queues_) {
      offer(*queue, event);
      wakes.push_back(queue->wake);
    }
  }
  for (const auto& wake : wakes) wake();
}

std::size_t FakeFeed::watchers() const {
  const std::scoped_lock lock(mutex_);
  return queues_.size();
}

class FakeService::Writer final : public ObjectWriter {
 public:
  explicit Writer(FakeService& service) : service_(service) {}
  ~Writer() override {
    const std::scoped_lock lock(service_.mutex_);
    --service_.state_.writers;
  }
  Result<void> write(ByteView piece) override {
    size_ += piece.size();
    if (size_ > service_.fail_write_at) return Error{ErrorCode::resource_exhausted, "the disk is full"};
    hash_.update(piece);
    if (service_.keep_bytes) bytes_.append(as_text(piece));
    return {};
  }
  Result<StoredObject> commit() override {
    const auto digest = hash_.finish();
    const std::scoped_lock lock(service_.mutex_);
    ++service_.state_.committed;
    service_.state_.objects[digest] = bytes_;
    return StoredObject{digest, size_};
  }

 private:
  FakeService& service_;
  Sha256 hash_;
  std::string bytes_;
  std::uint64_t size_ = 0;
};

Result<std::unique_ptr<ObjectWriter>> FakeService::create_upload() {
  if (busy) return Error{ErrorCode::unavailable, "too much is waiting"};
  const std::scoped_lock lock(mutex_);
  ++state_.writers;
  return std::unique_ptr<ObjectWriter>(std::make_unique<Writer>(*this));
}

Result<SubmissionId> FakeService::submit(const SubmissionTerms& terms, const std::vector<api::Upload>& uploads) {
  std::vector<std::string> names;
  for (const auto& upload : uploads) names.push_back(upload.name);
  const auto id = add_submission(names);
  const std::scoped_lock lock(mutex_);
  state_.submissions[id].terms = terms;
  state_.submitted.push_back({terms, uploads});
  return id;
}

Result<Submission> FakeService::submission(const SubmissionId& id) const {
  if (throws) throw std::runtime_error("the fake breaks");
  const std::scoped_lock lock(mutex_);
  const auto found = state_.submissions.find(id);
  if (found == state_.submissions.end()) return missing("submission " + id.value);
  return found->second;
}

Result<DocumentRecord> FakeService::document(const DocumentId& id, std::uint32_t version) const {
  const std::scoped_lock lock(mutex_);
  const auto found = state_.documents.find(id);
  if (found == state_.documents.end() || version > 1) return missing("document " + id.value);
  return found->second.first;
}

Result<Review> FakeService::review(const DocumentId& id) const {
  SOHOA_TRY(const auto record, document(id, newest));
  Review review;
  review.document = id;
  review.words = 200;
  Word word;
  word.text = "Quyêt";
  word.box = {10, 20, 30, 40};
  word.certainty = 0.4F;
  word.alternatives = {{"Quyết", -0.5F}};
  review.asked.push_back({{1}, word, "Quyêt định", 0});
  Field field;
  field.name = FieldName::number_symbol;
  field.value = "/QĐ-UBND";
  field.page = {1};
  field.review = "handwritten";
  review.fields.push_back(field);
  return review;
}

Result<ArchiveReceipt> FakeService::revise(const RevisionRequest& request) {
  SOHOA_TRY(const auto record, document(request.document, newest));
  if (request.revision.version != 2) return Error{ErrorCode::already_exists, "it has version 1 by now"};
  if (request.revision.words.empty()) return Error{ErrorCode::invalid_input, "nothing is to be set right"};
  auto receipt = record.receipt;
  receipt.journal_entry += 1;
  return receipt;
}

Result<api::OpenRepresentation> FakeService::open(const DocumentId& id, Representation representation,
                                                  std::uint32_t version) const {
  const std::scoped_lock lock(mutex_);
  const auto found = state_.documents.find(id);
  if (found == state_.documents.end() || version > 1) return missing("document " + id.value);
  const auto& [record, bytes] = found->second;
  api::OpenRepresentation opened;
  opened.file = UniqueFd(::memfd_create("document", MFD_CLOEXEC));
  SOHOA_DO(write_all(opened.file.get(), as_bytes(bytes)));
  opened.object = {sha256(as_bytes(bytes)), bytes.size()};
  switch (representation) {
    case Representation::text: opened.media_type = "text/plain; charset=utf-8"; break;
    case Representation::alto: opened.media_type = "application/xml"; break;
    case Representation::json: opened.media_type = "application/json"; break;
    case Representation::pdf:
    case Representation::original: opened.media_type = "application/pdf"; break;
  }
  opened.file_name = record.document.title;
  return opened;
}

api::Health FakeService::health() const {
  return healthy ? api::Health{true, "", 3, 2} : api::Health{false, "no page worker answers", 3, 0};
}

DocumentId FakeService::add_document(const std::string& name, const std::string& bytes) {
  DocumentRecord record;
  auto& document = record.document;
  document.source = {name, sha256(as_bytes(bytes)), bytes.size(), SourceFormat::pdf};
  document.id = DocumentId::of(document.source.digest);
  document.title = name;
  document.pages = 3;
  document.digitized_at = now();
  document.pdf = {document.source.digest, bytes.size()};
  document.failed_pages = {{PageNumber{2}, {ErrorCode::unavailable, "its worker died twice"}}};
  document.notes = {"dpi estimated"};
  document.part = StackPart{2, 4, 3, ""};
  record.receipt = {document.id, 41, document.source.digest, "2026-11-22T22:15:03.120+07:00"};
  const std::scoped_lock lock(mutex_);
  state_.documents[document.id] = {record, bytes};
  return document.id;
}

SubmissionId FakeService::add_submission(const std::vector<std::string>& names) {
  const std::scoped_lock lock(mutex_);
  Submission submission;
  submission.id = {id_text(state_.next_id++)};
  submission.received_at = now();
  for (const auto& name : names) {
    SubmissionItem item;
    item.key = {submission.id, static_cast<std::uint32_t>(submission.items.size())};
    item.name = name;
    submission.items.push_back(item);
  }
  state_.submissions[submission.id] = submission;
  return submission.id;
}

SubmissionId FakeService::add_stack(const std::string& name) {
  const auto id = add_submission({name, name + "/1"});
  ProgressEvent event;
  {
    const std::scoped_lock lock(mutex_);
    auto& items = state_.submissions[id].items;
    items[0].state = ItemState::expanded;
    items[0].pages = 5;
    items[0].sums = StackSums{1, 3, 1, 1};
    items[1].part = StackPart{1, 2, 3, "TP01"};
    event.sums = items[0].sums;
  }
  event.kind = ProgressKind::item_settled;
  event.item = {id, 0};
  event.state = ItemState::expanded;
  feed.publish(event);
  return id;
}

void FakeService::page_read(const SubmissionId& id, std::uint32_t page, std::uint32_t pages) {
  ProgressEvent event;
  event.item = {id, 0};
  event.name = "scan.pdf";
  event.page = event.pages_done = page;
  event.pages = pages;
  feed.publish(event);
}

void FakeService::settle(const SubmissionId& id) {
  {
    const std::scoped_lock lock(mutex_);
    for (auto& item : state_.submissions[id].items) {
      item.state = ItemState::failed;
      item.error = Error{ErrorCode::unsupported, "neither a PDF nor an image"};
    }
  }
  ProgressEvent event;
  event.kind = ProgressKind::submission_settled;
  event.item = {id, 0};
  event.state = ItemState::failed;
  feed.publish(event);
}

std::vector<FakeService::Submitted> FakeService::submitted() const {
  const std::scoped_lock lock(mutex_);
  return state_.submitted;
}
std::string FakeService::bytes_of(const Digest& digest) const {
  const std::scoped_lock lock(mutex_);
  const auto found = state_.objects.find(digest);
  return found == state_.objects.end() ? "" : found->second;
}
std::size_t FakeService::open_writers() const {
  const std::scoped_lock lock(mutex_);
  return state_.writers;
}
std::size_t FakeService::committed() const {
  const std::scoped_lock lock(mutex_);
  return state_.committed;
}

}  // namespace sohoa::http
