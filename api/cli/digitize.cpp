// `sohoa digitize`: hands files over, watches them become documents, and says of each what became of it.
#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "api/cli/commands.hpp"
#include "api/cli/console.hpp"
#include "api/cli/duplicates.hpp"
#include "api/cli/output_folder.hpp"
#include "api/office.hpp"
#include "api/service/duplicate_json.hpp"
#include "api/wiring.hpp"
#include "pipeline/base/clock.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/intake/walk.hpp"

namespace sohoa::api::cli {
namespace {

namespace fs = std::filesystem;

std::atomic<bool> interrupted = false;

/// Copies an input into the object store.
Result<StoredObject> store_file(ObjectStore& objects, const fs::path& path, std::uint64_t limit) {
  SOHOA_TRY(const auto file, open_for_reading(path));
  return put_file(objects, file.get(), limit);
}

/// A file to hand over.
struct Input {
  std::string name;  ///< as it is reported
  Result<fs::path> path;
  fs::path
      relative;  ///< where its results go below --out, with the extension: as it lay below the folder that was named
};

/// What text_of says in English.
std::string in_vietnamese(const StackSums& sums) {
  return fmt::format("{} trang: {} tài liệu gồm {} trang, {} tờ ngăn cách, {} trang trắng", sums.pages(),
                     sums.documents, sums.document_pages, sums.sheets, sums.blank_pages);
}

std::vector<Input> inputs_below(const std::vector<fs::path>& starts) {
  std::vector<Input> inputs;
  for (const auto& start : starts) {
    std::error_code ignored;
    const bool is_folder = fs::is_directory(start, ignored);
    intake::walk(start, [&](const std::string& name, const Result<fs::path>& path) {
      const fs::path full(name);
      inputs.push_back({name, path, is_folder ? full.lexically_relative(start) : full.filename()});
    });
  }
  return inputs;
}

/// One run of the command.
class Run {
 public:
  Run(Plant& plant, Office& office, const Config& config, const DigitizeArguments& arguments)
      : plant_(plant), office_(office), config_(config), arguments_(arguments), output_(arguments.out) {}

  Exit operator()();

 private:
  Result<void> hand_over();
  Result<void> hand_over_one(const Input& input);
  [[nodiscard]] fs::path place_of(const std::string& item_name) const;
  void watch();
  void heed(const ProgressEvent& event);
  void report(const SubmissionItem& item);
  void report_written(const SubmissionItem& item, nlohmann::json& line);
  std::vector<Duplicate> report_similar(const DocumentId& document, nlohmann::json& line);
  void report_missed();
  void show_progress();

  Plant& plant_;
  Office& office_;
  const Config& config_;
  const DigitizeArguments& arguments_;
  OutputFolder output_;
  StatusLine status_;
  Stopwatch clock_;

  SubmissionId submission_;
  std::vector<Input> inputs_;  ///< complete before the hand-over starts
  std::set<std::uint32_t> reported_;
  std::map<ItemKey, std::uint32_t> pages_of_;  ///< pages of the files in hand
  std::uint64_t pages_read_ = 0;
  std::uint64_t pages_known_ = 0;
  bool failed_ = false;

