#pragma once

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/pdf_signature.hpp"

namespace sohoa::pdf {

/// Which rules of PDF/A-2b (ISO 19005-2:2011, level b) the file breaks; none: it keeps all that we know of. Checked are
/// the rules that concern what this project writes and what signing adds to it; README.md lists them. Pure, one thread.
/// Errors: invalid_input (not a PDF, or so damaged that it cannot be taken apart); resource_exhausted.
[[nodiscard]] Result<PdfaReport> check_pdfa(ByteView file);

}  // namespace sohoa::pdf
