#pragma once

#include <string_view>

#include "pipeline/base/result.hpp"
#include "pipeline/model/submission.hpp"

namespace sohoa::http {

inline constexpr std::size_t max_term_bytes = 1'024;  ///< of one term as it comes; dossier codes have about 30

/// Whether a form field or query parameter of this name is one of a submission's terms.
[[nodiscard]] bool is_term(std::string_view name);
/// dossier (at most 200 bytes, no control characters), languages ("vie+eng"), priority ("interactive", "bulk"), split
/// ("none", "sheets", "blank", a number of pages).
/// Errors: invalid_input; `terms` is then unchanged.
[[nodiscard]] Result<void> set_term(SubmissionTerms& terms, std::string_view name, std::string_view value);

}  // namespace sohoa::http