  std::mutex mutex_;
  std::condition_variable woken_;
  bool event_waits_ = false;  ///< guarded by mutex_
};

Result<void> Run::hand_over_one(const Input& input) {
  while (plant_.digitizer().busy() && !interrupted) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  auto object = input.path ? store_file(plant_.archive().objects(), *input.path, config_.limits.file_bytes)
                           : Result<StoredObject>(input.path.error());
  SOHOA_DO(object ? plant_.digitizer().add(submission_, input.name, *object)
                  : plant_.digitizer().refuse(submission_, input.name, object.error()));
  return {};
}

Result<void> Run::hand_over() {
  Result<void> first_error;
  for (const auto& input : inputs_) {
    if (interrupted) break;
    if (auto done = hand_over_one(input); !done && first_error) first_error = done.error().within(input.name);
  }
  plant_.digitizer().close(submission_);
  return first_error;
}

/// What came out of a ZIP or a stack goes below a folder with its name.
fs::path Run::place_of(const std::string& item_name) const {
  for (const auto& input : inputs_) {
    if (item_name == input.name) return fs::path(input.relative).replace_extension();
    if (item_name.starts_with(input.name + "/")) {
      return fs::path(input.relative).replace_extension() /
             fs::path(item_name.substr(input.name.size() + 1)).replace_extension();
    }
  }
  return fs::path(item_name).filename().replace_extension();
}

void Run::show_progress() {
  if (!status_.visible()) return;
  const double seconds = clock_.seconds();
  const double rate = seconds > 0.5 ? static_cast<double>(pages_read_) / seconds : 0;
  auto text = fmt::format("{} {}/{}  {} {}", say("tệp", "files"), reported_.size(), inputs_.size(), pages_read_,
                          say("trang", "pages"));
  if (rate > 0) text += fmt::format("  {:.2f} {}", rate, say("trang/s", "pages/s"));
  if (rate > 0 && pages_known_ > pages_read_) {
    text += fmt::format("  {} {}", say("còn", "left"),
                        duration_text(static_cast<double>(pages_known_ - pages_read_) / rate));
  }
  status_.show(text);
}

/// Writes the results into --out and names them.
void Run::report_written(const SubmissionItem& item, nlohmann::json& line) {
  const auto record = plant_.archive().document(*item.document);
  if (!record) {
    failed_ = true;
    line["error"] = {{"code", name_of(record.error().code)}, {"message", record.error().message}, {"page", nullptr}};
    return;
  }
  line["receipt"] = {{"entry", record->receipt.journal_entry},
                     {"hash", record->receipt.entry_hash.hex()},
                     {"archived_at", record->receipt.archived_at}};
  if (const auto& part = record->document.part) {
    line["dossier"] = record->document.dossier;
    line["stack_part"] = {{"number", part->number},
                          {"first_page", part->first_page},
                          {"pages", part->pages},
                          {"component", part->component}};
  }
  if (arguments_.out.empty()) return;
  const auto written = output_.write(record->document, plant_.archive().objects(), place_of(item.name));
  if (written) {
    line["output"] = *written;
    return;
  }
  failed_ = true;
  line["error"] = {{"code", name_of(written.error().code)}, {"message", written.error().message}, {"page", nullptr}};
}

/// Notes the known documents that this one is scanned again from. What cannot be said now (the index is being made
/// anew) can be asked later: `sohoa duplicates`.
std::vector<Duplicate> Run::report_similar(const DocumentId& document, nlohmann::json& line) {
  auto found = office_.duplicates().duplicates(document);
  if (!found) return {};
  line["similar"] = nlohmann::json::array();
  for (const auto& one : *found) line["similar"].push_back(to_json(one));
  return *std::move(found);
}

void Run::report(const SubmissionItem& item) {
  if (!reported_.insert(item.key.index).second) return;
  const bool archived = item.state == ItemState::archived;
  nlohmann::json line{{"input", item.name},
                      {"status", item.state == ItemState::pending ? "failed" : std::string(name_of(item.state))},
                      {"document", archived && item.document ? nlohmann::json(item.document->value) : nlohmann::json()},
                      {"pages", item.pages}};
  if (item.error) {
    failed_ = true;
    line["error"] = {{"code", name_of(item.error->code)},
                     {"message", item.error->message},
                     {"page", item.error_page > 0 ? nlohmann::json(item.error_page) : nlohmann::json()}};
  }
  if (item.sums) {
    line["stack"] = {{"documents", item.sums->documents},
                     {"document_pages", item.sums->document_pages},
                     {"sheets", item.sums->sheets},
                     {"blank_pages", item.sums->blank_pages}};
  }
  std::vector<Duplicate> similar;
  if (archived && item.document) {
    report_written(item, line);
    similar = report_similar(*item.document, line);
  }
  status_.clear();
  if (arguments_.json) {
    fmt::print("{}\n", line.dump());
    std::fflush(stdout);
    return;
  }
  if (archived) {
    fmt::print("{}: {} {}, {} {}{}\n", item.name, item.pages, say("trang", item.pages == 1 ? "page" : "pages"),
               say("mã", "document"), item.document->value,
               line.contains("output") ? " -> " + line["output"].get<std::string>() + ".pdf" : "");
    for (const auto& one : similar) fmt::print("  {}\n", line_of(one));
  } else if (item.sums) {
    fmt::print("{}: {}\n", item.name, say(in_vietnamese(*item.sums), text_of(*item.sums)));
  } else if (item.state == ItemState::expanded) {
    fmt::print("{}: {}\n", item.name, say("đã mở tệp nén", "unpacked"));
  }
  if (line.contains("error")) {
    const auto& error = line["error"];
    const auto page =
        error["page"].is_null() ? std::string() : fmt::format(" {} {}", say("trang", "page"), error["page"].get<int>());
    std::fflush(stdout);
    fmt::print(stderr, "sohoa: {}:{} {} ({})\n", item.name, page, error["message"].get<std::string>(),
               error["code"].get<std::string>());
  }
}

void Run::heed(const ProgressEvent& event) {
  if (event.kind == ProgressKind::page_read || event.kind == ProgressKind::page_failed) {
    ++pages_read_;
    if (pages_of_.emplace(event.item, event.pages).second) pages_known_ += event.pages;
    return;
  }
  if (event.kind == ProgressKind::submission_settled || event.item.submission != submission_) return;
  SubmissionItem item;
  item.key = event.item;
  item.name = event.name;
  item.state = event.state;
  item.document = event.document;
  item.pages = event.pages;
  item.error = event.error;
  item.error_page = event.page;
  item.sums = event.sums;
  report(item);
}

/// Events were dropped: what is settled stands in the archive.
void Run::report_missed() {
  const auto submission = plant_.archive().submission(submission_);
  if (!submission) return;
  for (const auto& item : submission->items) {
    if (item.state != ItemState::pending) report(item);
  }
}

void Run::watch() {
  const auto subscription = plant_.digitizer().progress().subscribe(std::nullopt, 0, [this] {
    {
      const std::scoped_lock lock(mutex_);
      event_waits_ = true;
    }
    woken_.notify_one();
  });
  for (bool settled = false; !settled && !interrupted;) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, std::chrono::milliseconds(200), [this] { return event_waits_; });
      event_waits_ = false;
    }
    if (subscription->missed()) report_missed();
    while (const auto event = subscription->next()) {
      heed(*event);
      settled = settled || (event->kind == ProgressKind::submission_settled && event->item.submission == submission_);
    }
    show_progress();
  }
  status_.clear();
}

