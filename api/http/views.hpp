#pragma once

#include <string>

#include "api/service/service.hpp"

namespace sohoa::http {

// The JSON that api/openapi.json describes. Strings that are not UTF-8 come out with U+FFFD, never as a failure.

[[nodiscard]] std::string submission_path(const SubmissionId& id);
[[nodiscard]] std::string document_path(const DocumentId& id);

[[nodiscard]] std::string accepted_json(const SubmissionId& id);
[[nodiscard]] std::string submission_json(const Submission& submission);
[[nodiscard]] std::string document_json(const DocumentRecord& record);
[[nodiscard]] std::string event_json(const ProgressEvent& event);
[[nodiscard]] std::string health_json(const api::Health& health);

}  // namespace sohoa::http
