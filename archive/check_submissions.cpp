// Items against their submission (each from 0 to its count is there), against the pending index (one row for each
// pending item, by its arrival number), and against the documents that settled them.
#include <map>
#include <set>

#include "archive/check_steps.hpp"

namespace sohoa::checking {
namespace {

std::string text_of(const ItemKey& key) {
  return key.submission.value + "/" + std::to_string(key.index);
}

class SubmissionCheck {
 public:
  explicit SubmissionCheck(Context& context) : context_(context) {}

  Result<void> run() {
    SOHOA_DO(collect_submissions());
    const auto visit_item = [&](std::string_view key, std::string_view value) {
      const auto item = rows::item_of(key);
      return item ? check_item(*item, value) : Result<void>();
    };
    SOHOA_DO(context_.database.scan(rows::item_prefix, visit_item));
    for (const auto& [id, found] : submissions_) report_missing(id, found.next, found.items);
    check_sums();
    SOHOA_DO(check_pending());
    recount();
    return {};
  }

 private:
  struct Found {
    std::uint32_t items = 0;  // by the submission's row
    std::uint32_t next = 0;   // the item expected next
    bool has_row = false;
  };

  Result<void> collect_submissions() {
    return context_.database.scan(rows::submission_prefix, [&](std::string_view key, std::string_view value) {
      if (const auto id = rows::submission_of(key)) add_submission(*id, value);
      return Result<void>();
    });
  }

  void add_submission(const SubmissionId& id, std::string_view value) {
    auto row = rows::submission(value);
    if (row && rows::encode(*row) != value) row = Error{ErrorCode::data_loss, "is not in canonical form"};
    if (!row) context_.find("submission", id.value, row.error().message);
    unreadable_ += row ? 0 : 1;
    // Of a damaged row the count is unknown: whatever items come are taken as all there were.
    submissions_[id] = {row ? row->items : 0, 0, row.has_value()};
  }

  void report_missing(const SubmissionId& id, std::uint32_t from, std::uint32_t to) {
    for (auto index = from; index < to; ++index) {
      context_.find("item", text_of({id, index}), "is missing");
      ++unreadable_;
    }
  }

  Result<void> check_item(const ItemKey& key, std::string_view value) {
    if (items_++ % 1024 == 0 && context_.counters) context_.tell("submissions", items_, context_.counters->items);
    const auto [at, is_new] = submissions_.try_emplace(key.submission);
    if (is_new) context_.find("submission", key.submission.value, "is missing; there are items of it");
    auto& found = at->second;
    report_missing(key.submission, found.next, key.index);
    found.next = key.index + 1;
    if (found.has_row && key.index >= found.items) {
      context_.find("item", text_of(key), "is one more than its submission has");
    }
    auto row = rows::item(key, value);
    if (row && rows::encode(*row) != value) row = Error{ErrorCode::data_loss, "is not in canonical form"};
    if (!row) {
      context_.find("item", text_of(key), row.error().message);
      ++unreadable_;
      return {};
    }
    return check_row(*row);
  }

  Result<void> check_row(const rows::ItemRow& row) {
    const auto& item = row.item;
    const auto wrong = [&](const std::string& reason) { context_.find("item", text_of(item.key), reason); };
    if (item.source) context_.references.add(item);
    if (!arrivals_.insert(row.arrival).second) wrong("has the arrival number of another item");
    pending_ += item.state == ItemState::pending ? 1 : 0;
    failed_ += item.state == ItemState::failed ? 1 : 0;
    if (item.state == ItemState::failed && !item.error) wrong("has failed without a reason");
    if ((item.state == ItemState::archived) != item.document.has_value()) {
      wrong("is " + std::string(name_of(item.state)) +
            (item.document ? " and names a document" : " without a document"));
    }
    check_stack(item, wrong);
    if (item.document) {
      if (item.source && DocumentId::of(item.source->digest, item.part) != *item.document)
        wrong("names another file's document");
      SOHOA_TRY(const auto record, context_.database.get(rows::document_key(*item.document)));
      if (!record) wrong("names document " + item.document->value + ", which has no record");
    }
    if (item.state != ItemState::pending) return {};
    SOHOA_TRY(const auto index, context_.database.get(rows::pending_key(row.arrival)));
    if (!index) {
      context_.find("pending index", std::to_string(row.arrival),
                    "is missing; item " + text_of(item.key) + " is pending");
    }
    return {};
  }

