// Opening, the commit point, and documents. Submissions and their items: rocks_archive_submissions.cpp.
// Writers take turns; one synced batch takes about as long as one fsync (3.5 ms on a plain disk), so a document costs
// two: its item's and its own. Readers never wait: RocksDB gives them the rows as of the last batch.
#include "archive/rocks_archive.hpp"

#include <set>

#include "archive/data_directory.hpp"
#include "archive/journal.hpp"
#include "archive/rocks_archive_write.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa {

RocksArchive::RocksArchive(OpenMode mode, std::unique_ptr<Database> database, std::unique_ptr<DiskObjectStore> objects)
    : mode_(mode), database_(std::move(database)), objects_(std::move(objects)) {}

Result<std::unique_ptr<RocksArchive>> RocksArchive::open(const std::filesystem::path& data_dir, OpenMode mode,
                                                         ArchiveSeams seams) {
  SOHOA_TRY(const auto directory, DataDirectory::open(data_dir, mode, *seams.files));
  if (mode == OpenMode::read_write) SOHOA_DO(seams.files->make_directory(directory.database));
  // The database first: its lock keeps a second writer from what the object store does when it is opened.
  SOHOA_TRY(auto database, Database::open(directory.database, mode, seams.env));
  SOHOA_TRY(auto objects, DiskObjectStore::open(directory.objects, mode, *seams.files));
  std::unique_ptr<RocksArchive> archive(new RocksArchive(mode, std::move(database), std::move(objects)));
  archive->folder_ = directory.database;
  SOHOA_TRY(const auto row, archive->database_->get(rows::counters_key));
  if (row) {
    auto counters = rows::counters(*row);
    if (!counters) return counters.error().within("counters");
    archive->writing_.with([&](Writing& writing) { writing.counters = *counters; });
  }
  return archive;
}

Result<void> RocksArchive::has_room() const {
  // The disk should fill up while objects are written, where an error harms nothing, not while RocksDB writes its log.
  constexpr std::uintmax_t low_water = 64U * 1024 * 1024;
  std::error_code failure;
  const auto space = std::filesystem::space(folder_, failure);
  if (!failure && space.available < low_water) {
    return Error{ErrorCode::resource_exhausted, folder_.string() + ": less than 64 MiB of disk left"};
  }
  return {};
}

Result<void> RocksArchive::commit(Writing& writing, Change& change) {
  for (const auto& [code, dossier] : change.dossiers) {
    if (dossier.history.back() < writing.counters.journal_entries) continue;  // was looked at only
    change.batch.put(rows::dossier_key(code), rows::encode(rows::DossierRow{dossier.history}));
  }
  if (!change.nodes.empty()) {
    SOHOA_TRY(change.counters.tree_root,
              merkle::root(change.counters.journal_entries, [&](merkle::NodeId id) -> Result<Digest> {
                const auto fresh = change.nodes.find(id);
                return fresh != change.nodes.end() ? fresh->second : node(id);
              }));
  }
  change.batch.put(std::string(rows::counters_key), rows::encode(change.counters));
  if (auto committed = database_->commit(change.batch); !committed) {
    writing.failed = Error{ErrorCode::unavailable, "archive: an earlier write failed, restart to go on"};
    return committed;
  }
  const bool grew = change.counters.journal_entries > writing.counters.journal_entries;
  writing.counters = change.counters;
  if (grew) {
    grown_.with([](const auto& grown) {
      if (grown) grown();
    });
  }
  return {};
}

Result<std::optional<rows::DocumentRow>> RocksArchive::find_row(const DocumentId& id) const {
  if (!rows::is_id(id.value)) return std::optional<rows::DocumentRow>();
  SOHOA_TRY(const auto bytes, database_->get(rows::document_key(id)));
  if (!bytes) return std::optional<rows::DocumentRow>();
  auto row = rows::document(*bytes);
  if (!row) return row.error().within("document " + id.value);
  return std::optional(std::move(*row));
}

/// Nothing where there is no such document, or not so many versions of it.
Result<std::optional<DocumentRecord>> RocksArchive::find_document(const DocumentId& id, std::uint32_t version) const {
  SOHOA_TRY(const auto row, find_row(id));
  if (!row || version > row->versions.size()) return std::optional<DocumentRecord>();
  const auto& wanted = version == newest ? row->versions.back() : row->versions[version - 1];
  const auto place = "document " + id.value;
  SOHOA_TRY(const auto entry, database_->get(rows::entry_key(wanted.entry)));
  if (!entry) return Error{ErrorCode::data_loss, place + ": its journal entry is missing"};
  auto record = record_of(*entry);
  if (!record) return record.error().within(place + ": journal entry " + std::to_string(wanted.entry));
  if (record->receipt.entry_hash != wanted.entry_hash || record->document.id != id) {
    return Error{ErrorCode::data_loss, place + ": its journal entry is not the one it was"};
  }
  return std::optional(std::move(*record));
}

Result<DocumentRecord> RocksArchive::document(const DocumentId& id, std::uint32_t version) const {
  SOHOA_TRY(auto record, find_document(id, version));
  if (record) return std::move(*record);
  const auto which = version == newest ? std::string() : " version " + std::to_string(version);
  return Error{ErrorCode::not_found, "document " + id.value + which + ": not in the archive"};
}

Result<Digest> RocksArchive::node(merkle::NodeId id) const {
  SOHOA_TRY(const auto row, database_->get(rows::node_key(id)));
  const auto place = "tree node " + std::to_string(id.level) + "/" + std::to_string(id.index);
  if (!row) return Error{ErrorCode::data_loss, place + ": is missing"};
  auto hash = rows::node(*row);
  if (!hash) return hash.error().within(place);
  return hash;
}

