// A stack whose pages are all read -> documents. What is durable at any moment: the stack's pages lie in its spool, its
// item stays pending until every part is settled, and each part is an item that is settled together with its document.
// So whoever resumes the stack cuts it at the same places, finds the parts that are settled, and goes on with the next.

#include <algorithm>

#include "pipeline/flow/cut.hpp"
#include "pipeline/flow/digitizer.hpp"
#include "pipeline/flow/job.hpp"
#include "pipeline/flow/part_pages.hpp"

namespace sohoa::flow {
namespace {

/// A page that could not be read is a paper's: it keeps its place.
std::vector<PageFacts> all_facts(PageSpool& spool, std::uint32_t pages) {
  std::vector<PageFacts> facts;
  for (std::uint32_t number = 1; number <= pages; ++number) {
    const auto page = spool.page({number});
    facts.push_back(page ? facts_of(page->page) : PageFacts{});
  }
  return facts;
}

bool same_pages(const StackPart& one, const StackPart& other) {
  return one.first_page == other.first_page && one.pages == other.pages;
}

}  // namespace

void Digitizer::commit_stack(const JobPtr& job) {
  const auto pages = job->inspection.pages;
  const auto pieces = cut(all_facts(job->spool, pages), job->terms.split, job->terms.dossier);
  if (pieces.is_whole()) {
    if (job->terms.split.at == Split::At::sheets && pages > 1) {
      job->inspection.notes.push_back("no separator sheet was found: the stack is one document");
    }
    return commit_whole(job);
  }
  const auto stack = job->items.with([](const auto& items) { return items.front(); });
  const auto earlier = archive_.submission(stack.key.submission);
  if (!earlier) return not_stored(job, earlier.error());
  for (const auto& piece : pieces.parts) {
    if (stopping_) return;  // the next process goes on
    const auto number = static_cast<std::uint32_t>(&piece - pieces.parts.data()) + 1;
    const auto item = part_item(stack, {number, piece.first_page, piece.pages, piece.component}, *earlier);
    if (!item) return not_stored(job, item.error());
    if (item->state != ItemState::pending) continue;
    if (const auto done = commit_part(*job, *item, piece.dossier); !done) return not_stored(job, done.error());
  }
  const ItemOutcome outcome{ItemState::expanded, std::nullopt, 0, pieces.sums()};
  if (const auto settled = archive_.settle_item(stack.key, outcome); !settled) return not_stored(job, settled.error());
  finish(job);
  job->spool.remove();
  told(stack, ItemState::expanded, std::nullopt, 0, pages, outcome.sums);
}

/// The part's item: one that an earlier, interrupted run added, or a new one.
Result<SubmissionItem> Digitizer::part_item(const SubmissionItem& stack, const StackPart& part,
                                            const Submission& earlier) {
  for (const auto& item : earlier.items) {
    if (item.stack == stack.key.index && item.part && same_pages(*item.part, part)) return item;
  }
  SubmissionItem item;
  item.name = stack.name + '/' + std::to_string(part.number);
  item.depth = stack.depth + 1;
  item.source = stack.source;
  item.part = part;
  item.stack = stack.key.index;
  SOHOA_TRY(item.key, archive_.add_item(stack.key.submission, item));
  return item;
}

Result<void> Digitizer::commit_part(Job& job, const SubmissionItem& item, const std::string& dossier) {
  const auto& part = *item.part;
  PartPages pages(job.spool, part.first_page, part.pages);
  auto inspection = job.inspection;
  inspection.pages = part.pages;
  SOHOA_TRY(const auto document, issued({DocumentId::of(job.source.digest, part), job.source, std::move(inspection),
                                         job.terms.options, dossier, now(), &pages, part}));
  auto settled = item;
  settled.document = document.id;
  const auto* failed = document.failed_pages.empty() ? nullptr : &document.failed_pages.front();
  const bool nothing_read = document.failed_pages.size() == document.pages;
  if (nothing_read) {
    SOHOA_DO(archive_.settle_item(item.key, {ItemState::failed, failed->error, failed->page.value, std::nullopt}));
  } else {
    SOHOA_DO(archive_.append(document, {item.key}));
  }
  counters_.with([&](Counters& counters) { ++(nothing_read ? counters.files_failed : counters.documents); });
  open_.with([&](auto& open) { ++open[item.key.submission].pending; });  // told() takes it away again
  told(settled, nothing_read ? ItemState::failed : ItemState::archived,
       failed != nullptr ? std::optional(failed->error) : std::nullopt, failed != nullptr ? failed->page.value : 0,
       part.pages);
  return {};
}

}  // namespace sohoa::flow
