#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "api/service/issuing_service.hpp"

namespace sohoa::api {

/// {"document", "number", "version", "kind", "code", "by", "name", "at", "pdf", "level", "timestamp_pending",
/// "signatures", "receipt"}
[[nodiscard]] nlohmann::ordered_json value_of(const IssuanceRecord& record);
[[nodiscard]] std::string to_json(const IssuanceRecord& record);
/// That, or {"document", "error"}.
[[nodiscard]] std::string to_json(const IssuedPaper& paper);

/// {"kind", "form", "by": {"officer"}, "name"}; form and name may be left out. Errors: invalid_input.
[[nodiscard]] Result<IssueRequest> read_issue_request(const std::string& json);

}  // namespace sohoa::api
