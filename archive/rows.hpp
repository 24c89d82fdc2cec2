#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "archive/merkle.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/dossier_change.hpp"
#include "pipeline/ports/archive.hpp"

namespace sohoa::rows {

// What the database holds: one-letter key prefixes, numbers in keys big endian so that they sort, values canonical JSON
// (a tree node: its 32 bytes). FORMAT.md, "Database". Pure functions, any thread.

inline constexpr std::string_view counters_key = "C";
inline constexpr std::string_view submission_prefix = "S";
inline constexpr std::string_view item_prefix = "I";
inline constexpr std::string_view pending_prefix = "P";
inline constexpr std::string_view document_prefix = "D";
inline constexpr std::string_view entry_prefix = "J";
inline constexpr std::string_view node_prefix = "N";
inline constexpr std::string_view catalogue_key = "G";
inline constexpr std::string_view dossier_prefix = "F";
inline constexpr std::string_view paper_prefix = "K";
inline constexpr std::string_view outside_prefix = "U";
inline constexpr std::string_view own_code_prefix = "X";
inline constexpr std::string_view issuance_prefix = "E";
inline constexpr std::string_view untimed_prefix = "T";

/// Ids are 32 lower-case hexadecimal digits; anything else names nothing.
[[nodiscard]] bool is_id(std::string_view text);

[[nodiscard]] std::string submission_key(const SubmissionId& id);
[[nodiscard]] std::string items_of_key(const SubmissionId& id);  ///< the prefix of all items of a submission
[[nodiscard]] std::string item_key(const ItemKey& key);
[[nodiscard]] std::string pending_key(std::uint64_t arrival);
[[nodiscard]] std::string document_key(const DocumentId& id);
[[nodiscard]] std::string entry_key(std::uint64_t sequence);
[[nodiscard]] std::string node_key(merkle::NodeId id);

[[nodiscard]] std::string dossier_key(const DossierCode& code);
[[nodiscard]] std::string paper_key(std::string_view code_or_its_start);
[[nodiscard]] std::string outside_reuses_key(const DossierCode& dossier);  ///< the prefix of all of a dossier
/// Of a reuse for a dossier that is not ours: the same reuse has the same key.
[[nodiscard]] std::string outside_reuse_key(const PaperReused& reuse);

/// Of the code that a document has of its own, in no dossier.
[[nodiscard]] std::string own_code_key(const DocumentId& id);

struct IssuanceKey {
  DocumentId document;
  std::uint32_t number = 0;  ///< from 1
  auto operator<=>(const IssuanceKey&) const = default;
};
[[nodiscard]] std::string issuances_of_key(const DocumentId& id);  ///< the prefix of all issuances of a document
[[nodiscard]] std::string issuance_key(const IssuanceKey& key);
/// Of an issuance whose timestamp is pending.
[[nodiscard]] std::string untimed_key(const IssuanceKey& key);

// What a key names; nothing where it is not such a key.
[[nodiscard]] std::optional<SubmissionId> submission_of(std::string_view key);
[[nodiscard]] std::optional<ItemKey> item_of(std::string_view key);
[[nodiscard]] std::optional<std::uint64_t> arrival_of(std::string_view key);
[[nodiscard]] std::optional<DocumentId> document_of(std::string_view key);
[[nodiscard]] std::optional<std::uint64_t> sequence_of(std::string_view key);
[[nodiscard]] std::optional<merkle::NodeId> node_of(std::string_view key);
[[nodiscard]] std::optional<DocumentId> own_code_of(std::string_view key);
[[nodiscard]] std::optional<IssuanceKey> issuance_of(std::string_view key);
[[nodiscard]] std::optional<IssuanceKey> untimed_of(std::string_view key);

/// One row, rewritten by every change, so that the archive's status is known without counting.
struct Counters {
  std::uint64_t documents = 0;
  std::uint64_t pages = 0;
  std::uint64_t submissions = 0;
  std::uint64_t items = 0;  ///< also the next item's arrival number
  std::uint64_t pending_items = 0;
  std::uint64_t failed_items = 0;
  std::uint64_t journal_entries = 0;
  Digest tree_root = merkle::empty_root();
  std::uint64_t dossiers = 0;
};

struct SubmissionRow {
  WallTime received_at{};
  SubmissionTerms terms;
  std::uint32_t items = 0;
};

struct ItemRow {
  SubmissionItem item;        ///< its key is the row's
  std::uint64_t arrival = 0;  ///< counts the items of all submissions, from 0
};

/// Where a document stands in the journal.
struct DocumentRow {
  struct Version {
    std::uint64_t entry = 0;
    Digest entry_hash;
  };
  std::vector<Version> versions;  ///< the first is that by which it was taken in
};

/// A dossier is what its journal entries make it; the row says which they are.
struct DossierRow {
  std::vector<std::uint64_t> entries;  ///< ascending; the first is its reception
};

/// Where a code was given: to a paper in a dossier, or to a document that is in none.
struct PaperRow {
  std::uint64_t entry = 0;
  std::variant<PaperPlace, DocumentId> of;
};

/// Where the newest entry of an issuance stands in the journal.
struct IssuanceRow {
  std::uint64_t entry = 0;
  Digest entry_hash;
};

[[nodiscard]] std::string encode(const DossierRow& row);
[[nodiscard]] std::string encode(const PaperRow& row);
/// Of the catalogue, a reuse from outside, a document's own code, a pending timestamp.
[[nodiscard]] std::string encode_entry(std::uint64_t entry);
[[nodiscard]] std::string encode(const IssuanceRow& row);
[[nodiscard]] std::string encode(const Counters& row);
[[nodiscard]] std::string encode(const SubmissionRow& row);
[[nodiscard]] std::string encode(const ItemRow& row);
[[nodiscard]] std::string encode(const DocumentRow& row);
[[nodiscard]] std::string encode(const ItemKey& pending_row);
[[nodiscard]] std::string encode(const Digest& node_row);

// Errors: data_loss where the value is not as we write it.
[[nodiscard]] Result<Counters> counters(std::string_view value);
[[nodiscard]] Result<SubmissionRow> submission(std::string_view value);
[[nodiscard]] Result<ItemRow> item(const ItemKey& key, std::string_view value);
[[nodiscard]] Result<DocumentRow> document(std::string_view value);
[[nodiscard]] Result<DossierRow> dossier(std::string_view value);
[[nodiscard]] Result<PaperRow> paper(std::string_view value);
[[nodiscard]] Result<std::uint64_t> entry(std::string_view value);
[[nodiscard]] Result<IssuanceRow> issuance(std::string_view value);
[[nodiscard]] Result<ItemKey> pending(std::string_view value);
[[nodiscard]] Result<Digest> node(std::string_view value);

}  // namespace sohoa::rows
