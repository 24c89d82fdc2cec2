// Bytes as a page worker might send them (and as a work file might hold them): decoding must never crash or allocate
// beyond the input's scale, and what it accepts must encode to the same bytes again.
#include <cstdlib>

#include "pipeline/engine/frame.hpp"
#include "pipeline/model/page_messages.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const sohoa::ByteView bytes(data, size);
  (void)sohoa::engine::parse_frame_header(bytes);
  if (const auto reply = sohoa::wire::from_bytes<sohoa::PageReply>(bytes)) {
    const auto again = sohoa::wire::to_bytes(*reply);
    if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) std::abort();
  }
  if (const auto request = sohoa::wire::from_bytes<sohoa::PageRequest>(bytes)) {
    const auto again = sohoa::wire::to_bytes(*request);
    if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) std::abort();
  }
  return 0;
}
