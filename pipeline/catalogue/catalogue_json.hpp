#pragma once

#include <string>

#include "pipeline/base/result.hpp"
#include "pipeline/model/catalogue.hpp"

namespace sohoa::catalogue {

/// The catalogue as canonical JSON (archive/FORMAT.md), which is also a file that import_catalogue takes.
[[nodiscard]] std::string to_json(const Catalogue& catalogue);

/// Errors: data_loss where `text` is not a whole, good catalogue.
Result<Catalogue> from_json(const std::string& text);

}  // namespace sohoa::catalogue
