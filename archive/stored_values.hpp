#pragma once

// Private to archive/: the JSON form of model values that stand in journal entries and in rows alike.

#include "archive/canonical_json.hpp"
#include "pipeline/model/document.hpp"

namespace sohoa {

/// {"media_type", "name", "sha256", "size"}
[[nodiscard]] Json source_value(const SourceFile& source);
[[nodiscard]] SourceFile read_source(JsonReader in);

/// {"code", "message", "page"}; page 0 means the whole file
[[nodiscard]] Json error_value(const Error& error, std::uint32_t page);
struct PlacedError {
  Error error;
  std::uint32_t page = 0;
};
[[nodiscard]] PlacedError read_error(JsonReader in);

/// {"sha256", "size"}
[[nodiscard]] Json object_value(const StoredObject& object);
[[nodiscard]] StoredObject read_object(JsonReader in);

/// {"component", "first_page", "number", "pages"}
[[nodiscard]] Json part_value(const StackPart& part);
[[nodiscard]] StackPart read_part(JsonReader in);

/// {"pages", "text", "words"}
[[nodiscard]] Json fingerprint_value(const Fingerprint& fingerprint);
[[nodiscard]] Fingerprint read_fingerprint(JsonReader in);

/// {"by", "at", "version"} and what there is of {"fields", "read_again", "words"}
[[nodiscard]] Json revision_value(const Revision& revision);
[[nodiscard]] Revision read_revision(JsonReader in);

/// {"officer": id} or {"service": id}
[[nodiscard]] Json actor_value(const Actor& actor);
[[nodiscard]] Actor read_actor(JsonReader in);

}  // namespace sohoa
