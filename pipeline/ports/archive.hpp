#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/model/document.hpp"
#include "pipeline/model/submission.hpp"
#include "pipeline/ports/object_store.hpp"

namespace sohoa {

/// A document as the archive knows it.
struct DocumentRecord {
  IssuedDocument document;
  ArchiveReceipt receipt;
};

struct ArchiveStatus {
  std::uint64_t documents = 0;
  std::uint64_t pages = 0;
  std::uint64_t submissions = 0;
  std::uint64_t pending_items = 0;
  std::uint64_t failed_items = 0;
  std::uint64_t journal_entries = 0;
  Digest tree_root;  ///< RFC 6962 tree hash over the journal
  std::uint64_t dossiers = 0;
};

/// What became of a submitted file that did not become a document of its own.
struct ItemOutcome {
  ItemState state = ItemState::failed;
  std::optional<Error> error;
  std::uint32_t error_page = 0;
  std::optional<StackSums> sums;  ///< of a stack
};

/// Submissions, documents and the journal. What a call returned for good is durable: it survives kill -9 and power
/// loss. Any thread; writes are serialised inside.
class Archive {
 public:
  virtual ~Archive() = default;

  [[nodiscard]] virtual ObjectStore& objects() = 0;

  /// Opens a submission without items. Durable on return.
  virtual Result<SubmissionId> open_submission(const SubmissionTerms& terms) = 0;
  /// Adds a file, whose bytes are durable in objects() already (or which was refused: `state` failed with `error`).
  /// `item.key.index` is given by the archive. Durable on return.
  virtual Result<ItemKey> add_item(const SubmissionId& submission, SubmissionItem item) = 0;
  /// Settles a pending item that became no document. Errors: not_found.
  virtual Result<void> settle_item(const ItemKey& key, const ItemOutcome& outcome) = 0;
  /// Errors: not_found.
  [[nodiscard]] virtual Result<Submission> submission(const SubmissionId& id) const = 0;
  /// All pending items, oldest first, with the terms of their submission.
  struct PendingItem {
    SubmissionItem item;
    SubmissionTerms terms;
  };
  [[nodiscard]] virtual Result<std::vector<PendingItem>> pending() const = 0;

  /// Records `document` in the journal and settles `items`, in one durable step, and returns its receipt.
  /// MUST NOT return a receipt for anything a crash can lose. Idempotent: a document that is known, in whatever
  /// version, gives its first receipt (the items are settled all the same).
  virtual Result<ArchiveReceipt> append(const IssuedDocument& document, const std::vector<ItemKey>& items) = 0;
  /// Records `document`, whose `revision` says what it is, as the next version of a document that is there, and returns
  /// its own receipt. Earlier versions stay. Errors: not_found; already_exists (it has that version, or a later one, by
  /// now: somebody else was faster).
  virtual Result<ArchiveReceipt> revise(const IssuedDocument& document) = 0;
  static constexpr std::uint32_t newest = 0;
  /// One version of it, from 1. Errors: not_found.
  [[nodiscard]] virtual Result<DocumentRecord> document(const DocumentId& id, std::uint32_t version = newest) const = 0;

  [[nodiscard]] virtual Result<ArchiveStatus> status() const = 0;
};

}  // namespace sohoa
