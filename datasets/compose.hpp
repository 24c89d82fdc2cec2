#pragma once

#include "datasets/corpus.hpp"
#include "datasets/document.hpp"
#include "datasets/random.hpp"

namespace sohoa::datasets {

/// Makes up a document of `type` with a body of about `body_size` bytes (1500 fill the first page). Pure.
[[nodiscard]] DocumentText compose(DocumentType type, const Corpus& corpus, std::size_t body_size, Random& random);

}  // namespace sohoa::datasets
