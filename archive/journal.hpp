#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/result.hpp"
#include "pipeline/ports/archive.hpp"

namespace sohoa {

// Journal entries as bytes: canonical JSON, one object an entry (FORMAT.md, "Journal entries"). What is stored, hashed
// and later handed to others is exactly these bytes. Pure functions, any thread.

/// The entry number `sequence` by which `document` was taken in at `archived_at` (ISO 8601, +07:00).
/// Text is brought to NFC on the way.
[[nodiscard]] std::string ingest_entry(std::uint64_t sequence, std::string_view archived_at,
                                       const IssuedDocument& document);

/// What an ingest entry says; the receipt's hash is computed from `entry`.
/// Errors: data_loss where it is not an entry; unsupported where it is one of another kind.
[[nodiscard]] Result<DocumentRecord> record_of(std::string_view entry);

/// Errors: data_loss where `entry` is not, byte for byte, what ingest_entry gives for what it says.
[[nodiscard]] Result<DocumentRecord> canonical_record_of(std::string_view entry);

}  // namespace sohoa
