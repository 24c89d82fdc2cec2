#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/base/guarded.hpp"
#include "pipeline/engine/crew.hpp"
#include "pipeline/flow/page_spool.hpp"
#include "pipeline/flow/progress_hub.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/page_messages.hpp"
#include "pipeline/ports/archive.hpp"
#include "pipeline/ports/field_extractor.hpp"

namespace sohoa::flow {

/// THE ORDER, the coordinator's half: files -> submission -> pages -> document -> issued results -> archive.
/// What one page goes through inside a page worker stands in read_page.hpp. Any thread.
class Digitizer {
 public:
  struct Options {
    std::filesystem::path work_folder;  ///< for pages that are read but not yet issued
    Limits limits;
    engine::Crew::Options crew;
    std::shared_ptr<const FieldExtractor> fields;  ///< null: documents are issued without fields
    /// What is said of a source's signatures, a JSON array; null: nothing. Any thread; MUST NOT wait on a network.
    std::function<std::string(const PdfSignatures&)> report_signatures;
    std::uint64_t busy_above_pages = 20'000;  ///< waiting pages; then intake is slowed down
  };
  struct Counters {
    std::uint64_t pages_read = 0;
    std::uint64_t pages_failed = 0;
    std::uint64_t documents = 0;
    std::uint64_t files_failed = 0;
    std::map<std::string, double> stage_seconds;  ///< CPU seconds of page workers by stage
  };

  Digitizer(Archive& archive, std::unique_ptr<engine::Zygote> zygote, Options options);
  /// Stops after the pages in hand; what is not done stays pending and is resumed by the next process.
  ~Digitizer();
  Digitizer(const Digitizer&) = delete;
  Digitizer& operator=(const Digitizer&) = delete;

  /// Opens a submission; files may be added until it is closed.
  Result<SubmissionId> open(const SubmissionTerms& terms);
  /// Adds a file whose bytes are in the archive's object store, and starts on it. Durable on return. A file of no
  /// format that we read, or over a limit, is taken up as failed, with the reason. Errors: those of the archive.
  Result<ItemKey> add(const SubmissionId& submission, const std::string& name, const StoredObject& object);
  /// Takes up a file that could not be had, as failed with its reason.
  Result<ItemKey> refuse(const SubmissionId& submission, const std::string& name, const Error& reason);
  /// No more files will come: its end can be told.
  void close(const SubmissionId& submission);

  /// Starts on everything that the archive holds as pending and that is not in hand; returns how many files. Pages that
  /// nobody waits for any more are deleted.
  Result<std::uint32_t> resume();

  /// Issues a document anew, with words and fields set right, or its pages read again (what was set right stays), and
  /// records it as its next version. Waits for it; pages go before bulk ones. Nothing is changed where it fails.
  /// Errors: not_found, already_exists (it has that version by now), invalid_input (no such page, nothing to do), those
  /// of reading a page and of the archive.
  Result<ArchiveReceipt> revise(const RevisionRequest& request);

  [[nodiscard]] ProgressFeed& progress() { return hub_; }
  [[nodiscard]] bool busy() const { return crew_->queued() > options_.busy_above_pages; }
  [[nodiscard]] std::uint64_t queued_pages() const { return crew_->queued(); }
  [[nodiscard]] Counters counters() const;
  [[nodiscard]] const engine::Crew& crew() const { return *crew_; }
  [[nodiscard]] engine::Crew& crew() { return *crew_; }
  /// Waits until nothing is in hand.
  void wait_until_idle();

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;
  struct Revising;
  struct Open {
    SubmissionTerms terms;
    std::uint64_t pending = 0;
    bool closed = false;
  };

  Result<SubmissionItem> admit(const std::string& name, std::uint32_t depth, const StoredObject& object) const;
  Result<ItemKey> enter(const SubmissionId& submission, const SubmissionTerms& terms, SubmissionItem item);
  void begin(const SubmissionItem& item, const SubmissionTerms& terms);
  void sweep_work_folder();

  void unpack(const JobPtr& job, engine::Worker& worker);
  Result<void> take_out(const JobPtr& job, const Unpacked& unpacked, int bytes);
  void split(const JobPtr& job, engine::Worker& worker);
  void read(const JobPtr& job, PageNumber number, engine::Worker& worker);
  void page_done(const JobPtr& job, PageNumber number, const PageReply& reply);
  void commit(const JobPtr& job);
  void commit_whole(const JobPtr& job);
  void commit_stack(const JobPtr& job);
  Result<SubmissionItem> part_item(const SubmissionItem& stack, const StackPart& part, const Submission& earlier);
  Result<void> commit_part(Job& job, const SubmissionItem& item, const std::string& dossier);
  Result<IssuedDocument> issued(DigitizedDocument document);
  Result<ReadPage> revised_page(Revising& revising, PageNumber number, engine::Worker& worker) const;
  Result<void> revise_pages(const std::shared_ptr<Revising>& revising);
  static bool may_pass_by_itself(const Error& error);
  void run_committer(const std::stop_token& stop);

  /// Asks a worker about the job's bytes and expects an answer of kind T.
  template <typename T>
  Result<T> ask(engine::Worker& worker, const SourceFile& source, const PageRequest& request, std::chrono::seconds time,
                int output = -1) const;
  engine::Task task_of(const JobPtr& job, std::function<void(engine::Worker&)> run) const;
  std::vector<SubmissionItem> finish(const JobPtr& job);
  void unread(const JobPtr& job, const Error& error);
  void not_stored(const JobPtr& job, const Error& error);
  void postpone(const JobPtr& job, const Error& error);
  void fail(const JobPtr& job, const Error& error, std::uint32_t page = 0);
  void told(const SubmissionItem& item, ItemState state, const std::optional<Error>& error, std::uint32_t page,
            std::uint32_t pages, const std::optional<StackSums>& sums = std::nullopt);
  void one_less(const SubmissionId& submission);

  Archive& archive_;
  const Options options_;
  ProgressHub hub_;
  Guarded<std::map<std::string, JobPtr>> jobs_;  ///< by the key of their bytes and options
  Guarded<std::map<SubmissionId, Open>> open_;
  Guarded<std::set<std::filesystem::path>> revising_;  ///< work folders of documents that are issued anew
  Guarded<std::deque<JobPtr>> finished_;               ///< all pages read, for the committer
  Guarded<Counters> counters_;
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<engine::Crew> crew_;
  std::jthread committer_;  ///< the only thread that issues and appends
};

}  // namespace sohoa::flow
