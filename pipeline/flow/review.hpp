#pragma once

#include "pipeline/model/review.hpp"
#include "pipeline/ports/archive.hpp"

namespace sohoa::flow {

/// What an officer is asked about in a document. Errors: not_found, data_loss.
Result<Review> review(Archive& archive, const DocumentId& document);

}  // namespace sohoa::flow
