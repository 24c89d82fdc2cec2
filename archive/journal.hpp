#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "archive/canonical_json.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/ports/journal.hpp"

namespace sohoa {

// Journal entries as bytes: canonical JSON, one object an entry (FORMAT.md, "Journal entries"). What is stored, hashed
// and later handed to others is exactly these bytes. Pure functions, any thread.

/// The entry number `sequence` by which `document`, or a version of it, was taken in at `archived_at` (ISO 8601,
/// +07:00). Text is brought to NFC on the way.
[[nodiscard]] std::string ingest_entry(std::uint64_t sequence, std::string_view archived_at,
                                       const IssuedDocument& document);

/// A change on its way into the journal, encoded once. One thread.
class ChangeEntry {
 public:
  /// Errors: invalid_input where an entry could not be read back.
  static Result<ChangeEntry> of(const DossierChange& change);

  /// As the entry will hold it: its text in NFC.
  [[nodiscard]] const DossierChange& change() const { return change_; }
  /// Gives the paper that the change files its code.
  void set_code(const PaperCode& code);
  /// The entry number `sequence` by which it was recorded.
  [[nodiscard]] std::string text(std::uint64_t sequence, std::string_view recorded_at) &&;

 private:
  ChangeEntry(Json value, DossierChange change) : value_(std::move(value)), change_(std::move(change)) {}
  Json value_;
  DossierChange change_;
};

/// The entry number `sequence` by which `catalogue`, canonical JSON, came into force.
/// Errors: invalid_input where it is no canonical JSON object.
[[nodiscard]] Result<std::string> catalogue_entry(std::uint64_t sequence, std::string_view recorded_at,
                                                  const std::string& catalogue);

/// The entry number `sequence` by which a document was given a code of its own, or was issued. Text is brought to NFC;
/// what entry_of refuses of it could not be said in an entry.
[[nodiscard]] std::string code_entry(std::uint64_t sequence, std::string_view recorded_at, const CodeGiven& given);
[[nodiscard]] std::string issuance_entry(std::uint64_t sequence, std::string_view recorded_at,
                                         const Issuance& issuance);

/// What an entry of any kind says; the receipt's hash is computed from `entry`.
/// Errors: data_loss where it is not an entry; unsupported where its kind is unknown.
[[nodiscard]] Result<JournalEntry> entry_of(std::string_view entry);
/// Errors: data_loss where `entry` is not, byte for byte, what writing it again gives.
[[nodiscard]] Result<JournalEntry> canonical_entry_of(std::string_view entry);

/// What the entry of a document, or of a version of it, says; the receipt's hash is computed from `entry`.
/// Errors: data_loss where it is not an entry; unsupported where it is one of another kind.
[[nodiscard]] Result<DocumentRecord> record_of(std::string_view entry);

/// Errors: data_loss where `entry` is not, byte for byte, what ingest_entry gives for what it says.
[[nodiscard]] Result<DocumentRecord> canonical_record_of(std::string_view entry);

}  // namespace sohoa
