#pragma once

// Private to archive/: changes of dossiers as they stand in journal entries (FORMAT.md, "Journal entries").

#include "archive/canonical_json.hpp"
#include "pipeline/model/dossier_change.hpp"

namespace sohoa {

/// The members of the entry but `seq` and `time`, `kind` among them.
[[nodiscard]] Json change_value(const DossierChange& change);
/// Of an entry of that kind.
[[nodiscard]] DossierChange read_change(JsonReader in, std::string_view kind, std::optional<Error>& problem);
[[nodiscard]] bool is_change_kind(std::string_view kind);

}  // namespace sohoa
