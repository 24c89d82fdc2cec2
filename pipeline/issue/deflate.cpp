#include "pipeline/issue/deflate.hpp"

#include <zlib.h>

namespace sohoa::issue {

Result<Bytes> deflated(ByteView bytes) {
  auto size = compressBound(static_cast<uLong>(bytes.size()));
  Bytes result(size);
  // Level 9: our own streams are small, and they stand in every document for decades.
  const int status = compress2(result.data(), &size, bytes.data(), static_cast<uLong>(bytes.size()), 9);
  if (status != Z_OK) return Error{ErrorCode::resource_exhausted, "no memory to compress a stream"};
  result.resize(size);
  return result;
}

}  // namespace sohoa::issue
