#pragma once

#include <optional>

#include "pipeline/base/bytes.hpp"
#include "pipeline/model/source.hpp"

namespace sohoa::intake {

/// Bytes that sniff() may look at.
inline constexpr std::size_t sniff_bytes = 1024;

/// What a file is by its first bytes, whatever its name says; nothing where it is no format that we read.
/// A PDF's header may stand anywhere in the first 1024 bytes, as readers accept it (ISO 32000-2, Annex I.3.1).
[[nodiscard]] std::optional<SourceFormat> sniff(ByteView first_bytes);

}  // namespace sohoa::intake
