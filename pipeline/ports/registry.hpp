#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/model/dossier_change.hpp"

namespace sohoa {

/// The registry's promise that a change is in the journal.
struct EntryReceipt {
  std::uint64_t entry = 0;  ///< its number in the journal, from 0
  Digest entry_hash;        ///< RFC 6962 leaf hash
  std::string recorded_at;  ///< ISO 8601, +07:00
  bool operator==(const EntryReceipt&) const = default;
};

/// A reuse of a paper for a dossier that is not ours.
struct OutsideReuse {
  EntryReceipt receipt;
  PaperReused reuse;
};

/// Catalogue, dossiers and reuse, as changes in the journal. What a call returned for good is durable: it survives
/// kill -9 and power loss. Any thread; writes are serialised inside, together with those of Archive.
///
/// It guards that a change fits the dossier (apply(), dossier_change.hpp) and that documents and sources are there.
/// That codes stand in the catalogue, and what the rules say, is the caller's to see to.
class Registry {
 public:
  virtual ~Registry() = default;

  /// Makes `catalogue` (canonical JSON of an object) the one in force. The same once more gives the first receipt.
  /// Errors: invalid_input (no canonical JSON object).
  virtual Result<EntryReceipt> set_catalogue(const std::string& catalogue) = 0;
  /// The one in force. Errors: not_found where none was ever set.
  [[nodiscard]] virtual Result<std::string> catalogue() const = 0;

  /// Records `changes` in their order, all in one durable step or none, each seeing those before it. A result's, or a
  /// component's, paper code with "{NN}" gets the next number of its prefix, one with "{n}" the result's ordinal.
  /// Idempotent: what was recorded before gives its first receipt.
  /// Errors (the first change that does not fit, named by its number where there are several; nothing is then changed):
  /// not_found (dossier, component, document, source), already_exists, invalid_input.
  virtual Result<std::vector<EntryReceipt>> record(std::span<const DossierChange> changes) = 0;

  /// Errors: not_found.
  [[nodiscard]] virtual Result<Dossier> dossier(const DossierCode& code) const = 0;
  /// What was reused for a dossier that is not ours.
  [[nodiscard]] virtual Result<std::vector<OutsideReuse>> outside_reuses(const DossierCode& dossier) const = 0;
  /// Where a paper of that code was first filed. Errors: not_found.
  [[nodiscard]] virtual Result<PaperPlace> find_paper(const PaperCode& code) const = 0;
};

}  // namespace sohoa
