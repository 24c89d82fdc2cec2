#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

#include "pipeline/model/issuance.hpp"
#include "pipeline/ports/archive.hpp"
#include "pipeline/ports/registry.hpp"

namespace sohoa {

/// [catalogue] `text` became the catalogue in force.
struct CatalogueSet {
  std::string text;  ///< canonical JSON
};

/// A document that is in no dossier got its code for life.
struct CodeGiven {
  DocumentId document;
  PaperCode code;
  Actor by;
};

/// One entry of the journal, of any kind. An Issuance is as of this entry: one whose timestamp was pending is completed
/// by a later entry with the same number.
struct JournalEntry {
  EntryReceipt receipt;
  WallTime time{};
  std::variant<DocumentRecord, CatalogueSet, DossierChange, CodeGiven, Issuance> what;
};

/// The journal as followers read it. Any thread.
class Journal {
 public:
  virtual ~Journal() = default;
  /// Entries so far: their numbers are 0 to size() - 1.
  [[nodiscard]] virtual Result<std::uint64_t> size() const = 0;
  /// The leaf hash of an entry. Errors: not_found.
  [[nodiscard]] virtual Result<Digest> hash_of(std::uint64_t entry) const = 0;

  using Visit = std::function<Result<void>(const JournalEntry&)>;
  /// Shows the entries from number `from` to before `to`, in order; stops at the first error that `visit` returns.
  /// Errors: data_loss where an entry is missing or cannot be read.
  virtual Result<void> read(std::uint64_t from, std::uint64_t to, const Visit& visit) const = 0;

  /// Has `grown` called whenever entries have become durable, by the thread that wrote them: it MUST NOT wait. Replaces
  /// the one before; an empty one ends it, and after that none is running any more.
  virtual void on_growth(std::function<void()> grown) = 0;
};

}  // namespace sohoa
