#pragma once

#include <nlohmann/json.hpp>

#include "api/service/duplicate_service.hpp"

namespace sohoa::api {

/// A known document that the one asked about resembles, without what differs: {"document", "title", "kind", "text",
/// "pages_alike", "pages", "words", "other_words", "differing_words"}.
[[nodiscard]] nlohmann::json to_json(const Duplicate& duplicate);
/// What differs: {"page_matches": [{"page", "other_page", "looks_alike"}], "changes": [{"page", "other_page", "text",
/// "other_text"}], "other_content"}; null where there is none.
[[nodiscard]] nlohmann::json differences_of(const Comparison& comparison);

}  // namespace sohoa::api