Result<void> RocksArchive::check_stored(const StoredObject& object, std::string_view role) const {
  const auto place = std::string(role) + " " + object.digest.hex();
  const auto fd = objects_->open(object.digest);
  if (!fd && fd.error().code != ErrorCode::not_found) return fd.error().within(place);
  if (!fd) return Error{ErrorCode::data_loss, place + ": is not in the object store"};
  SOHOA_TRY(const auto size, file_size(fd->get()));
  if (size == object.size) return {};
  return Error{ErrorCode::data_loss,
               place + ": " + std::to_string(size) + " bytes are stored, it has " + std::to_string(object.size)};
}

Result<void> RocksArchive::check_stored(const IssuedDocument& document) const {
  SOHOA_DO(check_stored({document.source.digest, document.source.size}, "original"));
  SOHOA_DO(check_stored(document.pdf, "pdf"));
  SOHOA_DO(check_stored(document.text, "text"));
  SOHOA_DO(check_stored(document.alto, "alto"));
  return check_stored(document.json, "json");
}

Result<EntryReceipt> RocksArchive::add_entry(Change& change, const std::string& entry,
                                             const std::string& recorded_at) const {
  const auto sequence = change.counters.journal_entries++;
  const auto hash = merkle::leaf_hash(as_bytes(entry));
  SOHOA_TRY(const auto completed, merkle::completed_by(sequence, hash, [&](merkle::NodeId id) -> Result<Digest> {
              const auto fresh = change.nodes.find(id);
              return fresh != change.nodes.end() ? fresh->second : node(id);
            }));
  change.batch.put(rows::entry_key(sequence), entry);
  for (const auto& fresh : completed) {
    change.nodes[fresh.id] = fresh.hash;
    change.batch.put(rows::node_key(fresh.id), rows::encode(fresh.hash));
  }
  EntryReceipt receipt{sequence, hash, recorded_at};
  change.receipts[sequence] = receipt;
  return receipt;
}

Result<DocumentRecord> RocksArchive::add_to_journal(Change& change, const IssuedDocument& document,
                                                    rows::DocumentRow row) const {
  SOHOA_DO(check_stored(document));
  auto& counters = change.counters;
  const auto sequence = counters.journal_entries;
  const auto entry = ingest_entry(sequence, iso8601(now()), document);
  auto record = record_of(entry);  // what is handed back is what was written, in NFC
  if (!record) return Error{ErrorCode::internal, "journal entry: " + record.error().message};

  SOHOA_TRY(const auto receipt, add_entry(change, entry, record->receipt.archived_at));
  row.versions.push_back({sequence, receipt.entry_hash});
  change.batch.put(rows::document_key(document.id), rows::encode(row));
  if (document.revision) return record;
  ++counters.documents;
  counters.pages += document.pages;
  if (!record->document.dossier.empty()) {
    SOHOA_TRY(auto* dossier, dossier_in(change, {record->document.dossier}));
    if (dossier != nullptr) attach(*dossier, document.id, sequence);
  }
  return record;
}

Result<ArchiveReceipt> RocksArchive::append(const IssuedDocument& document, const std::vector<ItemKey>& items) {
  if (document.id != DocumentId::of(document.source.digest, document.part)) {
    return Error{ErrorCode::invalid_input, "document " + document.id.value + ": is not its original's id"};
  }
  return write([&](Change& change) -> Result<ArchiveReceipt> {
    SOHOA_TRY(auto known, find_document(document.id, 1));
    if (!known && document.revision) {
      return Error{ErrorCode::invalid_input, "document " + document.id.value + ": has no first version"};
    }
    if (known && known->document.source.digest != document.source.digest) {
      return Error{ErrorCode::already_exists, "document " + document.id.value + ": is another original's"};
    }
    if (!known) {
      SOHOA_TRY(known, add_to_journal(change, document, {}));
    }
    for (const auto& key : std::set<ItemKey>(items.begin(), items.end())) SOHOA_DO(settle_with(change, key, *known));
    return known->receipt;
  });
}

Result<ArchiveReceipt> RocksArchive::revise(const IssuedDocument& document) {
  const auto place = "document " + document.id.value;
  if (!document.revision) return Error{ErrorCode::invalid_input, place + ": a version without its revision"};
  return write([&](Change& change) -> Result<ArchiveReceipt> {
    SOHOA_TRY(const auto row, find_row(document.id));
    if (!row) return Error{ErrorCode::not_found, place + ": not in the archive"};
    if (document.revision->version <= row->versions.size()) {
      return Error{ErrorCode::already_exists,
                   place + ": has version " + std::to_string(row->versions.size()) + " by now, look at that first"};
    }
    if (document.revision->version > row->versions.size() + 1) {
      return Error{ErrorCode::invalid_input, place + ": has no version before this one"};
    }
    SOHOA_TRY(const auto first, find_document(document.id, 1));
    if (first->document.source.digest != document.source.digest) {
      return Error{ErrorCode::invalid_input, place + ": is another original's"};
    }
    SOHOA_TRY(const auto record, add_to_journal(change, document, *row));
    return record.receipt;
  });
}

Result<ArchiveStatus> RocksArchive::status() const {
  SOHOA_TRY(const auto row, database_->get(rows::counters_key));
  rows::Counters counters;
  if (row) {
    SOHOA_TRY(counters, rows::counters(*row));
  }
  return ArchiveStatus{counters.documents,    counters.pages,           counters.submissions, counters.pending_items,
                       counters.failed_items, counters.journal_entries, counters.tree_root,   counters.dossiers};
}

}  // namespace sohoa
