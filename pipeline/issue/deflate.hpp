#pragma once

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::issue {

/// zlib's format (RFC 1950), as PDF's FlateDecode wants it. The same bytes always give the same result.
/// Errors: resource_exhausted (memory).
Result<Bytes> deflated(ByteView bytes);

}  // namespace sohoa::issue
