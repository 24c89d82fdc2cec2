#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "api/service/duplicate_service.hpp"

namespace sohoa::api::cli {

/// A known document that the one asked about resembles, without what differs: {"document", "title", "kind", "text",
/// "pages_alike", "pages", "words", "other_words", "differing_words"}.
[[nodiscard]] nlohmann::json to_json(const Duplicate& duplicate);

/// "cùng bản giấy, quét lại: <id> (<title>): 2/2 trang giống nhau, 13 từ khác": one line for an officer.
[[nodiscard]] std::string line_of(const Duplicate& duplicate);

}  // namespace sohoa::api::cli
