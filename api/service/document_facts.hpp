#pragma once

#include <map>
#include <string>

#include "pipeline/model/paper_facts.hpp"
#include "pipeline/ports/archive.hpp"

namespace sohoa::api {

/// What the registry and the rules want to know of an archived document, out of its JSON.
struct DocumentFacts {
  PaperFacts paper;
  std::map<std::string, std::string> fields;  ///< "number_symbol" -> its value, as far as they were found
};

/// Words and boxes are passed over while reading. Errors: not_found, data_loss (no such JSON), resource_exhausted (over
/// 1 GB).
[[nodiscard]] Result<DocumentFacts> document_facts(const DocumentRecord& record, const ObjectStore& objects);

}  // namespace sohoa::api
