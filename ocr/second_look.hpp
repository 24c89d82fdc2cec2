#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "ocr/found_line.hpp"

namespace sohoa::ocr {

/// Reads the one line of print in an area of the page anew; nothing where there is none.
using ReadLine = std::function<std::optional<FoundLine>(const PixelRect& area)>;

/// Reads again what an engine's layout spoilt, and keeps the better reading:
/// - lines joined across a column gap, whose parts have different baselines or sizes: each doubtful part by itself;
/// - lines whose upper marks were taken for a line of their own: together with them.
/// At most `most` areas are read. Lines keep their order; a line that was parted becomes several.
[[nodiscard]] std::vector<FoundLine> with_second_look(const FoundPage& page, const ReadLine& read_line, int most);

}  // namespace sohoa::ocr