Exit Run::operator()() {
  SubmissionTerms terms;
  terms.dossier = arguments_.dossier;
  terms.options.languages = config_.reading.languages;
  const auto split = split_of(arguments_.split);
  if (!split) {
    complain({ErrorCode::invalid_input, "--split takes sheets, blank or a number of pages"});
    return Exit::usage;
  }
  terms.split = *split;
  const auto resumed = plant_.digitizer().resume();
  if (!resumed) return complain(resumed.error());
  if (*resumed > 0) {
    fmt::print(stderr, "sohoa: {} {}\n", *resumed, say("tệp làm dở được tiếp tục", "unfinished files are resumed"));
  }
  auto submission = plant_.digitizer().open(terms);
  if (!submission) return complain(submission.error());
  submission_ = *submission;

  inputs_ = inputs_below(arguments_.paths);
  for (const auto& input : inputs_) output_.protect(input.name);
  clock_ = {};
  Result<void> handed;
  std::jthread intake([&] { handed = hand_over(); });
  watch();
  intake.join();
  if (!handed) return complain(handed.error());
  if (interrupted) {
    fmt::print(stderr, "sohoa: {}\n", say("đã dừng; lần chạy sau sẽ tiếp tục", "stopped; the next run resumes"));
    return Exit::failed;
  }
  plant_.digitizer().wait_until_idle();
  const double seconds = clock_.seconds();
  if (!arguments_.json) {
    fmt::print(stderr, "{} {}, {} {}, {:.1f} s, {:.2f} {}\n", reported_.size(), say("tệp", "files"), pages_read_,
               say("trang", "pages"), seconds, static_cast<double>(pages_read_) / seconds, say("trang/s", "pages/s"));
  }
  return failed_ ? Exit::failed : Exit::done;
}

}  // namespace

Exit digitize(const Config& config, const DigitizeArguments& arguments) {
  auto plant = Plant::start(config);
  if (!plant) return complain(plant.error());
  std::signal(SIGINT, [](int) { interrupted = true; });
  std::signal(SIGTERM, [](int) { interrupted = true; });
  auto office = Office::over(config, {(*plant)->archive(), (*plant)->registry(), (*plant)->journal()});
  if (!office) return complain(office.error());
  return Run(**plant, **office, config, arguments)();
}

}  // namespace sohoa::api::cli