  /// Every page of a stack is in one of its documents, or was a sheet or blank. Documents come after their stack, which
  /// is pending as long as one of them is.
  template <typename Wrong>
  void check_stack(const SubmissionItem& item, Wrong&& wrong) {
    if (item.part) {
      const auto [stack, is_new] = stacks_.try_emplace({item.key.submission, item.stack});
      ++stack->second.documents;
      stack->second.pages += item.part->pages;
      stack->second.pending += item.state == ItemState::pending ? 1 : 0;
      if (item.stack >= item.key.index) wrong("is cut out of an item that comes after it");
    }
    if (!item.sums) return;
    if (item.state != ItemState::expanded) wrong("is cut, and not expanded");
    if (item.sums->pages() != item.pages) wrong("has pages that are in no document, no sheet and not blank");
    cut_[item.key] = *item.sums;
  }

  void check_sums() {
    for (const auto& [key, sums] : cut_) {
      const auto& found = stacks_[key];
      if (found.documents != sums.documents || found.pages != sums.document_pages) {
        context_.find("item", text_of(key),
                      "was cut into " + std::to_string(sums.documents) + " documents of " +
                          std::to_string(sums.document_pages) + " pages; there are " + std::to_string(found.documents) +
                          " of " + std::to_string(found.pages));
      }
      if (found.pending > 0) context_.find("item", text_of(key), "is done, and documents of it are pending");
    }
  }

  Result<void> check_pending() {
    return context_.database.scan(rows::pending_prefix, [&](std::string_view key, std::string_view value) {
      const auto arrival = rows::arrival_of(key);
      return arrival ? check_pending_row(*arrival, value) : Result<void>();
    });
  }

  Result<void> check_pending_row(std::uint64_t arrival, std::string_view value) {
    const auto wrong = [&](const std::string& reason) {
      context_.find("pending index", std::to_string(arrival), reason);
    };
    const auto named = rows::pending(value);
    if (!named || rows::encode(*named) != value) {
      wrong(named ? "is not in canonical form" : named.error().message);
      return {};
    }
    SOHOA_TRY(const auto bytes, context_.database.get(rows::item_key(*named)));
    if (!bytes) {
      wrong("names item " + text_of(*named) + ", which does not exist");
      return {};
    }
    const auto row = rows::item(*named, *bytes);
    if (!row) return {};  // reported with the items
    if (row->arrival != arrival) wrong("names item " + text_of(*named) + ", which has another arrival number");
    if (row->arrival == arrival && row->item.state != ItemState::pending) {
      wrong("names item " + text_of(*named) + ", which is " + std::string(name_of(row->item.state)));
    }
    return {};
  }

  void recount() {
    context_.report.submissions = submissions_.size();
    context_.report.items = items_;
    context_.recount.submissions = submissions_.size();
    if (unreadable_ > 0) return;
    context_.recount.items = items_;
    context_.recount.pending_items = pending_;
    context_.recount.failed_items = failed_;
  }

  Context& context_;
  std::map<SubmissionId, Found> submissions_;
  struct Parts {
    std::uint64_t documents = 0;
    std::uint64_t pages = 0;
    std::uint64_t pending = 0;
  };

  std::map<ItemKey, Parts> stacks_;   // what was found of each stack's documents
  std::map<ItemKey, StackSums> cut_;  // what each stack was cut into
  std::set<std::uint64_t> arrivals_;
  std::uint64_t items_ = 0;
  std::uint64_t pending_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t unreadable_ = 0;
};

}  // namespace

Result<void> check_submissions(Context& context) {
  return SubmissionCheck(context).run();
}

}  // namespace sohoa::checking
