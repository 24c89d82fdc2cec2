// An entry's hash stands in three places: computed from the entry's bytes, in its leaf node, in its document's record.
// Two of three agree where one was damaged; that value is believed and goes into the tree, whose upper nodes are then
// compared one by one with what is stored. How long the journal is, is voted on as well: the counters, the last entry,
// the last leaf.
#include <algorithm>
#include <limits>

#include "archive/check_steps.hpp"
#include "archive/journal.hpp"

namespace sohoa::checking {
namespace {

struct Record {
  std::uint64_t entry = 0;
  DocumentId id;
  Digest hash;
};

std::string text_of(merkle::NodeId id) {
  return std::to_string(id.level) + "/" + std::to_string(id.index);
}

class JournalCheck {
 public:
  explicit JournalCheck(Context& context) : context_(context), registry_(context), issuances_(context) {}

  Result<void> run() {
    SOHOA_DO(collect_records());
    SOHOA_DO(find_size());
    SOHOA_DO(context_.database.scan(rows::entry_prefix, [&](std::string_view key, std::string_view value) {
      const auto sequence = rows::sequence_of(key);
      return sequence ? visit(*sequence, value) : Result<void>();  // other keys are reported elsewhere
    }));
    while (next_ < size_) SOHOA_DO(check_entry(std::nullopt));
    return finish();
  }

 private:
  Result<void> visit(std::uint64_t sequence, std::string_view bytes) {
    if (sequence >= size_) {
      context_.find("journal entry", std::to_string(sequence), "lies beyond the journal's end");
      return {};
    }
    while (next_ < sequence) SOHOA_DO(check_entry(std::nullopt));
    return check_entry(bytes);
  }

  Result<void> collect_records() {
    const auto visit_record = [&](std::string_view key, std::string_view value) -> Result<void> {
      const auto id = rows::document_of(key);
      if (!id) return {};
      ++context_.report.documents;
      auto row = rows::document(value);
      if (row && rows::encode(*row) != value) row = Error{ErrorCode::data_loss, "is not in canonical form"};
      if (!row) context_.find("record", id->value, row.error().message);
      if (!row) return {};
      for (const auto& version : row->versions) records_.push_back({version.entry, *id, version.entry_hash});
      return {};
    };
    SOHOA_DO(context_.database.scan(rows::document_prefix, visit_record));
    std::sort(records_.begin(), records_.end(),
              [](const auto& a, const auto& b) { return std::tie(a.entry, a.id) < std::tie(b.entry, b.id); });
    return {};
  }

  Result<void> find_size() {
    std::uint64_t by_entries = 0;
    std::uint64_t by_leaves = 0;
    SOHOA_DO(context_.database.scan(rows::entry_prefix, [&](std::string_view key, std::string_view) -> Result<void> {
      if (const auto sequence = rows::sequence_of(key)) by_entries = *sequence + 1;
      return {};
    }));
    SOHOA_DO(context_.database.scan(rows::node_prefix, [&](std::string_view key, std::string_view) -> Result<void> {
      if (const auto node = rows::node_of(key); node && node->level == 0) by_leaves = node->index + 1;
      return {};
    }));
    std::array votes{by_entries, by_leaves,
                     context_.counters ? context_.counters->journal_entries : std::max(by_entries, by_leaves)};
    std::sort(votes.begin(), votes.end());
    size_ = votes[1];
    return {};
  }

  /// Number next_: its bytes, or nothing where the entry is not there.
  Result<void> check_entry(const std::optional<std::string_view>& bytes) {
    const auto sequence = next_++;
    if (sequence % 1024 == 0) context_.tell("journal", sequence, size_);
    const auto parsed = bytes ? canonical_entry_of(*bytes) : Result<JournalEntry>(Error{});
    const auto* ingested = parsed ? std::get_if<DocumentRecord>(&parsed->what) : nullptr;
    const Record* record = record_at(sequence, ingested ? std::optional(ingested->document.id) : std::nullopt);
    const auto stored_leaf = node({0, sequence});
    if (!stored_leaf && stored_leaf.error().code == ErrorCode::unavailable) return stored_leaf.error();
    const auto leaf = stored_leaf ? *stored_leaf : std::optional<Digest>();
    if (bytes) {
      const auto hash = merkle::leaf_hash(as_bytes(*bytes));
      const bool outvoted = (leaf && record && *leaf == record->hash && *leaf != hash) ||
                            (leaf && !record && *leaf != hash) || (!leaf && record && record->hash != hash);
      SOHOA_DO(outvoted ? altered(sequence) : intact(sequence, parsed, hash, leaf, record));
      return grow(sequence, !outvoted ? hash : leaf ? *leaf : record->hash);
    }
    context_.find("journal entry", std::to_string(sequence), "is missing");
    uncountable();
    return grow(sequence, leaf ? *leaf : record ? record->hash : Digest{});
  }

  Result<void> altered(std::uint64_t sequence) {
    context_.find("journal entry", std::to_string(sequence), "is not the one whose hash was recorded");
    uncountable();
    return {};
  }

  Result<void> intact(std::uint64_t sequence, const Result<JournalEntry>& parsed, const Digest& hash,
                      const std::optional<Digest>& leaf, const Record* record) {
    if (leaf && *leaf != hash) context_.find("tree node", text_of({0, sequence}), "is not the hash of its entry");
    if (!parsed) {
      context_.find("journal entry", std::to_string(sequence), parsed.error().message);
      uncountable();
      return {};
    }
    ++context_.report.journal_entries;
    if (parsed->receipt.entry != sequence) {
      context_.find("journal entry", std::to_string(sequence),
                    "says it is entry " + std::to_string(parsed->receipt.entry));
    }
    SOHOA_DO(registry_.visit(*parsed));
    SOHOA_DO(issuances_.visit(*parsed));
    const auto* ingested = std::get_if<DocumentRecord>(&parsed->what);
    return ingested ? intact_document(sequence, *ingested, hash, record) : no_document(sequence);
  }

