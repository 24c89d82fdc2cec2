#pragma once

// Private to archive/: the steps of check(), one source file each, and what they hand on.

#include <array>
#include <map>
#include <optional>

#include "archive/check.hpp"
#include "archive/rows.hpp"
#include "pipeline/ports/journal.hpp"
#include "pipeline/store/database.hpp"

namespace sohoa::checking {

/// Who needs an object: a document in one of its forms, or an item of a submission.
struct Reference {
  Digest digest;
  std::uint64_t size = 0;
  std::uint32_t owner = 0;  ///< index into References::owners
  Representation role = Representation::original;
};

struct Owner {
  std::array<char, 32> id{};           ///< a document's or a submission's
  std::optional<std::uint32_t> index;  ///< the submission's item
  std::uint32_t issued = 0;            ///< the number of the document's issuance; 0: the document itself
};

struct References {
  std::vector<Reference> all;
  std::vector<Owner> owners;

  void add(const DocumentRecord& record);
  void add(const SubmissionItem& item);
  void add(const Issuance& issuance);
  [[nodiscard]] std::string name_of(const Reference& reference) const;  ///< "the pdf of document ..."
};

/// "journal entry 7"
[[nodiscard]] std::string entry_text(std::uint64_t number);

/// What the rows count up to; nothing where a damaged row keeps us from knowing.
struct Recount {
  std::optional<std::uint64_t> documents;
  std::optional<std::uint64_t> pages;
  std::optional<std::uint64_t> submissions;
  std::optional<std::uint64_t> items;
  std::optional<std::uint64_t> pending_items;
  std::optional<std::uint64_t> failed_items;
  std::optional<std::uint64_t> journal_entries;
  std::optional<std::uint64_t> dossiers;
  std::optional<Digest> tree_root;
};

/// What the steps share. One thread.
struct Context {
  const Database& database;
  const std::function<void(const CheckProgress&)>& progress;
  CheckReport report;
  References references;
  Recount recount;
  std::optional<rows::Counters> counters;  ///< as stored; nothing where the row cannot be read

  void find(std::string what, std::string id, std::string reason);
  void tell(std::string_view stage, std::uint64_t done, std::uint64_t total) const;
};

/// Journal entries, tree nodes and records against each other.
Result<void> check_journal(Context& context);
/// Rows of catalogue, dossiers, paper codes and reuses against the journal. `visit` is shown every sound entry in turn.
class RegistryCheck {
 public:
  explicit RegistryCheck(Context& context) : context_(context) {}
  Result<void> visit(const JournalEntry& entry);
  /// `size`: entries in the journal; `complete`: all of them were sound.
  Result<void> finish(std::uint64_t size, bool complete);

 private:
  Result<void> visit_change(const DossierChange& change, std::uint64_t number);
  Result<void> expect_listed(const DossierCode& code, std::uint64_t number);
  Result<void> expect_paper(const DossierChange& change, const FiledPaper& paper, std::uint64_t number);
  Result<void> expect_code(const PaperCode& code, const rows::PaperRow& row);
  Result<void> expect_outside(const PaperReused& reuse, std::uint64_t number);
  Result<void> expect_catalogue();
  Result<void> check_dossier(const DossierCode& code, std::string_view value, std::uint64_t size);
  Result<void> name_strangers(std::string_view prefix, std::uint64_t expected, const char* what);
  Result<std::optional<rows::DossierRow>> row_of(const DossierCode& code) const;

  Context& context_;
  std::optional<std::uint64_t> catalogue_;  ///< the last entry that set one
  std::uint64_t dossiers_ = 0;
  std::uint64_t codes_ = 0;  ///< of filed papers, and of documents by themselves
  std::uint64_t outside_ = 0;
};

/// Rows of documents' own codes, issuances and pending timestamps against the journal. `visit` is shown every sound
/// entry in turn.
class IssuanceCheck {
 public:
  explicit IssuanceCheck(Context& context) : context_(context) {}
  Result<void> visit(const JournalEntry& entry);
  /// `complete`: all entries were sound.
  Result<void> finish(bool complete);

 private:
  struct Newest {
    rows::IssuanceRow row;
    bool pending = false;
  };
  void visit_issuance(const Issuance& issuance, const EntryReceipt& receipt);
  Result<void> check_rows(bool complete);
  Result<void> check_row(const rows::IssuanceKey& key, const Newest& newest, bool complete);
  Result<void> name_strangers();

  Context& context_;
  std::map<DocumentId, std::uint64_t> codes_;      ///< the entry that gave it
  std::map<rows::IssuanceKey, Newest> issuances_;  ///< by the newest entry so far
};

/// Submissions, items and the pending index against each other.
Result<void> check_submissions(Context& context);
/// Files against their names, and against what the other steps found to refer to them.
Result<void> check_objects(Context& context, const std::filesystem::path& root);

}  // namespace sohoa::checking
