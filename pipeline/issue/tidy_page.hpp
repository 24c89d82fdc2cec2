#pragma once

#include "pipeline/model/recognized_page.hpp"

namespace sohoa::issue {

/// The page as every result writes it: text in NFC without control characters, no empty words, lines or blocks, blocks
/// that are kept apart last, the page's own number, boxes within +-10^6 pixels, so that sums of them cannot overflow.
[[nodiscard]] RecognizedPage tidied(RecognizedPage page, PageNumber number);

}  // namespace sohoa::issue
