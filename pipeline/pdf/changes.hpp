#pragma once

#include <vector>

#include "pipeline/model/pdf_signature.hpp"
#include "pipeline/pdf/file.hpp"

namespace sohoa::pdf {

/// What the revision `index` (from 1; 0 is the first, before which there was nothing) did to the document of the one
/// before it, as far as a reader of the later one can come to see it. Nothing is left out: what no rule knows is
/// `other`.
[[nodiscard]] std::vector<PdfChange> changes_by(File& file, std::size_t index);

}  // namespace sohoa::pdf
