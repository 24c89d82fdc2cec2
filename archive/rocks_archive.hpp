#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "archive/object_store.hpp"
#include "archive/rows.hpp"
#include "pipeline/base/guarded.hpp"
#include "pipeline/ports/archive.hpp"
#include "pipeline/ports/issuances.hpp"
#include "pipeline/ports/journal.hpp"
#include "pipeline/ports/registry.hpp"
#include "pipeline/store/database.hpp"

namespace sohoa {

class ChangeEntry;

/// The outside world of an archive, so that tests can make it fail. Both outlive the archive.
struct ArchiveSeams {
  FileOps* files = &FileOps::system();
  rocksdb::Env* env = nullptr;  ///< none: the real one
};

/// The archive in one data directory: objects as files, everything else in RocksDB (FORMAT.md). Any thread.
/// Every change is one synced batch, rows, journal entry, tree nodes and counters together. After a batch that could
/// not be written all changes are refused (unavailable) until the archive is opened anew, for nobody knows what the
/// disk holds.
class RocksArchive final : public Archive, public Registry, public Issuances, public Journal {
 public:
  /// Errors: unavailable (in use by another sohoa), unsupported (a later version's), not_found (read_only and nothing
  /// there), invalid_input (no data directory of ours), data_loss, resource_exhausted.
  static Result<std::unique_ptr<RocksArchive>> open(const std::filesystem::path& data_dir, OpenMode mode,
                                                    ArchiveSeams seams = {});

  [[nodiscard]] ObjectStore& objects() override { return *objects_; }

  Result<SubmissionId> open_submission(const SubmissionTerms& terms) override;
  /// Also: data_loss where a pending item's bytes are not in objects(); invalid_input where state, source and error do
  /// not go together.
  Result<ItemKey> add_item(const SubmissionId& submission, SubmissionItem item) override;
  /// An item that is settled already stays as it is.
  Result<void> settle_item(const ItemKey& key, const ItemOutcome& outcome) override;
  [[nodiscard]] Result<Submission> submission(const SubmissionId& id) const override;
  [[nodiscard]] Result<std::vector<PendingItem>> pending() const override;

  /// Also: data_loss where the original or a result is not in objects() with its size; not_found (an item);
  /// invalid_input where the id is not the original's, or an item is of another original.
  Result<ArchiveReceipt> append(const IssuedDocument& document, const std::vector<ItemKey>& items) override;
  /// Also: data_loss as for append; invalid_input without a revision.
  Result<ArchiveReceipt> revise(const IssuedDocument& document) override;
  [[nodiscard]] Result<DocumentRecord> document(const DocumentId& id, std::uint32_t version = newest) const override;

  [[nodiscard]] Result<ArchiveStatus> status() const override;

  Result<EntryReceipt> set_catalogue(const std::string& catalogue) override;
  [[nodiscard]] Result<std::string> catalogue() const override;
  /// Also: already_exists for a paper code without "{NN}" that is another paper's, or a document's own.
  Result<std::vector<EntryReceipt>> record(std::span<const DossierChange> changes) override;
  [[nodiscard]] Result<Dossier> dossier(const DossierCode& code) const override;
  [[nodiscard]] Result<std::vector<OutsideReuse>> outside_reuses(const DossierCode& dossier) const override;
  /// Also not_found for the code of a document that is in no dossier.
  [[nodiscard]] Result<PaperPlace> find_paper(const PaperCode& code) const override;

  Result<PaperCode> give_code(const DocumentId& document, const std::string& pattern, const Actor& by) override;
  /// Also: invalid_input for what no journal entry can say, and for a completion whose timestamp is pending still.
  Result<IssuanceRecord> record_issuance(const Issuance& issuance) override;
  [[nodiscard]] Result<std::vector<IssuanceRecord>> issuances(const DocumentId& document) const override;
  [[nodiscard]] Result<std::vector<IssuanceRecord>> pending_timestamps(std::size_t limit) const override;