  /// No record may name the entry.
  Result<void> no_document(std::uint64_t sequence) {
    for (const auto* record = first_at(sequence); record != end_of_records() && record->entry == sequence; ++record) {
      context_.find("record", record->id.value,
                    "names journal entry " + std::to_string(sequence) + ", which is of no document");
    }
    return {};
  }

  Result<void> intact_document(std::uint64_t sequence, const DocumentRecord& parsed, const Digest& hash,
                               const Record* record) {
    if (!parsed.document.revision) {
      ++documents_;
      pages_ += parsed.document.pages;
    }
    context_.references.add(parsed);
    const auto& id = parsed.document.id;
    if (record && record->id == id && record->hash != hash) {
      context_.find("record", id.value, "holds another hash than that of journal entry " + std::to_string(sequence));
    }
    SOHOA_TRY(const auto row, context_.database.get(rows::document_key(id)));
    if (!row) context_.find("record", id.value, "is missing; it belongs to journal entry " + std::to_string(sequence));
    if (row && parsed.document.revision && !named_by_its_own(sequence, id)) {
      context_.find("record", id.value, "does not name its version in journal entry " + std::to_string(sequence));
    }
    for (const auto* other = first_at(sequence); other != end_of_records() && other->entry == sequence; ++other) {
      if (other->id != id) {
        context_.find("record", other->id.value,
                      "names journal entry " + std::to_string(sequence) + ", which is of document " + id.value);
      }
    }
    return {};
  }

  /// Adds a leaf to the tree as it ought to be, and compares the nodes it completes with those that are stored.
  Result<void> grow(std::uint64_t sequence, const Digest& leaf) {
    SOHOA_TRY(const auto nodes, merkle::completed_by(sequence, leaf, [&](merkle::NodeId id) -> Result<Digest> {
                return newest_[id.level];
              }));
    for (const auto& [id, hash] : nodes) {
      newest_[id.level] = hash;
      ++context_.report.tree_nodes;
      const auto stored = node(id);
      if (!stored && stored.error().code == ErrorCode::unavailable) return stored.error();
      if (!stored) context_.find("tree node", text_of(id), stored.error().message);
      if (stored && *stored != hash && id.level > 0) {
        context_.find("tree node", text_of(id), "is not the hash of its children");
      }
    }
    return {};
  }

  Result<void> finish() {
    for (const auto& record : records_) {
      if (record.entry < size_) continue;
      context_.find("record", record.id.value,
                    "names journal entry " + std::to_string(record.entry) + ", which does not exist");
    }
    SOHOA_DO(context_.database.scan(rows::node_prefix, [&](std::string_view key, std::string_view) -> Result<void> {
      const auto id = rows::node_of(key);
      if (id && (id->level > 63 || id->index >= size_ >> id->level)) {
        context_.find("tree node", text_of(*id), "lies beyond the tree's end");
      }
      return {};
    }));
    context_.recount.journal_entries = size_;
    if (countable_) context_.recount.documents = documents_;
    if (countable_) context_.recount.pages = pages_;
    SOHOA_DO(registry_.finish(size_, countable_));
    SOHOA_DO(issuances_.finish(countable_));
    SOHOA_TRY(context_.recount.tree_root,
              merkle::root(size_, [&](merkle::NodeId id) -> Result<Digest> { return newest_[id.level]; }));
    context_.tell("journal", size_, size_);
    return {};
  }

  void uncountable() { countable_ = false; }

  /// Errors: not_found, data_loss (not 32 bytes), and those of the database as unavailable.
  Result<Digest> node(merkle::NodeId id) const {
    const auto row = context_.database.get(rows::node_key(id));
    if (!row) return Error{ErrorCode::unavailable, row.error().message};
    if (!*row) return Error{ErrorCode::not_found, "is missing"};
    return rows::node(**row);
  }

  const Record* end_of_records() const { return records_.data() + records_.size(); }
  const Record* first_at(std::uint64_t sequence) const {
    return std::lower_bound(records_.data(), end_of_records(), sequence,
                            [](const Record& record, std::uint64_t wanted) { return record.entry < wanted; });
  }
  [[nodiscard]] bool named_by_its_own(std::uint64_t sequence, const DocumentId& id) const {
    return std::any_of(first_at(sequence), end_of_records(),
                       [&](const Record& record) { return record.entry == sequence && record.id == id; });
  }
  /// The record that names the entry: that of the entry's own document where it is among them.
  const Record* record_at(std::uint64_t sequence, const std::optional<DocumentId>& id) const {
    const auto* first = first_at(sequence);
    for (const auto* record = first; record != end_of_records() && record->entry == sequence; ++record) {
      if (id && record->id == *id) return record;
    }
    return first != end_of_records() && first->entry == sequence ? first : nullptr;
  }

  Context& context_;
  RegistryCheck registry_;
  IssuanceCheck issuances_;
  std::uint64_t documents_ = 0;
  std::vector<Record> records_;  // by entry
  std::uint64_t size_ = 0;
  std::uint64_t next_ = 0;
  std::uint64_t pages_ = 0;
  bool countable_ = true;            // every entry's pages are known
  std::array<Digest, 64> newest_{};  // by level: the last complete subtree so far
};

}  // namespace

Result<void> check_journal(Context& context) {
  return JournalCheck(context).run();
}

}  // namespace sohoa::checking
