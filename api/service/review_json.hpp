#pragma once

#include <string>

#include "pipeline/model/document.hpp"
#include "pipeline/model/review.hpp"

namespace sohoa::api {

/// {"document", "version", "words", "asked": [{"page", "box", "text", "certainty", "line", "in_line", "alternatives":
/// [{"text", "odds"}]}], "fields": [{"name", "value", "raw", "page", "box", "confidence", "rule", "review",
/// "review_vi"}]}
[[nodiscard]] std::string to_json(const Review& review);
/// {"document", "journal_entry", "entry_hash", "archived_at"}
[[nodiscard]] std::string to_json(const ArchiveReceipt& receipt);

/// What an officer sets right, as JSON: {"officer", "version": that was looked at, "words": [{"page", "box", "text"}],
/// "fields": [{"name", "value", "was"}], "read_again"}; `was` says which of several it is.
/// Errors: invalid_input, naming the member.
Result<RevisionRequest> read_revision(const std::string& json, const DocumentId& document);

}  // namespace sohoa::api
