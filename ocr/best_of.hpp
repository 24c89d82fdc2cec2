#pragma once

#include "ocr/found_line.hpp"

namespace sohoa::ocr {

/// Whether another language's reading of the line could change any of its words.
[[nodiscard]] bool is_doubtful(const FoundLine& found);

/// The same line read in two languages, the first being the document's own: its words, but where it is in doubt and the
/// second is clearly surer, the second's, from a gap between words that both see to the next one.
[[nodiscard]] FoundLine best_of(FoundLine first, FoundLine second);

}  // namespace sohoa::ocr