  [[nodiscard]] Result<std::uint64_t> size() const override;
  [[nodiscard]] Result<Digest> hash_of(std::uint64_t entry) const override;
  Result<void> read(std::uint64_t from, std::uint64_t to, const Visit& visit) const override;
  void on_growth(std::function<void()> grown) override;

 private:
  /// A change in the making: rows for the batch, the counters as they will be, and what later parts of the same change
  /// must see of earlier ones.
  struct Change {
    Batch batch;
    rows::Counters counters;
    std::map<merkle::NodeId, Digest> nodes;
    std::map<std::uint64_t, EntryReceipt> receipts;
    std::map<DossierCode, Dossier> dossiers;      ///< as they will be; their rows are written at the commit
    std::set<std::string> codes;                  ///< given by this change
    std::map<std::string, std::uint64_t> reuses;  ///< from outside, by key
  };
  struct Writing {
    rows::Counters counters;
    std::optional<Error> failed;
  };

  RocksArchive(OpenMode mode, std::unique_ptr<Database> database, std::unique_ptr<DiskObjectStore> objects);

  /// Runs `fill(change)` with all other writers shut out, and commits what it filled in (nothing: no write).
  template <typename Fill>
  auto write(Fill&& fill) -> decltype(fill(std::declval<Change&>()));
  Result<void> commit(Writing& writing, Change& change);
  Result<void> has_room() const;

  Result<std::optional<rows::SubmissionRow>> find_submission(const SubmissionId& id) const;
  Result<rows::ItemRow> find_item(const ItemKey& key) const;
  Result<std::optional<rows::DocumentRow>> find_row(const DocumentId& id) const;
  Result<std::optional<DocumentRecord>> find_document(const DocumentId& id, std::uint32_t version) const;
  Result<Digest> node(merkle::NodeId id) const;
  Result<void> check_stored(const StoredObject& object, std::string_view role) const;
  Result<void> check_stored(const IssuedDocument& document) const;

  /// Adds an entry, whose number is counters.journal_entries, and the tree nodes that it completes.
  Result<EntryReceipt> add_entry(Change& change, const std::string& entry, const std::string& recorded_at) const;
  /// `row`: the document as it is known so far.
  Result<DocumentRecord> add_to_journal(Change& change, const IssuedDocument& document, rows::DocumentRow row) const;
  Result<EntryReceipt> record_one(Change& change, const DossierChange& wanted) const;
  Result<EntryReceipt> receive(Change& change, ChangeEntry received) const;
  Result<EntryReceipt> reuse_outside(Change& change, ChangeEntry reuse) const;
  Result<void> check_paper(Change& change, const DossierChange& wanted) const;
  /// The dossier as of this change; nothing where there is none.
  Result<Dossier*> dossier_in(Change& change, const DossierCode& code) const;
  Result<std::optional<Dossier>> find_dossier(const DossierCode& code) const;
  Result<bool> is_given(const Change& change, const PaperCode& code) const;
  /// `pattern` with the next number for its "{NN}"; without one, itself, given or not.
  Result<PaperCode> next_code(const Change& change, const std::string& pattern) const;
  /// Errors: already_exists.
  Result<void> give(Change& change, const PaperCode& code, const rows::PaperRow& row) const;
  Result<std::optional<PaperCode>> own_code(const DocumentId& document) const;
  /// As the entry that its row names has it.
  Result<IssuanceRecord> issuance_at(const rows::IssuanceKey& key, std::string_view row) const;
  Result<std::vector<IssuanceRecord>> issuances_of(const DocumentId& document) const;
  Result<IssuanceRecord> add_issuance(Change& change, const Issuance& issuance) const;
  Result<JournalEntry> entry_at(std::uint64_t sequence) const;
  Result<EntryReceipt> receipt_of(const Change& change, std::uint64_t sequence) const;
  Result<void> settle_with(Change& change, const ItemKey& key, const DocumentRecord& record) const;

  // Constant after construction.
  OpenMode mode_;
  std::filesystem::path folder_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<DiskObjectStore> objects_;
  // Any thread; whoever writes holds it until the batch is durable.
  Guarded<Writing> writing_;
  Guarded<std::function<void()>> grown_;
};

}  // namespace sohoa
