#pragma once

#include <string>
#include <vector>

#include "pipeline/pdf/file.hpp"

namespace sohoa::pdf {

/// Where qpdf, another reader, finds other objects in the file than we do: what shows two documents to two readers must
/// not pass as signed. Sentences, at most ten. The file must have been read by us first, which bounds what its streams
/// unpack to.
[[nodiscard]] std::vector<std::string> disagreements_with_qpdf(const File& file);

}  // namespace sohoa::pdf
