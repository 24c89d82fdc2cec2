// A document that is there -> its next version. Its text comes out of its own JSON result and is set right; what its
// pages show is decoded once more from the original, which is cheap beside reading (and takes the image streams as they
// are). All runs on the caller's thread but the pages, which go to the page workers; nothing is recorded before all is
// durable, so that a crash in between leaves the document as it was.

#include <algorithm>
#include <atomic>

#include "pipeline/flow/digitizer.hpp"
#include "pipeline/flow/job.hpp"
#include "pipeline/flow/revise_fields.hpp"
#include "pipeline/flow/revise_page.hpp"
#include "pipeline/issue/issue_document.hpp"
#include "pipeline/issue/json_pages.hpp"

namespace sohoa::flow {

/// A document on its way to its next version.
struct Digitizer::Revising {
  Revising(IssuedDocument its_base, issue::JsonPages its_pages, Revision its_revision, std::filesystem::path folder)
      : base(std::move(its_base)),
        pages(std::move(its_pages)),
        revision(std::move(its_revision)),
        spool(std::move(folder)) {}

  struct Progress {
    std::uint32_t left = 0;
    std::optional<Error> error;  ///< the first
  };

  const IssuedDocument base;
  const issue::JsonPages pages;
  Revision revision;  ///< each page's task fills in `was` of its own words
  PageSpool spool;
  Guarded<Progress> progress;
};

namespace {

bool is_unread(const IssuedDocument& document, PageNumber page) {
  return std::any_of(document.failed_pages.begin(), document.failed_pages.end(),
                     [&](const FailedPage& failed) { return failed.page == page; });
}

Result<void> check(const Revision& revision, const IssuedDocument& base) {
  const auto place = "document " + base.id.value;
  if (revision.words.empty() && revision.fields.empty() && !revision.read_again) {
    return Error{ErrorCode::invalid_input, place + ": nothing is to be set right"};
  }
  if (revision.version != base.version() + 1) {
    return Error{ErrorCode::already_exists,
                 place + ": has version " + std::to_string(base.version()) + " by now, look at that first"};
  }
  for (const auto& word : revision.words) {
    const auto page = place + " page " + std::to_string(word.page.value);
    if (word.page.value < 1 || word.page.value > base.pages)
      return Error{ErrorCode::invalid_input, page + ": is none of it"};
    if (is_unread(base, word.page) && !revision.read_again)
      return Error{ErrorCode::invalid_input, page + ": could not be read, and has no image"};
    const auto& box = word.box;
    constexpr std::int32_t largest = 1'000'000;
    const bool fits = box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0 && box.x <= largest &&
                      box.y <= largest && box.width <= largest && box.height <= largest;
    if (!fits) return Error{ErrorCode::invalid_input, page + ": a word's box is none"};
    if (word.text.size() > 1000) return Error{ErrorCode::invalid_input, page + ": a word has over 1,000 bytes"};
  }
  for (const auto& field : revision.fields) {
    if (is_list(field.name) && field.value.empty() && field.was.empty()) {
      return Error{ErrorCode::invalid_input,
                   place + ": which of its " + std::string(name_of(field.name)) + " is to be taken away?"};
    }
  }
  return {};
}

}  // namespace

Result<ArchiveReceipt> Digitizer::revise(const RevisionRequest& request) {
  SOHOA_TRY(auto record, archive_.document(request.document));
  SOHOA_DO(check(request.revision, record.document));
  SOHOA_TRY(auto json, archive_.objects().open(record.document.json.digest));
  SOHOA_TRY(auto pages, issue::JsonPages::open(std::move(json)));
  if (pages.page_count() != record.document.pages) {
    return Error{ErrorCode::data_loss, "document " + request.document.value + ": its JSON result has other pages"};
  }
  auto revision = request.revision;
  revision.at = now();
  auto locked = correct_fields(pages.fields(), revision);

  static std::atomic<std::uint64_t> count = 0;
  const auto folder = options_.work_folder / (request.document.value + ".revision." + std::to_string(++count));
  revising_.with([&](auto& folders) { folders.insert(folder); });
  const auto revising =
      std::make_shared<Revising>(std::move(record.document), std::move(pages), std::move(revision), folder);
  const auto done = [&]() -> Result<ArchiveReceipt> {
    SOHOA_DO(revise_pages(revising));
    const auto& base = revising->base;
    DigitizedDocument document;
    document.id = base.id;
    document.source = base.source;
    document.options.languages = revising->pages.languages();
    document.inspection.pages = base.pages;
    document.inspection.notes = revising->pages.source_notes();
    document.inspection.carries_signature = base.source_signed;
    document.dossier = base.dossier;
    document.digitized_at = base.digitized_at;
    document.pages = &revising->spool;
    document.part = base.part;
    document.signature_report = revising->pages.signature_report();
    document.locked_fields = std::move(locked);
    SOHOA_TRY(auto issued, issue_document(document, archive_.objects(), options_.fields.get()));
    issued.revision = revising->revision;
    return archive_.revise(issued);
  }();
  revising->spool.remove();
  revising_.with([&](auto& folders) { folders.erase(folder); });
  return done;
}

/// All pages into the spool, or the first error.
Result<void> Digitizer::revise_pages(const std::shared_ptr<Revising>& revising) {
  SourceInspection inspection;
  inspection.pages = revising->base.pages;
  SOHOA_DO(revising->spool.save_inspection(inspection));
  revising->progress.with([&](auto& progress) { progress.left = inspection.pages; });
  for (std::uint32_t number = 1; number <= inspection.pages; ++number) {
    engine::Task task;
    task.level = 0;
    task.group = revising->base.id.value;
    task.run = [this, revising, number](engine::Worker& worker) {
      const bool given_up = revising->progress.with([](const auto& progress) { return progress.error.has_value(); });
      auto saved = given_up ? Result<void>() : [&]() -> Result<void> {
        auto page = revised_page(*revising, {number}, worker);
        if (!page && !is_unread(revising->base, {number})) return page.error().within("page " + std::to_string(number));
        return revising->spool.save({number}, page ? PageReply(*std::move(page)) : PageReply(page.error()));
      }();
      revising->progress.with([&](auto& progress) {
        --progress.left;
        if (!saved && !progress.error) progress.error = saved.error();
      });
      revising->progress.notify();
    };
    crew_->push(std::move(task));
  }
  const auto error = revising->progress.when([](const auto& progress) { return progress.left == 0; },
                                             [](const auto& progress) { return progress.error; });
  return error ? Result<void>(*error) : Result<void>();
}

/// The page as it was issued, or read again, with its words set right. Errors: why it could not be read.
Result<ReadPage> Digitizer::revised_page(Revising& revising, PageNumber number, engine::Worker& worker) const {
  const auto& source = revising.base.source;
  const PageNumber of_source{revising.base.part ? revising.base.part->first_page + number.value - 1 : number.value};
  const auto time = std::chrono::seconds(options_.limits.page_seconds);
  SOHOA_TRY(auto known, revising.pages.page(number));
  const auto* before = std::get_if<RecognizedPage>(&known);
  ReadPage page;
  if (revising.revision.read_again) {
    const ReadOptions options{revising.pages.languages()};
    SOHOA_TRY(page, ask<ReadPage>(worker, source, ReadRequest{source, of_source, options, options_.limits}, time));
    if (before != nullptr) keep_locked_words(page.page, *before);
  } else {
    if (before == nullptr) return std::get<Error>(known);
    const CanvasRequest request{source, of_source, before->quality.turn, options_.limits};
    SOHOA_TRY(page.canvas, ask<PageCanvas>(worker, source, request, time));
    page.page = *before;
  }
  std::vector<WordCorrection*> corrections;
  for (auto& word : revising.revision.words) {
    if (word.page == number) corrections.push_back(&word);
  }
  if (!corrections.empty()) {
    correct_words(page.page, corrections, revising.revision.by.id, iso8601(revising.revision.at));
  }
  return page;
}

}  // namespace sohoa::flow
