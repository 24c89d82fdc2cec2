#pragma once

// Private to archive/: codes of lone documents and issuances as they stand in journal entries (FORMAT.md, "Journal
// entries").

#include "archive/canonical_json.hpp"
#include "pipeline/ports/journal.hpp"

namespace sohoa {

inline constexpr auto code_kind = "code";
inline constexpr auto issuance_kind = "issuance";

// The members of the entry but `seq` and `time`, `kind` among them.
[[nodiscard]] Json code_value(const CodeGiven& given);
[[nodiscard]] CodeGiven read_code(JsonReader in);

[[nodiscard]] Json issuance_value(const Issuance& issuance);
[[nodiscard]] Issuance read_issuance(JsonReader in);

}  // namespace sohoa
