#pragma once

#include <string>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/model/issuance.hpp"
#include "pipeline/ports/registry.hpp"

namespace sohoa {

/// An issuance and the journal entry that stands for it.
struct IssuanceRecord {
  Issuance issuance;
  EntryReceipt receipt;
};

/// Codes and issued files, as changes in the journal. What a call returned for good is durable: it survives kill -9 and
/// power loss. Any thread; writes are serialised inside, together with those of Archive and Registry.
class Issuances {
 public:
  virtual ~Issuances() = default;

  /// Gives a document that is in no dossier its code for life, out of `pattern`: "{NN}" in it becomes the next number
  /// of its prefix, counted together with the codes of filed papers. No code is given twice, also not after a crash.
  /// Idempotent: a document that has one keeps it. Errors: not_found (the document), invalid_input (no pattern),
  /// already_exists (a pattern without "{NN}" whose code is another paper's).
  virtual Result<PaperCode> give_code(const DocumentId& document, const std::string& pattern, const Actor& by) = 0;

  /// Records what was issued; its PDF is durable in objects() already. With number 0 it is the document's next one;
  /// with the number of one whose timestamp was pending, it is that one completed: the same but for its file, level
  /// and time stamps; one that is complete by now stays as it is, and is what comes back. Idempotent: the same (kind,
  /// form, version) of a document once more gives the first record, its newest entry. Errors: not_found (document,
  /// version, number), data_loss (the PDF is not in objects()), invalid_input (a completion that changes what was
  /// issued).
  virtual Result<IssuanceRecord> record_issuance(const Issuance& issuance) = 0;

  /// A document's issuances in their order, each as its newest entry has it. Errors: not_found (the document).
  [[nodiscard]] virtual Result<std::vector<IssuanceRecord>> issuances(const DocumentId& document) const = 0;

  /// Those whose timestamps are pending, at most `limit`.
  [[nodiscard]] virtual Result<std::vector<IssuanceRecord>> pending_timestamps(std::size_t limit) const = 0;
};

}  // namespace sohoa
