#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/model/paper_facts.hpp"
#include "pipeline/ports/archive.hpp"

namespace sohoa::api {

/// What the registry and the rules want to know of an archived document, out of its JSON.
struct DocumentFacts {
  PaperFacts paper;  ///< without unsure fields
  /// "number_symbol" -> its values, one but for lists; only those that nobody has to look at first.
  std::map<std::string, std::vector<std::string>> fields;
  std::set<std::string> unsure;  ///< names of fields that were found and wait for review
};

/// Of the text only printed page numbers are kept while reading. Errors: not_found, data_loss (no such JSON),
/// resource_exhausted (over 1 GB).
[[nodiscard]] Result<DocumentFacts> document_facts(const DocumentRecord& record, const ObjectStore& objects);

}  // namespace sohoa::api
