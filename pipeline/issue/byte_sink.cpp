#include "pipeline/issue/byte_sink.hpp"

namespace sohoa::issue {
namespace {

constexpr std::size_t piece_bytes = 65'536;  // large enough that the call's own cost does not count

}  // namespace

Result<void> BufferedSink::write(ByteView bytes) {
  position_ += bytes.size();
  if (held_.size() + bytes.size() > piece_bytes) SOHOA_DO(flush());
  if (bytes.size() >= piece_bytes) return sink_(bytes);
  held_.append(as_text(bytes));
  return {};
}

Result<void> BufferedSink::flush() {
  if (held_.empty()) return {};
  SOHOA_DO(sink_(as_bytes(held_)));
  held_.clear();
  return {};
}

}  // namespace sohoa::issue
