#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::pdf {

/// A filter of a stream with what its decode parameters may say (ISO 32000-1, 7.4).
struct Filter {
  std::string name;  ///< "FlateDecode"
  std::int64_t predictor = 1, colours = 1, bits = 8, columns = 1, early_change = 1;
};

/// Undoes filters, in order. Errors: invalid_input (damaged), unsupported (filters of images, unknown ones),
/// resource_exhausted (the result has more than `limit` bytes; no more than that is ever kept).
[[nodiscard]] Result<Bytes> unpack(ByteView packed, const std::vector<Filter>& filters, std::size_t limit);

}  // namespace sohoa::pdf
