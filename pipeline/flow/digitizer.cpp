#include "pipeline/flow/digitizer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include "pipeline/base/file.hpp"
#include "pipeline/flow/job.hpp"
#include "pipeline/intake/sniff.hpp"
#include "pipeline/issue/issue_document.hpp"

namespace sohoa::flow {
namespace {

constexpr auto structure_time = std::chrono::seconds(30);  // opening a file and counting its pages
constexpr auto unpack_time = std::chrono::seconds(600);    // gigabytes out of a ZIP

/// On disk, for gigabytes may come; gone when closed.
Result<UniqueFd> nameless_file(const std::filesystem::path& folder) {
  std::error_code exists;  // failing to make it shows at once
  std::filesystem::create_directories(folder, exists);
  auto name = (folder / "unpacked-XXXXXX").string();
  UniqueFd file(::mkostemp(name.data(), O_CLOEXEC));
  if (!file) return system_error(name);
  ::unlink(name.c_str());
  return file;
}

}  // namespace

Digitizer::Digitizer(Archive& archive, std::unique_ptr<engine::Zygote> zygote, Options options)
    : archive_(archive),
      options_(std::move(options)),
      crew_(std::make_unique<engine::Crew>(std::move(zygote), options_.crew)),
      committer_([this](const std::stop_token& stop) { run_committer(stop); }) {}

Digitizer::~Digitizer() {
  crew_->stop();  // not reset: the tasks that come to their end meanwhile push others
  stopping_ = true;
  committer_.request_stop();
  finished_.notify();
}

// ---- files -> submission ----

Result<SubmissionId> Digitizer::open(const SubmissionTerms& terms) {
  if (!is_language_list(terms.options.languages)) {
    return Error{ErrorCode::invalid_input, "languages are Tesseract's names joined by '+', as in vie+eng"};
  }
  SOHOA_TRY(auto id, archive_.open_submission(terms));
  open_.with([&](auto& open) { open[id].terms = terms; });
  return id;
}

/// What the door says of a file: its format by content and its size by the limits.
Result<SubmissionItem> Digitizer::admit(const std::string& name, std::uint32_t depth,
                                        const StoredObject& object) const {
  SubmissionItem item;
  item.name = name;
  item.depth = depth;
  const auto refused = [&](ErrorCode code, std::string reason) {
    item.state = ItemState::failed;
    item.error = Error{code, std::move(reason)};
    return item;
  };
  if (object.size == 0) return refused(ErrorCode::invalid_input, "the file is empty");
  if (object.size > options_.limits.file_bytes) {
    return refused(ErrorCode::resource_exhausted, "the file has " + std::to_string(object.size) +
                                                      " bytes, the limit is " +
                                                      std::to_string(options_.limits.file_bytes));
  }
  SOHOA_TRY(const auto file, archive_.objects().open(object.digest));
  std::array<std::uint8_t, intake::sniff_bytes> first{};
  const auto got = ::pread(file.get(), first.data(), first.size(), 0);
  if (got < 0) return system_error(name);
  const auto format = intake::sniff(ByteView(first).first(static_cast<std::size_t>(got)));
  if (!format) return refused(ErrorCode::unsupported, "not a document format that is read");
  if (*format == SourceFormat::zip && depth >= options_.limits.archive_depth) {
    return refused(ErrorCode::resource_exhausted,
                   "ZIP files inside one another are opened to depth " + std::to_string(options_.limits.archive_depth));
  }
  item.source = SourceFile{name, object.digest, object.size, *format};
  return item;
}

Result<ItemKey> Digitizer::enter(const SubmissionId& submission, const SubmissionTerms& terms, SubmissionItem item) {
  SOHOA_TRY(item.key, archive_.add_item(submission, item));
  open_.with([&](auto& open) { ++open[submission].pending; });
  if (item.state == ItemState::pending) {
    begin(item, terms);
  } else {
    told(item, item.state, item.error, 0, 0);
  }
  return item.key;
}

Result<ItemKey> Digitizer::add(const SubmissionId& submission, const std::string& name, const StoredObject& object) {
  SOHOA_TRY(auto item, admit(name, 0, object));
  const auto terms = open_.with([&](auto& open) { return open[submission].terms; });
  return enter(submission, terms, std::move(item));
}

Result<ItemKey> Digitizer::refuse(const SubmissionId& submission, const std::string& name, const Error& reason) {
  SubmissionItem item;
  item.name = name;
  item.state = ItemState::failed;
  item.error = reason;
  return enter(submission, {}, std::move(item));
}

void Digitizer::close(const SubmissionId& submission) {
  open_.with([&](auto& open) {
    auto& entry = open[submission];
    entry.closed = true;
    ++entry.pending;
  });
  one_less(submission);
}

Result<std::uint32_t> Digitizer::resume() {
  SOHOA_TRY(const auto pending, archive_.pending());
  std::set<ItemKey> in_hand;
  jobs_.with([&](const auto& jobs) {
    for (const auto& [key, job] : jobs) {
      job->items.with([&](const auto& items) {
        for (const auto& item : items) in_hand.insert(item.key);
      });
    }
  });
  std::uint32_t resumed = 0;
  for (const auto& [item, terms] : pending) {
    if (in_hand.contains(item.key) || item.part) continue;  // a stack's own job ends its parts
    open_.with([&](auto& open) {
      auto& entry = open[item.key.submission];
      entry.terms = terms;
      entry.closed = true;
      ++entry.pending;
    });
    begin(item, terms);
    ++resumed;
  }
  sweep_work_folder();
  return resumed;
}

/// A process that is killed between archiving a document and deleting its pages leaves these behind.
void Digitizer::sweep_work_folder() {
  jobs_.with([&](const auto& jobs) {  // spools are made under this lock too
    auto in_use = revising_.with([](const auto& folders) { return folders; });
    for (const auto& [key, job] : jobs) in_use.insert(job->spool.folder());
    std::error_code ignored;  // what cannot be deleted now is tried again by the next process
    std::vector<std::filesystem::path> left_over;
    using Entries = std::filesystem::directory_iterator;
    for (Entries at(options_.work_folder, ignored); !ignored && at != Entries(); at.increment(ignored)) {
      std::error_code gone;
      if (at->is_directory(gone) && !in_use.contains(at->path())) left_over.push_back(at->path());
    }
    for (const auto& folder : left_over) std::filesystem::remove_all(folder, ignored);
  });
}

/// Bytes that are known give the first receipt; bytes in hand are waited for; others become a job. What a stack's bytes
/// are is known only when its pages were read.
void Digitizer::begin(const SubmissionItem& item, const SubmissionTerms& terms) {
  const auto id = DocumentId::of(item.source->digest);
  const bool is_zip = item.source->format == SourceFormat::zip;
  const bool of_its_own =
      is_zip || terms.split.at != Split::At::nowhere;  // what comes out of it becomes items beside it
  const auto key = of_its_own ? item.key.submission.value + "-" + std::to_string(item.key.index) : id.value;
  auto [job, is_new] = jobs_.with([&](auto& jobs) -> std::pair<JobPtr, bool> {
    if (const auto known = jobs.find(key); known != jobs.end()) {
      known->second->items.with([&](auto& items) { items.push_back(item); });
      return {known->second, false};
    }
    auto made = std::make_shared<Job>(key, item, terms, options_.work_folder / (key + "." + terms.options.languages));
    jobs[key] = made;
    return {made, true};
  });
  if (!is_new) return;
  if (!of_its_own) {
    if (const auto known = archive_.document(id)) {
      finished_.with([&](auto& queue) { queue.push_back(job); });
      finished_.notify();
      return;
    }
  }
  crew_->push(task_of(job, [this, task_job = job, is_zip](engine::Worker& worker) {
    is_zip ? unpack(task_job, worker) : split(task_job, worker);
  }));
}

engine::Task Digitizer::task_of(const JobPtr& job, std::function<void(engine::Worker&)> run) const {
  engine::Task task;
  task.level = job->terms.priority == Priority::interactive ? 0 : 1;
  task.group = job->terms.dossier.empty()
                   ? job->items.with([](const auto& items) { return items.front().key.submission.value; })
                   : job->terms.dossier;
  task.memory = job->inspection.largest_page_pixels * 4;
  task.run = std::move(run);
  return task;
}

// ---- ZIP -> files ----

void Digitizer::unpack(const JobPtr& job, engine::Worker& worker) {
  const auto bytes = nameless_file(options_.work_folder);
  if (!bytes) return not_stored(job, bytes.error());
  const auto unpacked =
      ask<Unpacked>(worker, job->source, UnpackRequest{job->source, options_.limits}, unpack_time, bytes->get());
  if (!unpacked) return unread(job, unpacked.error());
  if (const auto taken = take_out(job, *unpacked, bytes->get()); !taken) return not_stored(job, taken.error());
  for (const auto& item : finish(job)) {
    const auto settled = archive_.settle_item(item.key, {ItemState::expanded, std::nullopt, 0});
    settled ? told(item, ItemState::expanded, std::nullopt, 0, 0)
            : told(item, ItemState::pending, settled.error(), 0, 0);
  }
}

/// Adds each entry as an item of its own; those that an earlier, interrupted run added already are left as they are.
Result<void> Digitizer::take_out(const JobPtr& job, const Unpacked& unpacked, int bytes) {
  const auto zip = job->items.with([](const auto& items) { return items.front(); });
  SOHOA_TRY(const auto submission, archive_.submission(zip.key.submission));
  std::set<std::string> known;
  for (const auto& item : submission.items) known.insert(item.name);
  SOHOA_TRY(const auto size, file_size(bytes));
  for (const auto& entry : unpacked.entries) {
    const auto name = zip.name + "/" + entry.name;
    if (known.contains(name)) continue;
    if (entry.offset > size || entry.size > size - entry.offset) {
      return Error{ErrorCode::internal, "page worker names bytes that it did not unpack"};
    }
    SOHOA_TRY(auto writer, archive_.objects().create());
    SOHOA_DO(read_pieces(bytes, entry.offset, entry.size, [&](ByteView piece) { return writer->write(piece); }));
    SOHOA_TRY(const auto object, writer->commit());
    SOHOA_TRY(auto item, admit(name, zip.depth + 1, object));
    SOHOA_DO(enter(zip.key.submission, job->terms, std::move(item)));
  }
  for (const auto& [name, error] : unpacked.refused) {
    if (!known.contains(zip.name + "/" + name)) SOHOA_DO(refuse(zip.key.submission, zip.name + "/" + name, error));
  }
  return {};
}

// ---- submission -> pages ----

void Digitizer::split(const JobPtr& job, engine::Worker& worker) {
  if (const auto kept = job->spool.inspection()) {
    job->inspection = *kept;
  } else {
    auto inspection =
        ask<SourceInspection>(worker, job->source, InspectRequest{job->source, options_.limits}, structure_time);
    if (!inspection) return unread(job, inspection.error());
    if (inspection->pages == 0) return fail(job, {ErrorCode::invalid_input, "the file has no pages"});
    job->inspection = *std::move(inspection);
    if (const auto saved = job->spool.save_inspection(job->inspection); !saved) return not_stored(job, saved.error());
  }
  const auto pages = job->inspection.pages;
  std::vector<PageNumber> unread;
  for (std::uint32_t number = 1; number <= pages; ++number) {
    if (!job->spool.holds({number})) unread.push_back({number});
  }
  const auto kept = pages - static_cast<std::uint32_t>(unread.size());
  job->pages_done = kept;
  if (unread.empty()) {
    finished_.with([&](auto& queue) { queue.push_back(job); });
    finished_.notify();
  }
  for (const auto number : unread) {
    crew_->push(task_of(job, [this, job, number](engine::Worker& own_worker) { read(job, number, own_worker); }));
  }
}

// ---- page -> recognized page, in a page worker ----

void Digitizer::read(const JobPtr& job, PageNumber number, engine::Worker& worker) {
  if (job->dropped) return;
  const ReadRequest request{job->source, number, job->terms.options, options_.limits};
  auto page = ask<ReadPage>(worker, job->source, request, std::chrono::seconds(options_.limits.page_seconds));
  if (page && page->page.number != number) page = Error{ErrorCode::internal, "page worker read another page"};
  if (!page && page.error().code == ErrorCode::unavailable) return unread(job, page.error());
  const PageReply reply = page ? PageReply(*std::move(page)) : PageReply(page.error());
  if (const auto saved = job->spool.save(number, reply); !saved) return not_stored(job, saved.error());
  page_done(job, number, reply);
}

void Digitizer::page_done(const JobPtr& job, PageNumber number, const PageReply& reply) {
  const auto done = ++job->pages_done;
  const auto* failed = std::get_if<Error>(&reply);
  counters_.with([&](Counters& counters) {
    ++(failed != nullptr ? counters.pages_failed : counters.pages_read);
    if (const auto* page = std::get_if<ReadPage>(&reply)) {
      for (const auto& [stage, seconds] : page->page.times) counters.stage_seconds[stage] += seconds;
    }
  });
  for (const auto& item : job->items.with([](const auto& items) { return items; })) {
    ProgressEvent event;
    event.kind = failed != nullptr ? ProgressKind::page_failed : ProgressKind::page_read;
    event.item = item.key;
    event.name = item.name;
    event.page = number.value;
    event.pages_done = done;
    event.pages = job->inspection.pages;
    if (failed != nullptr) event.error = *failed;
    hub_.publish(std::move(event));
  }
  if (done < job->inspection.pages) return;
  finished_.with([&](auto& queue) { queue.push_back(job); });
  finished_.notify();
}

// ---- pages -> document -> issued results -> archive, on the committer's thread ----

void Digitizer::run_committer(const std::stop_token& stop) {
  for (;;) {
    const auto job = finished_.when([&](const auto& queue) { return stop.stop_requested() || !queue.empty(); },
                                    [](auto& queue) -> JobPtr {
                                      if (queue.empty()) return nullptr;
                                      auto first = queue.front();
                                      queue.pop_front();
                                      return first;
                                    });
    if (!job) return;
    commit(job);
  }
}

bool Digitizer::may_pass_by_itself(const Error& error) {
  return error.code == ErrorCode::resource_exhausted || error.code == ErrorCode::unavailable;
}

/// As it is known, or with results in the store, not yet recorded. Tried again where waiting may help.
Result<IssuedDocument> Digitizer::issued(DigitizedDocument document) {
  constexpr auto retry_pause = std::chrono::seconds(2);
  constexpr int attempts = 3;
  if (const auto known = archive_.document(document.id)) return known->document;
  const auto& signatures = document.inspection.signatures;
  if (signatures && options_.report_signatures) document.signature_report = options_.report_signatures(*signatures);
  auto issued = issue_document(document, archive_.objects(), options_.fields.get());
  for (int attempt = 1; !issued && may_pass_by_itself(issued.error()) && attempt < attempts; ++attempt) {
    std::this_thread::sleep_for(retry_pause);
    issued = issue_document(document, archive_.objects(), options_.fields.get());
  }
  return issued;
}

void Digitizer::commit(const JobPtr& job) {
  job->is_stack() ? commit_stack(job) : commit_whole(job);
}

void Digitizer::commit_whole(const JobPtr& job) {
  const auto document = issued({DocumentId::of(job->source.digest), job->source, job->inspection, job->terms.options,
                                job->terms.dossier, now(), &job->spool});
  if (!document) return not_stored(job, document.error());
  if (document->pages > 0 && document->failed_pages.size() == document->pages) {
    const auto& first = document->failed_pages.front();
    fail(job, first.error, first.page.value);
    return job->spool.remove();
  }

  // From here on no item joins this job: whoever comes later finds the document in the archive.
  const auto items = job->items.with([](const auto& held) { return held; });
  std::vector<ItemKey> keys;
  for (const auto& item : items) keys.push_back(item.key);
  const auto receipt = archive_.append(*document, keys);
  if (!receipt) return not_stored(job, receipt.error());
  const auto settled = finish(job);
  counters_.with([](Counters& counters) { ++counters.documents; });
  job->spool.remove();
  const auto* failed = document->failed_pages.empty() ? nullptr : &document->failed_pages.front();
  for (std::size_t i = 0; i < settled.size(); ++i) {
    auto item = settled[i];
    if (i >= keys.size()) {  // joined while we appended
      if (const auto again = archive_.append(*document, {item.key}); !again) {
        told(item, ItemState::pending, again.error(), 0, document->pages);
        continue;
      }
    }
    item.document = document->id;
    told(item, ItemState::archived, failed != nullptr ? std::optional(failed->error) : std::nullopt,
         failed != nullptr ? failed->page.value : 0, document->pages);
  }
}

// ---- what became of it ----

/// Takes the job out of hand and returns the items that waited for it.
std::vector<SubmissionItem> Digitizer::finish(const JobPtr& job) {
  auto items = jobs_.with([&](auto& jobs) {
    if (const auto held = jobs.find(job->key); held != jobs.end() && held->second == job) jobs.erase(held);
    return job->items.with([](auto& held) { return std::exchange(held, {}); });
  });
  return items;
}

/// The file could not be read: given up, unless there was no worker to read it.
void Digitizer::unread(const JobPtr& job, const Error& error) {
  error.code == ErrorCode::unavailable ? postpone(job, error) : fail(job, error);
}

/// What was read could not be stored: tried again later where that may help (disk full).
void Digitizer::not_stored(const JobPtr& job, const Error& error) {
  may_pass_by_itself(error) ? postpone(job, error) : fail(job, error);
}

void Digitizer::fail(const JobPtr& job, const Error& error, std::uint32_t page) {
  job->dropped = true;
  for (const auto& item : finish(job)) {
    const bool settled = archive_.settle_item(item.key, {ItemState::failed, error, page}).has_value();
    told(item, settled ? ItemState::failed : ItemState::pending, error, page, job->inspection.pages);
  }
  counters_.with([](Counters& counters) { ++counters.files_failed; });
}

/// Leaves the items pending, for resume().
void Digitizer::postpone(const JobPtr& job, const Error& error) {
  job->dropped = true;
  for (const auto& item : finish(job)) told(item, ItemState::pending, error, 0, job->inspection.pages);
}

void Digitizer::told(const SubmissionItem& item, ItemState state, const std::optional<Error>& error, std::uint32_t page,
                     std::uint32_t pages, const std::optional<StackSums>& sums) {
  ProgressEvent event;
  event.kind = ProgressKind::item_settled;
  event.item = item.key;
  event.name = item.name;
  event.page = page;
  event.pages = pages;
  event.pages_done = pages;
  event.state = state;
  if (state == ItemState::archived) event.document = item.document;
  event.error = error;
  event.sums = sums;
  hub_.publish(std::move(event));
  one_less(item.key.submission);
}

void Digitizer::one_less(const SubmissionId& submission) {
  const bool settled = open_.with([&](auto& open) {
    auto& entry = open[submission];
    --entry.pending;
    const bool last = entry.closed && entry.pending == 0;
    if (last) open.erase(submission);
    return last;
  });
  if (settled) {
    ProgressEvent event;
    event.kind = ProgressKind::submission_settled;
    event.item.submission = submission;
    hub_.publish(std::move(event));
  }
  open_.notify();
}

void Digitizer::wait_until_idle() {
  open_.when(
      [](const auto& open) {
        return std::none_of(open.begin(), open.end(), [](const auto& entry) { return entry.second.pending > 0; });
      },
      [](const auto&) {});
}

Digitizer::Counters Digitizer::counters() const {
  return counters_.with([](const Counters& counters) { return counters; });
}

}  // namespace sohoa::flow
