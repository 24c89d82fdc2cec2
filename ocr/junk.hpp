#pragma once

#include <vector>

#include "ocr/rows.hpp"

namespace sohoa::ocr {

// Both need more than a low confidence: a doubtful word of ordinary size and place stays. `em` is the ordinary type's,
// pixels.

/// Without words that are no text: specks and rules.
[[nodiscard]] std::vector<FoundLine> without_specks(std::vector<FoundLine> lines, double em);

/// Without pieces that are no text: seals, signatures and marks cut off from their letters.
[[nodiscard]] std::vector<Piece> without_junk(std::vector<Piece> pieces, double em,
                                              const std::vector<PixelRect>& seals);

}  // namespace sohoa::ocr
