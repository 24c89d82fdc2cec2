#pragma once

#include <string>
#include <vector>

#include "pipeline/pdf/file.hpp"

namespace sohoa::pdf {

/// What stands in the file and belongs to nothing that a reader would come to: bytes outside of objects and
/// cross-reference sections, objects that overlap, pages and catalogues of a later revision that nothing refers
/// to, end-of-file
/// markers that end no revision. Sentences, at most 50.
[[nodiscard]] std::vector<std::string> findings_of_coverage(File& file);

}  // namespace sohoa::pdf
