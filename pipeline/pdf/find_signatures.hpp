#pragma once

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/pdf_signature.hpp"

namespace sohoa::pdf {

/// The signatures of a PDF, what each covers and what later revisions changed; no cryptography, only digests.
/// Pure, one thread. Errors: invalid_input (not a PDF, or so damaged that two readers may see two documents in it);
/// unsupported (encrypted); resource_exhausted.
[[nodiscard]] Result<PdfSignatures> find_signatures(ByteView file);

}  // namespace sohoa::pdf
