#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/result.hpp"
#include "pipeline/ports/journal.hpp"

namespace sohoa {

// Journal entries as bytes: canonical JSON, one object an entry (FORMAT.md, "Journal entries"). What is stored, hashed
// and later handed to others is exactly these bytes. Pure functions, any thread.

/// The entry number `sequence` by which `document` was taken in at `archived_at` (ISO 8601, +07:00).
/// Text is brought to NFC on the way.
[[nodiscard]] std::string ingest_entry(std::uint64_t sequence, std::string_view archived_at,
                                       const IssuedDocument& document);

/// The entry number `sequence` by which `change` was recorded.
[[nodiscard]] std::string change_entry(std::uint64_t sequence, std::string_view recorded_at,
                                       const DossierChange& change);
/// The change as an entry holds it: its text in NFC. Errors: invalid_input where an entry could not be read back.
[[nodiscard]] Result<DossierChange> as_recorded(const DossierChange& change);

/// The entry number `sequence` by which `catalogue`, canonical JSON, came into force.
/// Errors: invalid_input where it is no canonical JSON object.
[[nodiscard]] Result<std::string> catalogue_entry(std::uint64_t sequence, std::string_view recorded_at,
                                                  const std::string& catalogue);

/// What an entry of any kind says; the receipt's hash is computed from `entry`.
/// Errors: data_loss where it is not an entry; unsupported where its kind is unknown.
[[nodiscard]] Result<JournalEntry> entry_of(std::string_view entry);
/// Errors: data_loss where `entry` is not, byte for byte, what writing it again gives.
[[nodiscard]] Result<JournalEntry> canonical_entry_of(std::string_view entry);

/// What an ingest entry says; the receipt's hash is computed from `entry`.
/// Errors: data_loss where it is not an entry; unsupported where it is one of another kind.
[[nodiscard]] Result<DocumentRecord> record_of(std::string_view entry);

/// Errors: data_loss where `entry` is not, byte for byte, what ingest_entry gives for what it says.
[[nodiscard]] Result<DocumentRecord> canonical_record_of(std::string_view entry);

}  // namespace sohoa
