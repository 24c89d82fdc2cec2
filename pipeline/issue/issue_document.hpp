#pragma once

#include "pipeline/base/result.hpp"
#include "pipeline/model/document.hpp"
#include "pipeline/ports/field_extractor.hpp"
#include "pipeline/ports/object_store.hpp"

namespace sohoa {

/// Writes a document's results into `store` in one pass over its pages: searchable PDF/A-2b, plain text, ALTO 4.4,
/// JSON. Memory holds one page, however many there are. A page that could not be read, or whose images cannot be shown,
/// becomes an empty page in every result and stands in `failed_pages`. `extractor` finds the fields that JSON tells of;
/// without one there are none. The same document gives the same bytes. Returns once all four are durable. Any thread,
/// one call a document. Errors: invalid_input (no pages); what the store returns: objects written until then may stay,
/// without a reference.
Result<IssuedDocument> issue_document(const DigitizedDocument& document, ObjectStore& store,
                                      const FieldExtractor* extractor = nullptr);

}  // namespace sohoa
